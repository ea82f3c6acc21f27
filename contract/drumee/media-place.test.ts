import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaPlaceRows } from './media-place.rows.ts'

runRows(drumee, 'media, placing', mediaPlaceRows)
