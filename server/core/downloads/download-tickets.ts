import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { type FileToRead, readFile } from './read-file.ts'
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
  const end = ctx.now + ctx.limits.downloadTtlSeconds * 1000
  const holder = holderOf(ctx.actor)
  const text = [ctx.tenant.id, node.id, content.versionId, holder, end.toString(36)].join('.')
  return `${text}.${ctx.secrets.sign(purpose, text)}`
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
  const cut = input.ticket.lastIndexOf('.')
  const text = input.ticket.slice(0, Math.max(0, cut))
  if (!ctx.secrets.verify(purpose, text, input.ticket.slice(cut + 1))) fault('not-found', 'ticket')
  const [tenantId, nodeId, versionId, holder = '', end = ''] = text.split('.')
  if (Number(tenantId) !== ctx.tenant.id) fault('not-found', 'ticket')
  if (Number.parseInt(end, 36) <= ctx.now) fault('expired', 'ticket')
  const actor = await ctx.read((tx) => holderNow(ctx, tx, holder))
  const acting = { ...ctx, actor }
  const { opensCipher } = input
  return readFile(acting, {
    node: { id: Number(nodeId) },
    versionId: Number(versionId),
    opensCipher,
  })
}
