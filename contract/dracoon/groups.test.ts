import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { groupListsRows } from './group-lists.rows.ts'
import { groupsRows } from './groups.rows.ts'
import { roomGroupsRows } from './room-groups.rows.ts'
import { roomPoliciesRows } from './room-policies.rows.ts'

runRows(dracoon, 'groups', [
  ...groupsRows,
  ...groupListsRows,
  ...roomGroupsRows,
  ...roomPoliciesRows,
])
