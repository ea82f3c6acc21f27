import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { transferRows } from './files.rows.ts'

runRows(cloudikeDriver, 'transfers', transferRows)
