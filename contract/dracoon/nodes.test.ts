import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { nodeChangesRows } from './node-changes.rows.ts'
import { nodePlacesRows } from './node-places.rows.ts'
import { nodesRows } from './nodes.rows.ts'

runRows(dracoon, 'nodes', [...nodesRows, ...nodeChangesRows, ...nodePlacesRows])
