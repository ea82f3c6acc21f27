import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { applyLoss } from '../permissions/apply-grants.ts'
import { keepAdmins } from '../permissions/grant-facts.ts'
import { permitRight } from '../permissions/rights.ts'
import { keepRoleHolders } from '../roles/keep-role-holders.ts'
import { lockedGroup } from './locked-group.ts'

/**
 * Removes a group with its grants and roles; its members keep what they have otherwise. Needs the
 * right to delete groups. Faults: 'forbidden' and 'not-found' 'group', 'last-admin' 'node' or
 * 'role' where a room or role would be left without anybody who lasts.
 */
export async function removeGroup(ctx: Ctx, input: { readonly id: number }): Promise<void> {
  permitRight(ctx, 'delete groups', 'group')
  await ctx.write(async (tx) => {
    const group = await lockedGroup(tx, input.id)
    const recipients = await tx.groups.membersOf(group.id)
    const rooms = (await tx.access.grantsOfGroup(group.id)).map(({ roomId }) => roomId)
    await tx.access.removeGrantsOfGroup(group.id)
    await tx.access.removeOfGroup(group.id)
    await tx.groups.remove(group.id)
    await applyLoss(ctx, tx, rooms)
    await keepAdmins(tx, rooms)
    await keepRoleHolders(tx, group.roles)
    await recordEvents(ctx, tx, [
      { type: 'group.deleted', subjectId: group.id, data: { name: group.name }, recipients },
    ])
  })
}
