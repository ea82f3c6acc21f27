import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { guestPoliciesRows, guestsRows } from './guests.rows.ts'
import { fullTenantRows } from './users.rows.ts'

runRows(dracoon, 'guests', guestsRows, { mail: true, settings: { guests: true } })
runRows(dracoon, 'no guests, no seats', [...guestPoliciesRows, ...fullTenantRows], {
  maxUsersElsewhere: 1,
})
