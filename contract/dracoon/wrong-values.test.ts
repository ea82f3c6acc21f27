import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { moreRefusalsRows } from './more-refusals.rows.ts'
import { tooDeepRows, wrongValuesRows } from './wrong-values.rows.ts'

runRows(dracoon, 'wrong values', [...wrongValuesRows, ...moreRefusalsRows])
runRows(dracoon, 'paths', tooDeepRows, { env: { STRONGROOM_MAX_PATH_DEPTH: '4' } })
