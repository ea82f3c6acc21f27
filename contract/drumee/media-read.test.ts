import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaReadRows } from './media-read.rows.ts'

runRows(drumee, 'media, reading', mediaReadRows)
