import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaRefusalRows, refusalScene } from './media-refusals.rows.ts'

runRows(drumee, 'media refusals', mediaRefusalRows, { shared: refusalScene })
