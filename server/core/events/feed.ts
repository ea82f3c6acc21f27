import { type App, type Ctx, contextFor } from '../ctx.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { onEvents } from './event-signal.ts'
import { type ToldEvent, tellTo } from './told-event.ts'

export type FeedListener = (events: readonly ToldEvent[]) => void

/** Tells those who listen what happens where they may read, as it is committed. */
export type Feed = {
  /** From now on, until the answered function is called. */
  listen(tenant: Tenant, userId: number, listener: FeedListener): Promise<() => void>
  close(): Promise<void>
}

/** How often events of other processes are looked for; one time of so many where they are told. */
const lookEveryMs = 500
const looksLeftOut = 10
const pageSize = 200

type Audience = {
  readonly tenant: Tenant
  readonly listeners: Map<number, Set<FeedListener>>
  cursor: number
  /** What is running, so that each event is read once for all. */
  pump: Promise<void> | null
  /** Whether something came while it ran. */
  again: boolean
}

/**
 * One reader of a tenant's events for all its listeners: who may be told is asked anew for every
 * batch, so a right that was taken ends it at once. It wakes with every commit of this process, and
 * of others as far as they are told; for those that are not it looks twice a second. A batch that
 * cannot be read is tried again.
 */
export function openFeed(app: App): Feed {
  const audiences = new Map<number, Audience>()
  const wake = (tenantId: number | null) => {
    const woken =
      tenantId === null ? [...audiences.values()] : [audiences.get(tenantId) ?? []].flat()
    for (const audience of woken) start(app, audience)
  }
  const ignore = onEvents(app, wake)
  let looks = 0
  const timer = setInterval(() => {
    looks++
    if (!app.store.hearsOthers() || looks % looksLeftOut === 0) wake(null)
  }, lookEveryMs)
  timer.unref()
  return {
    async listen(tenant, userId, listener) {
      const audience = audiences.get(tenant.id) ?? (await newAudience(app, tenant))
      const current = audiences.get(tenant.id) ?? audience
      audiences.set(tenant.id, current)
      const own = current.listeners.get(userId) ?? new Set()
      current.listeners.set(userId, own)
      own.add(listener)
      return () => {
        own.delete(listener)
        if (own.size === 0 && current.listeners.get(userId) === own) {
          current.listeners.delete(userId)
        }
        if (current.listeners.size === 0) audiences.delete(tenant.id)
      }
    },
    async close() {
      ignore()
      clearInterval(timer)
      const running = [...audiences.values()].map(({ pump }) => pump)
      audiences.clear()
      await Promise.all(running)
    },
  }
}

async function newAudience(app: App, tenant: Tenant): Promise<Audience> {
  const ctx = systemOf(app, tenant)
  const newest = { offset: 0, limit: 1, descending: true }
  const [last] = await ctx.read((tx) => tx.events.page({}, newest))
  return { tenant, listeners: new Map(), cursor: last?.id ?? 0, pump: null, again: false }
}

function systemOf(app: App, tenant: Tenant): Ctx {
  return contextFor(app, tenant, { kind: 'system' }, 'feed')
}

function start(app: App, audience: Audience): void {
  if (audience.pump) {
    audience.again = true
    return
  }
  audience.pump = run(app, audience)
    .catch((error: unknown) => app.log.error({ error: String(error) }, 'events could not be told'))
    .then(() => {
      audience.pump = null
    })
}

async function run(app: App, audience: Audience): Promise<void> {
  do {
    audience.again = false
    while (await tellBatch(app, audience));
  } while (audience.again)
}

/** Whether there may be more. */
async function tellBatch(app: App, audience: Audience): Promise<boolean> {
  const ctx = systemOf(app, audience.tenant)
  const page = { offset: 0, limit: pageSize, descending: false }
  const events = await ctx.read((tx) => tx.events.page({ afterId: audience.cursor }, page))
  const last = events.at(-1)
  if (!last) return false
  const readers = new Set(audience.listeners.keys())
  const told = await ctx.read((tx) => tellTo(ctx, tx, events, readers))
  audience.cursor = last.id
  for (const [userId, list] of told) {
    for (const listener of audience.listeners.get(userId) ?? []) listener(list)
  }
  return events.length === pageSize
}
