import { runRows } from '../run.ts'
import { archivesRows } from './archives.rows.ts'
import { dracoon } from './driver.ts'

runRows(dracoon, 'archives', archivesRows)
