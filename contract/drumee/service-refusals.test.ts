import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { refusalRows, refusalScene } from './service-refusals.rows.ts'

runRows(drumee, 'refusals', refusalRows, { shared: refusalScene })
