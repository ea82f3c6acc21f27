import { bookTenant } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import type { Check } from './check-everything.ts'
import type { Counts } from './check-store.ts'

const page = 500
const members = ['rooms', 'folders', 'files', 'size'] as const

/**
 * Counters equal a recount. The deepest wrong one of a chain differs from its own children and is
 * found by that; then everything above it is recounted too.
 */
export async function checkTallies(check: Check): Promise<void> {
  const { ctx, progress } = check
  const looked = new Set<number>()
  let done = 0
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after
    const { ids, next } = await ctx.read((tx) => tx.checks.doubtfulTallies(from, page))
    for (const id of ids) {
      const above = await ctx.read((tx) => tx.nodes.ancestors(id))
      for (const container of [id, ...above.map((node) => node.id)]) {
        if (looked.has(container)) continue
        looked.add(container)
        await checkTally(check, container)
      }
    }
    done += page
    progress('tallies', done)
    after = next
  }
}

/** Alone with the container, so that nothing is counted that is being changed. */
async function checkTally({ ctx, repair, report }: Check, id: number): Promise<void> {
  const wrong = await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const [node] = await tx.nodes.lockSubtrees([id])
    if (!node) return undefined
    const { kept, counted } = await countsOf(tx, id)
    const differs = members.filter((member) => kept[member] !== counted[member])
    if (differs.length === 0) return undefined
    if (repair) await tx.checks.correctTally(id, minus(counted, kept), ctx.now)
    return { kept, counted, differs }
  })
  if (!wrong) return
  const said = (counts: Counts) => wrong.differs.map((name) => `${name}=${counts[name]}`).join(' ')
  const expected = said(wrong.counted)
  report({ kind: 'tally', nodeId: id, expected, found: said(wrong.kept), repaired: repair })
}

async function countsOf(tx: Tx, id: number): Promise<{ kept: Counts; counted: Counts }> {
  const none = { rooms: 0, folders: 0, files: 0, size: 0 }
  const kept = (await tx.tallies.of([id])).get(id) ?? none
  return { kept, counted: await tx.checks.recount(id) }
}

function minus(a: Counts, b: Counts): Counts {
  return {
    rooms: a.rooms - b.rooms,
    folders: a.folders - b.folders,
    files: a.files - b.files,
    size: a.size - b.size,
  }
}

/** The tenant's bytes equal those of its versions and reservations. Bookings wait meanwhile. */
export async function checkTenantBytes({ ctx, repair, report }: Check): Promise<void> {
  const wrong = await ctx.write(async (tx) => {
    await tx.tallies.lock()
    const [kept, counted] = [await tx.tallies.tenantBytes(), await tx.checks.countBytes()]
    if (kept === counted) return undefined
    if (repair)
      await bookTenant({ ...ctx, tenant: { ...ctx.tenant, quota: null } }, tx, counted - kept)
    return { kept, counted }
  })
  if (!wrong) return
  const numbers = { expected: `${wrong.counted}`, found: `${wrong.kept}` }
  report({ kind: 'tenant-bytes', ...numbers, repaired: repair })
}
