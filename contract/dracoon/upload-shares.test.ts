import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { uploadShareChangesRows } from './upload-share-changes.rows.ts'
import { uploadSharesRows } from './upload-shares.rows.ts'

runRows(dracoon, 'upload-shares', uploadSharesRows)
runRows(dracoon, 'upload-share-changes', uploadShareChangesRows)
