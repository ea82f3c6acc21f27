import { runRows } from '../run.ts'
import { authnRows } from './authn.rows.ts'
import { codeRows } from './codes.rows.ts'
import { drumee } from './driver.ts'
import { recoveryRows } from './recovery.rows.ts'

runRows(drumee, 'recovery', recoveryRows, { mail: true })
runRows(drumee, 'codes', codeRows, { mail: true })
runRows(drumee, 'authn', authnRows)
