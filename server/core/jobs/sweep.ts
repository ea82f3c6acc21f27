import { graceMs, keysInFlight } from '../blobs/keys-in-flight.ts'
import { type App, type Ctx, contextFor } from '../ctx.ts'
import { isExpired } from '../nodes/node.ts'
import { trashNode } from '../nodes/trash-node.ts'
import { sweepGrants } from '../permissions/end-grants.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { sweepTrash } from '../trash/sweep-trash.ts'
import { abortDirect, emptyUpload } from '../uploads/cancel-upload.ts'
import { dropObjects } from '../uploads/drop-objects.ts'

export type Swept = {
  blobs: number
  objects: number
  uploads: number
  nodes: number
  sessions: number
  links: number
  exports: number
  archives: number
  trash: number
  tasks: number
  notices: number
  /** Rooms in which grants or invitations were past their end. */
  grants: number
}

export type SweepOptions = {
  /** Called between steps; what it throws ends the sweep. */
  readonly onStep?: () => Promise<void>
  /** false: the byte store is not listed; only what rows say goes. */
  readonly listStore?: boolean
}

const page = 500
/** Links that have ended are shown to their owners for so long. */
const endedLinksMs = 30 * 86_400_000
const keptNoticesMs = 365 * 86_400_000
const throttleMs = 86_400_000
/** Codes past their end say so for a while. */
const codesMs = 86_400_000

/**
 * Removes what is over: expired uploads, files, sessions, exports and links, blobs to which no
 * version has referred for the grace period, and objects to which nothing refers. May run in any
 * process at any time, in several at once.
 */
export async function sweep(app: App, options: SweepOptions = {}): Promise<Swept> {
  const swept: Swept = {
    blobs: 0,
    objects: 0,
    uploads: 0,
    nodes: 0,
    sessions: 0,
    links: 0,
    exports: 0,
    archives: 0,
    trash: 0,
    tasks: 0,
    notices: 0,
    grants: 0,
  }
  const step = options.onStep ?? (async () => {})
  for (const tenant of await app.store.tenants.all()) {
    await sweepTenant(app, tenant, swept, step)
  }
  if (options.listStore !== false) swept.objects += await sweepObjects(app, step)
  return swept
}

async function sweepTenant(
  app: App,
  tenant: Tenant,
  swept: Swept,
  step: () => Promise<void>,
): Promise<void> {
  const ctx = contextFor(app, tenant, { kind: 'system' }, 'sweep')
  swept.uploads += await sweepUploads(ctx, step)
  swept.nodes += await sweepNodes(ctx, step)
  swept.trash += await sweepTrash(ctx, step)
  swept.grants += await sweepGrants(ctx, step)
  await step()
  swept.sessions += await inPages((limit) =>
    ctx.write((tx) => tx.sessions.removeExpired(ctx.now, limit)),
  )
  swept.exports += await inPages((limit) =>
    ctx.write((tx) => tx.exports.removeExpired(ctx.now, limit)),
  )
  swept.notices += await inPages((limit) =>
    ctx.write((tx) => tx.notices.removeOlder(ctx.now - keptNoticesMs, limit)),
  )
  swept.tasks += await inPages((limit) => ctx.write((tx) => tx.tasks.removeExpired(ctx.now, limit)))
  swept.archives += await inPages((limit) =>
    ctx.write((tx) => tx.archives.removeExpired(ctx.now, limit)),
  )
  swept.links += await inPages((limit) => sweepLinks(ctx, limit))
  await inPages((limit) => ctx.write((tx) => tx.subscriptions.removeDangling(limit)))
  await inPages((limit) => ctx.write((tx) => tx.codes.removeExpired(ctx.now - codesMs, limit)))
  await ctx.write(async (tx) => {
    await tx.throttle.removeOlder(ctx.now - throttleMs)
    await tx.blobs.removeHolds(ctx.now)
    await tx.links.removeLooseFiles()
  })
  await step()
  await sweepBlobs(ctx, swept, step)
}

async function inPages(remove: (limit: number) => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    const removed = await remove(page)
    total += removed
    if (removed < page) return total
  }
}

async function sweepLinks(ctx: Ctx, limit: number): Promise<number> {
  return ctx.write(async (tx) => {
    const ended = await tx.links.expired(ctx.now - endedLinksMs, limit)
    for (const { id } of ended) await tx.links.remove(id)
    return ended.length
  })
}

/** An upload that is being finished belongs to its job, whatever its age. */
async function sweepUploads(ctx: Ctx, step: () => Promise<void>): Promise<number> {
  let removed = 0
  for (;;) {
    const ended = await ctx.read((tx) => tx.uploads.expired(ctx.now, page))
    let progress = 0
    for (const { id } of ended) {
      const gone = await ctx.write(async (tx) => {
        const upload = await tx.uploads.findForUpdate(id)
        if (!upload || upload.expiresAt > ctx.now || upload.state === 'finishing') return undefined
        const keys = await emptyUpload(ctx, tx, upload)
        await tx.uploads.remove(id)
        return { upload, keys }
      })
      if (!gone) continue
      progress += 1
      await dropObjects(ctx, gone.keys)
      if (gone.upload.state !== 'done') await abortDirect(ctx, gone.upload)
      await step()
    }
    removed += progress
    if (progress === 0 || ended.length < page) return removed
  }
}

/** What has expired goes to the trash, where it is kept like everything else. */
async function sweepNodes(ctx: Ctx, step: () => Promise<void>): Promise<number> {
  let trashed = 0
  const expired = await ctx.read((tx) => tx.nodes.expired(ctx.now, page))
  for (const { id } of expired) {
    trashed += await ctx.write(async (tx) => {
      const [node] = await tx.nodes.lock([id], 'change')
      if (!node || node.parentId === null || !isExpired(node, ctx.now)) return 0
      const parent = await tx.nodes.find(node.parentId)
      if (!parent) return 0
      await trashNode(ctx, tx, node, parent)
      return 1
    })
    await step()
  }
  return trashed
}

/** Looks at every blob by reading, and writes only where one is not referred to. */
async function sweepBlobs(ctx: Ctx, swept: Swept, step: () => Promise<void>): Promise<void> {
  const before = ctx.now - graceMs(ctx)
  let after: string | null = ''
  while (after !== null) {
    const from: string = after
    const found = await ctx.read((tx) => tx.blobs.findUnreferenced(from, page))
    if (found.ids.length > 0) {
      const gone = await ctx.write((tx) => tx.blobs.removeUnreferenced(found.ids, ctx.now, before))
      swept.blobs += gone.blobs
      swept.objects += gone.segments.length
      await dropObjects(
        ctx,
        gone.segments.map(({ key }) => key),
      )
    }
    after = found.next
    await step()
  }
}

/**
 * Objects and unfinished puts older than the grace to which no row of any tenant refers. New
 * references are made to new keys only, so what nothing refers to is never referred to again.
 */
async function sweepObjects(app: App, step: () => Promise<void>): Promise<number> {
  const before = app.clock() - graceMs(app)
  let batch = new Set<string>()
  let removed = 0
  const flush = async () => {
    const keys = [...batch]
    batch = new Set()
    const reachable = await app.store.tenants.reachable(keys)
    const flying = keysInFlight(app.blobs)
    const gone = keys.filter((key) => !reachable.has(key) && !flying.has(key))
    await dropObjects(app, gone)
    removed += gone.length
    await step()
  }
  for await (const { key, modifiedAt } of app.blobs.list()) {
    if (modifiedAt >= before) continue
    batch.add(key)
    if (batch.size >= page) await flush()
  }
  if (batch.size > 0) await flush()
  return removed
}
