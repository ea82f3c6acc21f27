import { checkName } from '../../lib/names/name.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { lockContainer } from '../nodes/container.ts'
import { copy } from '../nodes/copy-nodes.ts'
import { describeNode } from '../nodes/describe-nodes.ts'
import { ensureFolders } from '../nodes/ensure-folders.ts'
import { insertFolder } from '../nodes/insert-folder.ts'
import type { Node } from '../nodes/node.ts'
import { trashNode } from '../nodes/trash-node.ts'
import { ALL, CREATE } from '../permissions/permission.ts'
import type { Seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { endShares } from './end-share.ts'
import type { Offer } from './offer.ts'
import { offerOf, tellOffer } from './offer-content.ts'

export type AcceptOffer = {
  readonly token: string
  /** The folder into which it goes, made where it is missing; absent: the own root. */
  readonly path?: readonly string[]
}

/**
 * Copies offered content into the actor's home, on the authority that its owner has now, and puts
 * the owner's into his trash where that was offered. Everything of a home comes in a folder that is
 * named after its user. Faults: 'not-found' 'offer', 'closed' 'offer' where it is accepted already,
 * 'not-found' 'node' 'source' where the content is gone, 'quota-exceeded'.
 */
export async function acceptOffer(ctx: Ctx, input: AcceptOffer): Promise<Offer> {
  const { userId } = actingUser(ctx)
  return ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const offer = await offerOf(tx, input.token)
    if (offer.receiverId !== userId) fault('not-found', 'offer')
    if (offer.state !== 'requested') fault('closed', 'offer')
    const reader = await ownerCtx(ctx, tx, offer)
    const { node, children } = await contentOf(ctx, tx, offer)
    const into = await targetOf(ctx, tx, input)
    const target = node ? into : await folderFor(ctx, tx, into, offer)
    const ids: number[] = []
    for (const one of node ? [node] : children) {
      const source: Seen = { node: one, permissions: ALL }
      ids.push(await copy(ctx, tx, source, target, { onClash: 'rename' }, {}, reader))
    }
    if (offer.cleansUp) for (const one of node ? [node] : children) await cleanUp(ctx, tx, one)
    const made = node ? ((await tx.nodes.find(ids[0] ?? 0)) ?? target.node) : target.node
    const targetPath = (await describeNode(ctx, tx, made)).rootPath ?? []
    if (!(await tx.offers.accept(offer.id, targetPath))) fault('closed', 'offer')
    await tellOffer(ctx, tx, 'offer.accepted', offer)
    return { ...offer, targetPath, state: 'accepted' }
  })
}

async function ownerCtx(ctx: Ctx, tx: Tx, { ownerId }: Offer): Promise<Ctx> {
  const owner = await tx.users.find(ownerId)
  if (!owner || owner.isLocked || (owner.expireAt ?? ctx.now + 1) <= ctx.now) {
    return fault('not-found', 'offer')
  }
  return { ...ctx, actor: { kind: 'user', userId: owner.id, roles: 0, sessionId: 0 } }
}

type Content = { readonly node: Node | null; readonly children: readonly Node[] }

async function contentOf(ctx: Ctx, tx: Tx, { nodeId, ownerId }: Offer): Promise<Content> {
  const home = (await tx.nodes.homesOf([ownerId])).get(ownerId)
  if (!home) return fault('not-found', 'node', 'source')
  if (nodeId === null) return { node: null, children: await childrenOf(ctx, tx, home) }
  const node = await tx.nodes.find(nodeId)
  const isThere = node && (await tx.nodes.isWithin(node.id, home.id))
  return isThere ? { node, children: [] } : fault('not-found', 'node', 'source')
}

async function childrenOf(ctx: Ctx, tx: Tx, home: Node): Promise<Node[]> {
  const query = {
    parentId: home.id,
    filter: { kinds: ['room', 'folder', 'file'] as const },
    sort: { by: 'name', descending: false } as const,
    visibleTo: null,
    now: ctx.now,
  }
  return tx.nodes.children(query, { skip: 0, limit: ctx.limits.pageItems })
}

function targetOf(ctx: Ctx, tx: Tx, { path }: AcceptOffer): Promise<Seen> {
  return path === undefined
    ? lockContainer(ctx, tx, { path: [] }, CREATE, 'target')
    : ensureFolders(ctx, tx, { path }, CREATE)
}

async function folderFor(ctx: Ctx, tx: Tx, into: Seen, { ownerId }: Offer): Promise<Seen> {
  const userName = (await tx.users.find(ownerId))?.userName ?? ''
  const checked = checkName(userName)
  const name = 'rule' in checked ? `User ${ownerId}` : checked.name
  const node = await insertFolder(ctx, tx, into, { name, onClash: 'rename' })
  return { node, permissions: into.permissions }
}

async function cleanUp(ctx: Ctx, tx: Tx, node: Node): Promise<void> {
  const [locked] = await tx.nodes.lockSubtrees([node.id])
  const parent = locked?.parentId ? await tx.nodes.find(locked.parentId) : undefined
  if (!locked || !parent) return
  await trashNode(ctx, tx, await endShares(ctx, tx, locked), parent)
}
