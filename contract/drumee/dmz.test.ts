import { runRows } from '../run.ts'
import { dmzRows } from './dmz.rows.ts'
import { drumee } from './driver.ts'
import { visitRows } from './visits.rows.ts'

runRows(drumee, 'dmz', dmzRows)
runRows(drumee, 'visits', visitRows)
