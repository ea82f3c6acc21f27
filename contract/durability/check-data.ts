import { inlineHasher } from '../../server/adapters/hashing/inline.ts'
import { checkEverything } from '../../server/core/check/check-everything.ts'
import type { Finding } from '../../server/core/check/finding.ts'
import type { App } from '../../server/core/ctx.ts'
import { sweep } from '../../server/core/jobs/sweep.ts'

const hourMs = 3_600_000

/** The same installation some hours later, when what nobody refers to may go. */
export function later(app: App, hours: number): App {
  return { ...app, clock: () => app.clock() + hours * hourMs }
}

export type DataCheck = { readonly deep: boolean; readonly sweeps: boolean }

/**
 * Throws whatever does not hold together; orphaned objects are allowed, and counted. With `sweeps`
 * they are swept, and then there may be none either.
 */
export async function checkData(app: App, { deep, sweeps }: DataCheck): Promise<number> {
  const afterGrace = { ...later(app, 2), hasher: inlineHasher() }
  const found = await checkEverything(afterGrace, { deep })
  refuse(found.filter(({ kind }) => kind !== 'orphan'))
  if (!sweeps) return found.length
  await sweep(afterGrace)
  refuse(await checkEverything(afterGrace))
  return found.length
}

function refuse(findings: readonly Finding[]): void {
  if (findings.length === 0) return
  throw new Error(`the check finds: ${JSON.stringify(findings.slice(0, 5), null, 1)}`)
}
