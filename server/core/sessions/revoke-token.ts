import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { authorizeClient, type ClientProof } from './authorize-client.ts'

/**
 * Ends what came out of one sign-in, by its access or refresh token (RFC 7009). A token that is
 * unknown or of another program is no error. Faults: those of `authorizeClient`.
 */
export async function revokeToken(
  ctx: Ctx,
  input: ClientProof & { readonly token: string },
): Promise<void> {
  const client = await authorizeClient(ctx, input)
  const digest = ctx.secrets.digest(input.token)
  await ctx.write(async (tx) => {
    const found = await tx.sessions.findByDigest(digest, ctx.now)
    if (!found || found.session.clientId !== client.id) return
    const { familyId, id, userId } = found.session
    await tx.sessions.removeFamily(familyId)
    await recordEvents(ctx, tx, [
      { type: 'session.ended', subjectId: userId, data: { session: id } },
    ])
  })
}
