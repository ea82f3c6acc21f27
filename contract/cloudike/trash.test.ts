import { runRows } from '../run.ts'
import { deletedRows } from './deleted.rows.ts'
import { cloudikeDriver } from './driver.ts'
import { versionRows } from './remarks.rows.ts'
import { trashRows } from './trash.rows.ts'
import { trashChangeRows } from './trash-changes.rows.ts'
import { workflowRows } from './workflow.rows.ts'

runRows(cloudikeDriver, 'trash', [...trashRows, ...trashChangeRows])
runRows(cloudikeDriver, 'remarks', [...versionRows, ...workflowRows])
runRows(cloudikeDriver, 'deleted', deletedRows)
