import { fault } from '../fault.ts'
import type { Roles } from '../permissions/permission.ts'
import { MANAGER_ROLES } from '../permissions/rights.ts'
import type { Tx } from '../store.ts'

/**
 * After somebody lost these roles: every manager's role that was among them still has a holder who
 * lasts (not locked, no end, himself or by a group without end), since only holders give it on.
 * Faults 'last-admin' 'role'. The caller holds `lockTree`.
 */
export async function keepRoleHolders(tx: Tx, lost: Roles): Promise<void> {
  const wanted = lost & MANAGER_ROLES
  if (wanted === 0) return
  const left = wanted & ~(await tx.users.lastingRoles())
  if (left !== 0) fault('last-admin', 'role', undefined, { roles: left })
}
