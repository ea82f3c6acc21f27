import { runRows } from '../run.ts'
import { ownRows, ypRows } from './accounts.rows.ts'
import { drumee } from './driver.ts'

runRows(drumee, 'yp', ypRows)
runRows(drumee, 'drumate and desk', ownRows)
