import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { checkAttributeKey } from './attribute.ts'

/** Removes an attribute of the own profile. Faults 'invalid' and 'not-found' 'value'. */
export async function removeOwnAttribute(
  ctx: Ctx,
  { key }: { readonly key: string },
): Promise<void> {
  const owner = { userId: actingUser(ctx).userId, kind: 'profile' } as const
  checkAttributeKey(key)
  await ctx.write(async (tx) => {
    if (!(await tx.attributes.remove(owner, key))) fault('not-found', 'value')
    const data = { what: 'attributes' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: owner.userId, data }])
  })
}
