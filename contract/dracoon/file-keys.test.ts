import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { encryptedFilesRows } from './encrypted-files.rows.ts'
import { encryptedSharesRows } from './encrypted-shares.rows.ts'
import { fileKeysRows } from './file-keys.rows.ts'

runRows(dracoon, 'file keys', fileKeysRows)
runRows(dracoon, 'encrypted files', encryptedFilesRows)
runRows(dracoon, 'encrypted shares', encryptedSharesRows)
