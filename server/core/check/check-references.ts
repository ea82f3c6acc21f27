import type { Check } from './check-everything.ts'
import type { Reference } from './check-store.ts'

const page = 200

/** Nothing belongs to what is gone: no comment to a node, no grant to a user, no key to a file. */
export async function checkReferences(check: Check): Promise<void> {
  const references = await check.ctx.read(async (tx) => tx.checks.references)
  for (const [at, reference] of references.entries()) {
    await checkReference(check, reference)
    check.progress('references', at + 1)
  }
}

async function checkReference({ ctx, repair, report }: Check, reference: Reference): Promise<void> {
  const { things, of, first } = reference
  for (let after = first; ; ) {
    const from = after
    const found = await ctx.read((tx) => tx.checks.dangling(reference, from, page))
    const ids = found.map(({ id }) => id)
    if (repair && ids.length > 0) {
      await ctx.write((tx) => tx.checks.removeDangling(reference, ids))
    }
    for (const { id, count } of found) {
      report({ kind: 'dangling', things, expected: `${of} ${id}`, count, repaired: repair })
    }
    if (found.length < page) return
    after = ids.at(-1)!
  }
}
