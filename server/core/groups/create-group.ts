import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { permitRight } from '../permissions/rights.ts'
import { describeGroup } from './describe-groups.ts'
import type { Group, GroupView } from './group.ts'
import { checkGroupFields } from './group-fields.ts'

/**
 * Makes a group without members. Needs the right to change groups. Faults: 'forbidden' 'group',
 * 'invalid' 'group' with data.field and data.rule, 'exists' 'group' for a taken name.
 */
export async function createGroup(
  ctx: Ctx,
  input: { readonly name: string; readonly expireAt?: number | null },
): Promise<GroupView> {
  permitRight(ctx, 'change groups', 'group')
  checkGroupFields(ctx, input)
  return ctx.write(async (tx) => {
    const by = actorId(ctx.actor)
    const group: Group = {
      id: await tx.groups.takeId(),
      name: input.name,
      roles: 0,
      expireAt: input.expireAt ?? null,
      createdAt: ctx.now,
      createdBy: by,
      updatedAt: ctx.now,
      updatedBy: by,
    }
    await tx.groups.insert(group)
    await recordEvents(ctx, tx, [
      { type: 'group.created', subjectId: group.id, data: { name: group.name } },
    ])
    return describeGroup(tx, group)
  })
}
