import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { ownAccountRows } from './own-account.rows.ts'
import { profileAttributesRows } from './profile-attributes.rows.ts'
import { subscriptionsRows } from './subscriptions.rows.ts'

runRows(dracoon, 'own account', ownAccountRows)
runRows(dracoon, 'own things', [...profileAttributesRows, ...subscriptionsRows])
