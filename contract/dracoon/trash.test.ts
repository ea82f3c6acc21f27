import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { trashRows } from './trash.rows.ts'
import { trashChangesRows } from './trash-changes.rows.ts'

runRows(dracoon, 'trash', [...trashRows, ...trashChangesRows])
