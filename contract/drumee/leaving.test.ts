import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { comeBackRows, leavingRows } from './leaving.rows.ts'

runRows(drumee, 'leaving', leavingRows, { mail: true })
runRows(drumee, 'coming back', comeBackRows)
