import { runRows } from '../run.ts'
import { archiveRows } from './archives.rows.ts'
import { drumee } from './driver.ts'

runRows(drumee, 'archives', archiveRows)
