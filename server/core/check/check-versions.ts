import { dropMounts } from '../nodes/mounts.ts'
import type { Check } from './check-everything.ts'
import type { VersionFacts, VersionPlace } from './check-store.ts'

const page = 500

/** Every version, live, old or deleted, has its blob; every live node its parent and version. */
export async function checkVersions(check: Check): Promise<void> {
  const { ctx } = check
  let done = 0
  for (let after: VersionPlace = { nodeId: 0, id: 0 }; ; ) {
    const from = after
    const rows = await ctx.read((tx) => tx.checks.versions(from, page))
    for (const row of rows) compare(check, row)
    done += rows.length
    check.progress('versions', done)
    if (rows.length < page) break
    after = rows.at(-1)!
  }
  await checkNodes(check)
}

function compare({ report }: Check, { id, nodeId, blobId, size, md5, blob }: VersionFacts): void {
  const about = { versionId: id, nodeId, blobId, repaired: false }
  if (blob === null) {
    report({ kind: 'blob-missing', ...about })
    return
  }
  if (blob.size !== size) {
    report({ kind: 'version-size', ...about, expected: `${size}`, found: `${blob.size}` })
  }
  if (md5 !== null && blob.md5 !== null && md5 !== blob.md5) {
    report({ kind: 'hash', ...about, expected: md5, found: blob.md5 })
  }
}

async function checkNodes(check: Check): Promise<void> {
  const { ctx, report, progress } = check
  let done = 0
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after
    const { nodes, next } = await ctx.read((tx) => tx.checks.brokenNodes(from, page))
    for (const { id, fault } of nodes) {
      const repaired = fault === 'no-target' && (await dropMount(check, id))
      report({ kind: fault, nodeId: id, repaired })
    }
    done += page
    progress('nodes', done)
    after = next
  }
}

/** Whether the mount of a room that is gone was removed. */
async function dropMount({ ctx, repair }: Check, id: number): Promise<boolean> {
  if (!repair) return false
  return ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const mount = await tx.nodes.find(id)
    if (mount?.kind !== 'mount' || (await tx.nodes.find(mount.targetId ?? 0))) return false
    await dropMounts(ctx, tx, [mount])
    return true
  })
}
