import { runRows } from '../run.ts'
import { archiveRows } from './archives.rows.ts'
import { cloudikeDriver } from './driver.ts'

runRows(cloudikeDriver, 'archives', archiveRows)
