import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { lastHolderRows } from './last-holder.rows.ts'
import { rolesRows } from './roles.rows.ts'
import { userAdminRows } from './user-admin.rows.ts'
import { userAttributesRows } from './user-attributes.rows.ts'

runRows(dracoon, 'accounts and roles', [...userAdminRows, ...userAttributesRows, ...rolesRows])
runRows(dracoon, 'last holders', lastHolderRows)
