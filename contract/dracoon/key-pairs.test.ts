import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { encryptedRoomsRows } from './encrypted-rooms.rows.ts'
import { enablingRows, encryptionOffRows } from './encryption-off.rows.ts'
import { keyPairsRows } from './key-pairs.rows.ts'

runRows(dracoon, 'without encryption', encryptionOffRows)
runRows(dracoon, 'enabling encryption', enablingRows)
runRows(dracoon, 'key pairs', keyPairsRows)
runRows(dracoon, 'encrypted rooms', encryptedRoomsRows)
