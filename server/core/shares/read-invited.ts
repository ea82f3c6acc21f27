import type { Ctx } from '../ctx.ts'
import { openContent } from '../downloads/open-content.ts'
import type { OpenFile } from '../downloads/open-file.ts'
import { fault } from '../fault.ts'
import { refuseCipher } from '../keys/cipher-places.ts'
import { nodeInLink } from '../links/link-node.ts'
import { type LinkListing, type ListLink, pageBelow } from '../links/list-link.ts'
import type { Node } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { Tx } from '../store.ts'
import { invitationOf, invitedRoom } from './invitation.ts'

/** A place below an invited folder: the token, and names from the folder down. */
export type InvitedPlace = { readonly token: string; readonly path: readonly string[] }

/**
 * What a folder holds, for whoever has the token of an open invitation that lets everybody read.
 * Faults: 'not-found' 'invitation' for any other; 'not-found' 'node' for what is not in it.
 */
export async function listInvited(
  ctx: Ctx,
  input: InvitedPlace & Pick<ListLink, 'kinds' | 'page'>,
): Promise<LinkListing> {
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) =>
    pageBelow(ctx, tx, await readableRoom(ctx, tx, input), { ...input, page }),
  )
}

/**
 * A file of it as it is now. Faults 'wrong-kind' 'node' 'file' for anything else, 'encrypted'
 * 'node' 'file' for what only clients open.
 */
export async function findInvited(ctx: Ctx, input: InvitedPlace): Promise<Node> {
  return ctx.read(async (tx) => {
    const node = await nodeInLink(ctx, tx, await readableRoom(ctx, tx, input), input)
    if (!node.content) return fault('wrong-kind', 'node', 'file')
    refuseCipher(node, 'file')
    return node
  })
}

/** The same, ready to be streamed. */
export async function readInvited(ctx: Ctx, input: InvitedPlace): Promise<OpenFile> {
  const node = await findInvited(ctx, input)
  if (!node.content) return fault('wrong-kind', 'node', 'file')
  return openContent(ctx, { name: node.name, content: node.content, modifiedAt: node.updatedAt })
}

async function readableRoom(ctx: Ctx, tx: Tx, { token }: InvitedPlace): Promise<Node> {
  const invitation = await invitationOf(ctx, tx, token)
  if (!invitation.publicView || ctx.tenant.isLocked) return fault('not-found', 'invitation')
  return invitedRoom(ctx, tx, invitation)
}
