import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaChangeRows, mediaPlaceRows } from './media-change.rows.ts'

runRows(drumee, 'media, changing', mediaChangeRows)
runRows(drumee, 'media, placing', mediaPlaceRows)
