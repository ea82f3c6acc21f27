import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaWholeRows } from './media-whole.rows.ts'

runRows(drumee, 'media, whole', mediaWholeRows)
