import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { readSignedTicket, signedTicket } from '../downloads/signed-ticket.ts'
import { holderNow, holderOf } from '../downloads/ticket-holder.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault, isFault } from '../fault.ts'
import type { TaskEnd, TaskRun } from '../tasks/run-task.ts'
import { startTask } from '../tasks/start-task.ts'
import type { Task } from '../tasks/task.ts'
import { listChildren } from './list-children.ts'
import type { NodeRef, NodeView, Page, PageRequest } from './node.ts'
import { ownRoot } from './resolve.ts'

const purpose = 'listing'

/**
 * Starts a listing of everything in the actor's own root, rooms of others in it too; its number
 * names it to him alone. Faults as `startTask`.
 */
export async function startListing(ctx: Ctx): Promise<{ readonly id: number }> {
  actingUser(ctx)
  const { task } = await startTask(ctx, { kind: 'listing', input: {} })
  return { id: task.id }
}

/** Looks at what there is; entries are read when the listing is fetched, so none is stored. */
export async function listingTask(ctx: Ctx, { task }: TaskRun): Promise<TaskEnd> {
  const { userId } = actingUser(ctx)
  const counts = await ctx.read(async (tx) => {
    const root = await ownRoot(ctx, tx)
    return root ? tx.nodes.countWithin(root.id) : fault('not-found', 'node')
  })
  const told = { type: 'listing.ready', subjectId: userId, data: { listing: task.id } } as const
  return { result: counts, commit: (tx) => recordEvents(ctx, tx, [told]) }
}

export type ListingState = {
  readonly progress: number
  /** Fetches it, see `openListing`; absent as long as it is not ready. */
  readonly ticket?: string
}

/** How far a listing of the actor's is; 'not-found' 'task' for every other number. */
export async function listingState(
  ctx: Ctx,
  { id }: { readonly id: number },
): Promise<ListingState> {
  const isId = Number.isSafeInteger(id) && id > 0
  const task = isId ? await ctx.read((tx) => tx.tasks.find(id)) : undefined
  if (!task || !isOwn(ctx, task)) return fault('not-found', 'task')
  if (task.state !== 'done') return { progress: Math.floor(task.progress) }
  return { progress: 100, ticket: signedTicket(ctx, purpose, [task.holder]) }
}

function isOwn(ctx: Ctx, { kind, state, holder, expireAt }: Task): boolean {
  const isThere = kind === 'listing' && state !== 'failed' && expireAt > ctx.now
  return isThere && holder === holderOf(ctx.actor)
}

/** What lies in a container, page by page; without one, in the own root. */
export type ListingReader = (parent?: NodeRef) => AsyncGenerator<NodeView>

/**
 * Reads a listing on the authority that the one who ordered it has now. Faults 'not-found' and
 * 'expired' 'ticket'. What is gone or hidden when its turn comes is left out.
 */
export async function openListing(
  ctx: Ctx,
  { ticket }: { readonly ticket: string },
): Promise<ListingReader> {
  const [holder = ''] = readSignedTicket(ctx, purpose, ticket, 1)
  const actor = await ctx.read((tx) => holderNow(ctx, tx, holder))
  return (parent = { path: [] }) => childrenOf({ ...ctx, actor }, parent)
}

async function* childrenOf(ctx: Ctx, parent: NodeRef): AsyncGenerator<NodeView> {
  const limit = ctx.limits.pageItems
  let total = limit
  for (let offset = 0; offset < total; offset += limit) {
    const page = await pageIn(ctx, parent, { offset, limit })
    total = page.total
    yield* page.items
  }
}

async function pageIn(
  ctx: Ctx,
  parent: NodeRef,
  page: PageRequest,
): Promise<Pick<Page<NodeView>, 'items' | 'total'>> {
  try {
    return await listChildren({ ...ctx, now: ctx.clock() }, { parent, includeMounts: true, page })
  } catch (error) {
    if (isFault(error, 'not-found')) return { items: [], total: 0 }
    throw error
  }
}
