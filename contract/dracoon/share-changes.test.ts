import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { shareChangesRows } from './share-changes.rows.ts'

runRows(dracoon, 'share-changes', shareChangesRows)
