import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { tooDeepRows, wrongValuesRows } from './wrong-values.rows.ts'

runRows(dracoon, 'wrong values', wrongValuesRows)
runRows(dracoon, 'paths', tooDeepRows, { env: { STRONGROOM_MAX_PATH_DEPTH: '4' } })
