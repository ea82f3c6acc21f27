import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaBinRows } from './media-bin.rows.ts'

runRows(drumee, 'media, placing', mediaBinRows)
