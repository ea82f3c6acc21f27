import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { applyMembership } from '../permissions/apply-grants.ts'
import { keepAdmins } from '../permissions/grant-facts.ts'
import { permitRight } from '../permissions/rights.ts'
import { keepRoleHolders } from '../roles/keep-role-holders.ts'
import type { Tx } from '../store.ts'
import { describeGroup } from './describe-groups.ts'
import type { Group, GroupView } from './group.ts'
import { checkGroupFields, type GroupFields } from './group-fields.ts'
import { lockedGroup } from './locked-group.ts'

/**
 * Changes name and end of a group. Needs the right to change groups. What its members hold by it
 * ends with it. Faults: 'forbidden' and 'not-found' 'group', 'invalid' 'group', 'exists' 'group',
 * 'last-admin' 'node' or 'role' where an end would leave a room or role without anybody who lasts.
 */
export async function changeGroup(
  ctx: Ctx,
  input: { readonly id: number } & GroupFields,
): Promise<GroupView> {
  permitRight(ctx, 'change groups', 'group')
  const { name, expireAt } = input
  checkGroupFields(ctx, { name, expireAt })
  return ctx.write(async (tx) => {
    const before = await lockedGroup(tx, input.id)
    const change = { name, expireAt, updatedAt: ctx.now, updatedBy: actorId(ctx.actor) }
    await tx.groups.update(before.id, change)
    const after: Group = {
      ...before,
      name: name ?? before.name,
      expireAt: expireAt === undefined ? before.expireAt : expireAt,
      updatedAt: change.updatedAt,
      updatedBy: change.updatedBy,
    }
    if (after.expireAt !== before.expireAt) await applyEnd(ctx, tx, after)
    const changes = { name, expireAt }
    const fields = Object.keys(changes).filter(
      (field) => changes[field as keyof typeof changes] !== undefined,
    )
    await recordEvents(ctx, tx, [
      {
        type: 'group.changed',
        subjectId: after.id,
        data: { name: after.name, fields: fields.join(' ') },
      },
    ])
    return describeGroup(tx, after)
  })
}

async function applyEnd(ctx: Ctx, tx: Tx, group: Group): Promise<void> {
  await applyMembership(ctx, tx, group.id, await tx.groups.membersOf(group.id))
  const grants = await tx.access.grantsOfGroup(group.id)
  await keepAdmins(
    tx,
    grants.map(({ roomId }) => roomId),
  )
  await keepRoleHolders(tx, group.roles)
}
