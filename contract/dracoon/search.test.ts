import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { searchRows } from './search.rows.ts'

runRows(dracoon, 'search', searchRows)
