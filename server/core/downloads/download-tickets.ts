import type { Ctx } from '../ctx.ts'
import type { NodeRef } from '../nodes/node.ts'
import { type FileToRead, readFile } from './read-file.ts'
import { readSignedTicket, signedTicket } from './signed-ticket.ts'
import { holderNow, holderOf } from './ticket-holder.ts'

const purpose = 'download'

/**
 * A signed ticket for the current version, or another one, of a file that the actor may read: names
 * tenant, file, version, actor and end, holds no secret and is stored nowhere.
 */
export async function createDownloadTicket(
  ctx: Ctx,
  input: {
    readonly node: NodeRef
    readonly versionId?: number
    readonly opensCipher?: boolean
  },
): Promise<string> {
  const { node, content } = await readFile(ctx, input)
  return signedTicket(ctx, purpose, [node.id, content.versionId, holderOf(ctx.actor)])
}

/**
 * The file of a ticket, for anybody who has it, as long as the one who made it may read it still: a
 * locked or expired account, a right that was taken and a file that is gone are all 'not-found'.
 * Faults 'not-found' 'ticket' when it is not ours, 'expired' 'ticket' past its end.
 */
export async function openTicket(
  ctx: Ctx,
  input: { readonly ticket: string; readonly opensCipher?: boolean },
): Promise<FileToRead> {
  const [nodeId, versionId, holder = ''] = readSignedTicket(ctx, purpose, input.ticket, 3)
  const actor = await ctx.read((tx) => holderNow(ctx, tx, holder))
  const acting = { ...ctx, actor }
  const { opensCipher } = input
  return readFile(acting, {
    node: { id: Number(nodeId) },
    versionId: Number(versionId),
    opensCipher,
  })
}
