import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { hubRows } from './hubs.rows.ts'

runRows(drumee, 'hubs', hubRows)
