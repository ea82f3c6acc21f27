import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault, isFault } from '../fault.ts'
import { CREATE } from '../permissions/permission.ts'
import { permit, type Seen, seen, visible } from '../permissions/visible.ts'
import { checkQuota } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { checkCopy } from './copy-nodes.ts'
import { lineTo } from './line.ts'
import type { Entry } from './lock-entries.ts'
import { checkMove } from './move-nodes.ts'
import type { Node, NodeRef } from './node.ts'
import { childNamed, ownRoot, resolve, resolveEntry } from './resolve.ts'
import { bytesIn } from './tell-ancestors.ts'
import { validName } from './valid-facts.ts'

export type Precheck = { readonly target: NodeRef } & (
  | { readonly act: 'move' | 'copy'; readonly source: NodeRef }
  | { readonly act: 'create'; readonly name: string; readonly size: number }
)

export type Prechecked = {
  /** Something of that name is in the target already. */
  readonly exists: boolean
  /** It is a file that would go to the trash; never where either side is shared. */
  readonly isOverwritable: boolean
  /** No quota is in the way. */
  readonly fits: boolean
}

/**
 * What moving, copying or making something in a container would meet; changes nothing. Faults as
 * the act itself would, but for a name that is taken and a quota.
 */
export async function precheck(ctx: Ctx, input: Precheck): Promise<Prechecked> {
  return ctx.read(async (tx) => {
    const target = await visible(ctx, tx, input.target, 'target')
    if (target.node.kind === 'file') fault('wrong-kind', 'node', 'target')
    permit(target.permissions, CREATE, 'target')
    if (input.act === 'create') {
      const name = validName(input.name)
      return result(ctx, tx, target.node, { name, source: null, bytes: input.size, act: 'create' })
    }
    const source = await sourceOf(ctx, tx, input)
    const { node } = source
    const { name } = node
    if (input.act === 'move') await checkMove(ctx, tx, source, target, name)
    else await checkCopy(ctx, tx, source, target, name, 'rename')
    const bytes = await bytesIn(tx, node)
    return result(ctx, tx, target.node, { name, source: node, bytes, act: input.act })
  })
}

async function sourceOf(
  ctx: Ctx,
  tx: Tx,
  { act, source }: { readonly act: 'move' | 'copy'; readonly source: NodeRef },
): Promise<Entry> {
  const role: FaultRole = 'source'
  const found = await (act === 'move' ? resolveEntry : resolve)(ctx, tx, source)
  const entry: Seen = await seen(ctx, tx, found ?? fault('not-found', 'node', role), role)
  const { parentId } = entry.node
  const parent = parentId === null ? undefined : await tx.nodes.find(parentId)
  return { ...entry, parent: parent ?? null }
}

type Wish = {
  readonly act: Precheck['act']
  readonly name: string
  readonly source: Node | null
  readonly bytes: number
}

async function result(ctx: Ctx, tx: Tx, target: Node, wish: Wish): Promise<Prechecked> {
  const found = await childNamed(tx, target, wish.name)
  const other = found?.id === wish.source?.id ? undefined : found
  const home = (await ownRoot(ctx, tx))?.id
  const sides = [target, ...(wish.source ? [wish.source] : [])]
  const isPrivate = sides.every(({ kind, boundaryId }) => kind !== 'mount' && boundaryId === home)
  return {
    exists: other !== undefined,
    isOverwritable: other === undefined || (other.kind === 'file' && isPrivate),
    fits: await fits(ctx, tx, target, wish),
  }
}

/** What moves stays within the rooms that are around both places, and in the tenant anyway. */
async function fits(ctx: Ctx, tx: Tx, target: Node, { act, source, bytes }: Wish) {
  const around = new Set((await lineTo(tx, act === 'move' ? source : null)).map(({ id }) => id))
  const chain = (await lineTo(tx, target)).filter(({ id }) => !around.has(id))
  try {
    await checkQuota(ctx, tx, { chain, roomBytes: bytes, bytes: act === 'move' ? 0 : bytes })
    return true
  } catch (error) {
    if (isFault(error, 'quota-exceeded')) return false
    throw error
  }
}
