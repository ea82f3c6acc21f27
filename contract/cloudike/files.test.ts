import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { uploadRows } from './files.rows.ts'

runRows(cloudikeDriver, 'files', uploadRows)
