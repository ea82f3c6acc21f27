import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { textCodeRows } from './text-codes.rows.ts'

runRows(drumee, 'text-codes', textCodeRows, { texts: true })
