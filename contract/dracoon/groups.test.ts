import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { groupsRows } from './groups.rows.ts'
import { roomGroupsRows } from './room-groups.rows.ts'

runRows(dracoon, 'groups', [...groupsRows, ...roomGroupsRows])
