import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { taskRows } from './tasks.rows.ts'

runRows(cloudikeDriver, 'tasks', taskRows)
