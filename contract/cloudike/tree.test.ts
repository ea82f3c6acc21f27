import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { treeRows } from './tree.rows.ts'

runRows(cloudikeDriver, 'tree', treeRows)
