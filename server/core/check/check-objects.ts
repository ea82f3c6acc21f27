import { graceMs, keysInFlight } from '../blobs/keys-in-flight.ts'
import type { App } from '../ctx.ts'
import type { Finding } from './finding.ts'

const page = 500

/** Lists the objects older than the sweep's grace to which no row of any tenant refers. */
export async function checkObjects(
  app: App,
  onDone: (done: number) => void,
  report: (finding: Finding) => void,
): Promise<void> {
  const before = app.clock() - graceMs(app)
  let done = 0
  let batch = new Map<string, number>()
  const look = async () => {
    const keys = [...batch.keys()]
    const reachable = await app.store.tenants.reachable(keys)
    const flying = keysInFlight(app.blobs)
    for (const [key, size] of batch) {
      if (reachable.has(key) || flying.has(key)) continue
      report({ kind: 'orphan', tenantId: null, key, found: `${size}`, repaired: false })
    }
    done += batch.size
    batch = new Map()
    onDone(done)
  }
  for await (const { key, size, modifiedAt } of app.blobs.list()) {
    if (modifiedAt >= before) continue
    batch.set(key, size)
    if (batch.size >= page) await look()
  }
  if (batch.size > 0) await look()
}
