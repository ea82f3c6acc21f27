import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { importEnv, mfsImportOffRows, mfsImportRows } from './mfs-import.rows.ts'

runRows(drumee, 'mfs_import', mfsImportRows, { env: importEnv })
runRows(drumee, 'mfs_import, off', mfsImportOffRows)
