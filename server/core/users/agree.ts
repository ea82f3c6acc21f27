import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'

/** The user accepts the terms of use, or takes that back. */
export async function agree(ctx: Ctx, { agrees }: { readonly agrees: boolean }): Promise<void> {
  const { userId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    await tx.users.update(userId, { agreedAt: agrees ? ctx.now : null })
    const data = { what: agrees ? 'agreed' : 'disagreed' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: userId, data }])
  })
}
