import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'

export type Claim = {
  /** The containers that the bytes are below, top first; empty: only the tenant counts. */
  readonly chain: readonly Node[]
  /** Bytes that the rooms of the chain get more. */
  readonly roomBytes: number
  /** Bytes that the tenant gets more; negative frees. */
  readonly bytes: number
  /** The upload whose reservation is what is being booked. */
  readonly uploadId?: number
}

/**
 * A decision is taken alone when less is free than so many times its bytes; further from the limit,
 * as many transactions at once cannot pass it together.
 */
const margin = 64

/**
 * Books bytes of the tenant, or faults 'quota-exceeded' 'node' 'target' with data.of 'home' (the
 * actor's own), 'room' or 'tenant'. Exact under concurrency, near the limit by making bookings
 * wait for each other. Called after the rows of nodes are locked and before tallies are written.
 */
export async function claim(ctx: Ctx, tx: Tx, wanted: Claim): Promise<void> {
  const limits = limitsOf(ctx, wanted)
  if (limits.length === 0) return tx.tallies.book(wanted.bytes)
  const alone = isNear(limits, await usage(tx, wanted, limits))
  if (alone) await tx.tallies.lock()
  await tx.tallies.book(wanted.bytes)
  let used = await usage(tx, wanted, limits)
  if (!alone && isNear(limits, used)) {
    await tx.tallies.lock()
    used = await usage(tx, wanted, limits)
  }
  for (const limit of limits) refuseAbove(limit, used, limit.node !== null)
}

/** Faults where a claim would not fit as things are now; books nothing and locks nothing. */
export async function checkQuota(ctx: Ctx, tx: Tx, wanted: Claim): Promise<void> {
  const limits = limitsOf(ctx, wanted)
  if (limits.length === 0) return
  const used = await usage(tx, wanted, limits)
  for (const limit of limits) refuseAbove(limit, used, true)
}

function refuseAbove(
  { node, of, more, quota }: Limit,
  used: ReadonlyMap<number | null, number>,
  isToCome: boolean,
): void {
  if ((used.get(node) ?? 0) + (isToCome ? more : 0) <= quota) return
  if (node === null) fault('quota-exceeded', 'node', 'target', { of })
  fault('quota-exceeded', 'node', 'target', { of, node })
}

/** Books (or frees) bytes of the tenant alone; faults like `claim`. */
export function bookTenant(ctx: Ctx, tx: Tx, bytes: number): Promise<void> {
  return claim(ctx, tx, { chain: [], roomBytes: 0, bytes })
}

/** The rooms of a chain that have a quota. */
export function limitedRooms(chain: readonly Node[]): number[] {
  return chain.filter((node) => quotaOf(node) !== null).map(({ id }) => id)
}

type Limit = {
  /** null: the tenant. */
  readonly node: number | null
  readonly of: 'home' | 'room' | 'tenant'
  readonly quota: number
  readonly more: number
}

function limitsOf(ctx: Ctx, { chain, roomBytes, bytes }: Claim): Limit[] {
  const limits: Limit[] = []
  for (const node of roomBytes > 0 ? chain : []) {
    const quota = quotaOf(node)
    if (quota === null) continue
    const isOwnHome = node.homeOf !== null && node.homeOf === actorId(ctx.actor)
    limits.push({ node: node.id, of: isOwnHome ? 'home' : 'room', quota, more: roomBytes })
  }
  const { quota } = ctx.tenant
  if (quota !== null && bytes > 0) limits.push({ node: null, of: 'tenant', quota, more: bytes })
  return limits
}

function quotaOf(node: Node): number | null {
  return node.room?.quota ?? null
}

function isNear(limits: readonly Limit[], used: ReadonlyMap<number | null, number>): boolean {
  return limits.some(({ node, quota, more }) => quota - (used.get(node) ?? 0) < more * margin)
}

/** Bytes used now: of rooms what is live and what other uploads have reserved in them. */
async function usage(
  tx: Tx,
  { uploadId }: Claim,
  limits: readonly Limit[],
): Promise<Map<number | null, number>> {
  const used = new Map<number | null, number>()
  const rooms = limits.flatMap(({ node }) => (node === null ? [] : [node]))
  if (rooms.length < limits.length) used.set(null, await tx.tallies.tenantBytes())
  if (rooms.length === 0) return used
  const tallies = await tx.tallies.of(rooms)
  const reserved = await tx.uploads.reservedIn(rooms, uploadId ?? null)
  for (const id of rooms) used.set(id, (tallies.get(id)?.size ?? 0) + (reserved.get(id) ?? 0))
  return used
}
