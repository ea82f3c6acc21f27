import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaChangeRows } from './media-change.rows.ts'

runRows(drumee, 'media, changing', mediaChangeRows)
