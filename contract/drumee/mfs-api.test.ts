import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mfsApiRows } from './mfs-api.rows.ts'

runRows(drumee, 'mfs_api', mfsApiRows)
