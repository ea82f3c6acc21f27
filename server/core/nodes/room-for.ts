import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Node } from './node.ts'

/**
 * Faults 'quota-exceeded' when `bytes` more do not fit into every room from `parent` up, leaving
 * out those in `except` (they hold the bytes already). Books nothing. Where a room has a quota,
 * other bookings wait until this transaction ends.
 */
export async function roomFor(
  tx: Tx,
  parent: Node,
  bytes: number,
  except: ReadonlySet<number> = new Set(),
): Promise<void> {
  if (bytes <= 0) return
  const way = [...(await tx.nodes.ancestors(parent.id)), parent]
  const limited = way.filter((node) => limitOf(node) !== null && !except.has(node.id))
  if (limited.length === 0) return
  await tx.tallies.lock()
  const tallies = await tx.tallies.of(limited.map((node) => node.id))
  for (const node of limited) {
    const size = tallies.get(node.id)?.size ?? 0
    if (size + bytes > (limitOf(node) ?? Number.POSITIVE_INFINITY)) {
      fault('quota-exceeded', 'node', 'target', { of: 'room', node: node.id })
    }
  }
}

/** Books bytes of the tenant; faults 'quota-exceeded' when they do not fit. */
export async function bookTenant(ctx: Ctx, tx: Tx, bytes: number): Promise<void> {
  const { quota } = ctx.tenant
  if (bytes > 0 && quota !== null) {
    await tx.tallies.lock()
    if ((await tx.tallies.tenantBytes()) + bytes > quota) {
      fault('quota-exceeded', 'node', 'target', { of: 'tenant' })
    }
  }
  await tx.tallies.book(bytes)
}

function limitOf(node: Node): number | null {
  return node.room?.quota ?? null
}
