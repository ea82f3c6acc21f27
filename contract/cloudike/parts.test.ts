import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { checkRows, partRows } from './parts.rows.ts'

runRows(cloudikeDriver, 'parts', partRows)
runRows(cloudikeDriver, 'checks', checkRows)
