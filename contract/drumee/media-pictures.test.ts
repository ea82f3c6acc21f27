import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaPictureRows } from './media-pictures.rows.ts'

runRows(drumee, 'media pictures', mediaPictureRows)
