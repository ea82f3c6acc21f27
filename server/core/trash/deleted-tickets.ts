import type { Ctx } from '../ctx.ts'
import { openContent } from '../downloads/open-content.ts'
import type { OpenFile } from '../downloads/open-file.ts'
import { readSignedTicket, signedTicket } from '../downloads/signed-ticket.ts'
import { holderNow, holderOf } from '../downloads/ticket-holder.ts'
import { fault } from '../fault.ts'
import { refuseCipher } from '../keys/cipher-places.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import type { Version } from '../nodes/node-store.ts'
import { READ, READ_TRASH } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { deletedEntry } from './deleted-entry.ts'

const purpose = 'deleted'

export type DeletedFile = {
  /** With the content of the version that was asked for. */
  readonly node: Node
  /** Opens it for anybody, see `openDeleted`. */
  readonly ticket: string
}

type Wanted = { readonly node: NodeRef; readonly versionId: number | undefined }

/**
 * A file in the trash: READ and READ_TRASH in its room. Faults as `deletedEntry`; 'wrong-kind'
 * 'node' 'file' for a folder, 'not-found' 'version', 'encrypted' 'node' 'file'.
 */
export async function findDeletedFile(ctx: Ctx, input: Wanted): Promise<DeletedFile> {
  const { node, version } = await ctx.read((tx) => versionIn(ctx, tx, input))
  const ticket = signedTicket(ctx, purpose, [node.id, version.id, holderOf(ctx.actor)])
  const { createdAt: updatedAt, createdBy: updatedBy, content } = version
  return { node: { ...node, currentId: version.id, content, updatedAt, updatedBy }, ticket }
}

/**
 * The file of a ticket, as long as the one who made it may read it in the trash still; once it is
 * live again or gone for good it is 'not-found'. Faults 'not-found' and 'expired' 'ticket'.
 */
export async function openDeleted(
  ctx: Ctx,
  { ticket }: { readonly ticket: string },
): Promise<OpenFile> {
  const [id, versionId, holder = ''] = readSignedTicket(ctx, purpose, ticket, 3)
  const { node, version } = await ctx.read(async (tx) => {
    const acting = { ...ctx, actor: await holderNow(ctx, tx, holder) }
    return versionIn(acting, tx, { node: { id: Number(id) }, versionId: Number(versionId) })
  })
  const { content, createdAt: modifiedAt } = version
  return openContent(ctx, { name: node.name, content, modifiedAt })
}

async function versionIn(
  ctx: Ctx,
  tx: Tx,
  { node: ref, versionId }: Wanted,
): Promise<{ readonly node: Node; readonly version: Version }> {
  const { node, version: newest } = await deletedEntry(ctx, tx, ref, READ | READ_TRASH)
  if (!newest) return fault('wrong-kind', 'node', 'file')
  refuseCipher(node, 'file')
  if (versionId === undefined || versionId === newest.id) return { node, version: newest }
  const versions = await tx.nodes.versions(node.id)
  const version = versions.find(({ id }) => id === versionId) ?? fault('not-found', 'version')
  return { node, version }
}
