import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { stateRows } from './states.rows.ts'

runRows(cloudikeDriver, 'states', stateRows)
