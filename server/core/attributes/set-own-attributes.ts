import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { type Attribute, checkAttributes } from './attribute.ts'

export type SetOwnAttributes = {
  readonly attributes: readonly Attribute[]
  /** Whether all others go. Default: they stay. */
  readonly replace?: boolean
}

/**
 * Writes attributes of the own profile; a key that is there gets the new value. Faults: 'invalid'
 * 'value' with data.field and data.rule; 'too-many' 'value' beyond `limits.valuesPerOwner` keys.
 */
export async function setOwnAttributes(ctx: Ctx, input: SetOwnAttributes): Promise<void> {
  const owner = { userId: actingUser(ctx).userId, kind: 'profile' } as const
  checkAttributes(ctx, input.attributes)
  const limit = ctx.limits.valuesPerOwner
  await ctx.write(async (tx) => {
    // Holding the user, two calls count one after the other.
    if (!(await tx.users.hold(owner.userId))) fault('unauthenticated', 'session')
    if (input.replace) await tx.attributes.removeOf(owner.userId, owner.kind)
    await tx.attributes.put(owner, input.attributes)
    if ((await tx.attributes.count(owner)) > limit) fault('too-many', 'value', undefined, { limit })
    const data = { what: 'attributes' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: owner.userId, data }])
  })
}
