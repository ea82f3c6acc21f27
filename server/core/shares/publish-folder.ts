import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { ownerOf } from '../nodes/describe-nodes.ts'
import { lineTo } from '../nodes/line.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { validName } from '../nodes/valid-facts.ts'
import { MANAGE } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { sharedFolder } from './invite.ts'
import { managedContainer } from './managed-share.ts'
import type { Publication } from './publication.ts'
import { revoke } from './revoke.ts'

export type PublishFolder = {
  readonly node: NodeRef
  /** What it is called in the list; default: its own name. */
  readonly name?: string
}

/**
 * Tells everybody in the tenant of a folder, which becomes a shared one by it, so that they may ask
 * to be let in. Needs MANAGE. Published again it gets the new name. Faults: those of `invite`.
 */
export async function publishFolder(
  ctx: Ctx,
  input: PublishFolder,
): Promise<{ publication: Publication; ownerId: number | null }> {
  const { userId } = actingUser(ctx)
  const name = input.name === undefined ? undefined : validName(input.name)
  return ctx.write(async (tx) => {
    const { node } = await managedContainer(ctx, tx, input.node)
    const room = await sharedFolder(ctx, tx, node)
    const before = (await tx.publications.ofNodes([room.id])).get(room.id)
    const publication = {
      ...(before ?? { token: ctx.secrets.token(), createdAt: ctx.now, createdBy: userId }),
      nodeId: room.id,
      name: name ?? before?.name ?? room.name,
    }
    await tx.publications.put(publication)
    return { publication, ownerId: ownerOf(await lineTo(tx, room)) }
  })
}

/**
 * Takes a folder off the list, and what was asked for it; it stays shared. Needs MANAGE. Not
 * published: 'not-found' 'node', or 'publication' by its token.
 */
export async function hideFolder(
  ctx: Ctx,
  input: { readonly node: NodeRef } | { readonly token: string },
): Promise<void> {
  await ctx.write(async (tx) => {
    const ref = 'token' in input ? { id: (await published(tx, input.token)).nodeId } : input.node
    const { node, permissions } = await visible(ctx, tx, ref)
    permit(permissions, MANAGE)
    if (!(await tx.publications.remove(node.id))) fault('not-found', 'node')
    await revoke(ctx, tx, node, await requestsFor(ctx, tx, node))
  })
}

/** 'not-found' 'publication' for a token that names no published folder. */
export async function published(tx: Tx, token: string): Promise<Publication> {
  const found = token.length > 200 ? undefined : await tx.publications.findByToken(token)
  return found ?? fault('not-found', 'publication')
}

async function requestsFor(ctx: Ctx, tx: Tx, node: Node) {
  return (await tx.invitations.ofNodes([node.id], ctx.now)).filter(({ kind }) => kind === 'request')
}
