import { runRows } from '../run.ts'
import { deleteRows } from './delete.rows.ts'
import { cloudikeDriver } from './driver.ts'

runRows(cloudikeDriver, 'delete', deleteRows)
