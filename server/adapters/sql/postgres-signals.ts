import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** What a process has committed: of a tenant, events or jobs or both. */
export type Signal = {
  readonly tenantId: number
  readonly event: boolean
  readonly job: boolean
}

export type PostgresSignals = {
  /** Tells the other processes on this database within `spacingMs`, once for many. */
  tell(signal: Signal): void
  /** Whether the others are heard: a signal of our own came back at the last try. */
  areHeard(): boolean
  /** Tells what waits, then ends the connection. */
  close(): Promise<void>
}

export type SignalOptions = {
  readonly url: string
  readonly warn: (message: string) => void
  /** Called with what another process has committed; null: anything may have been missed. */
  readonly hear: (signal: Signal | null) => void
}

const channel = 'strongroom'
/** The least time between two announcements of a process. */
const spacingMs = 20
/** How often a signal of our own is sent, and how long it may take to come back. */
const probeEveryMs = 10_000
const echoMs = 5000
const connectMs = 10_000
const firstPauseMs = 100
const longestPauseMs = 30_000
const endMs = 1000
const probe = 'probe'

/**
 * Wakes the other processes on the database with NOTIFY over one connection, which listens too. It
 * is sent after the commit and outside of its transaction: a commit that notifies waits for every
 * other that does. So a signal is a hint that can be lost; who listens still looks now and then.
 * A lost connection is made anew after pauses that grow. A pooler between that passes no
 * notifications on is noticed by the missing echo.
 */
export function postgresSignals(options: SignalOptions): PostgresSignals {
  const closing = new AbortController()
  const outbox = signalOutbox()
  let heard = false
  let warned = false

  async function keepListening(): Promise<void> {
    for (
      let pause = firstPauseMs;
      !closing.signal.aborted;
      pause = Math.min(pause * 2, longestPauseMs)
    ) {
      try {
        await listen(options, outbox, closing.signal, () => {
          heard = true
          warned = false
          pause = firstPauseMs
        })
      } catch (error) {
        if (!warned && !closing.signal.aborted) {
          options.warn(`Other processes are not heard, and looked after instead: ${textOf(error)}`)
        }
        warned = true
      }
      heard = false
      await pauseFor(pause * (0.5 + Math.random() / 2), closing.signal)
    }
  }

  const kept = keepListening()
  return {
    tell: outbox.add,
    areHeard: () => heard,
    async close() {
      await outbox.close()
      closing.abort()
      await kept
    },
  }
}

/** One connection, until it is lost or `closing`. */
async function listen(
  { url, hear }: SignalOptions,
  outbox: Outbox,
  closing: AbortSignal,
  onHeard: () => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    query_timeout: echoMs,
    application_name: 'strongroom signals',
    keepAlive: true,
  })
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => undefined)
  client.on('error', ended.reject)
  client.on('end', () => ended.reject(new Error('the connection has ended')))
  const closed = () => ended.reject(new Error('closed'))
  closing.addEventListener('abort', closed)
  let echo = Promise.withResolvers<void>()
  client.on('notification', ({ processId, payload = '' }) => {
    // The backend of this connection; the types of pg leave it out.
    const isOwn = processId === Reflect.get(client, 'processID')
    if (isOwn && payload === probe) echo.resolve()
    const signal = isOwn ? undefined : signalIn(payload)
    if (signal) hear(signal)
  })
  try {
    await Promise.race([client.connect(), ended.promise])
    const run = oneByOne(client)
    await run({ text: `set synchronous_commit = off; listen ${channel}` })
    for (let isFirst = true; ; isFirst = false) {
      echo = Promise.withResolvers()
      await run({ text: `notify ${channel}, '${probe}'` })
      await within(echo.promise, ended.promise, echoMs)
      if (isFirst) {
        onHeard()
        hear(null)
        outbox.open((payloads) => run({ text: announce, values: [channel, payloads] }))
      }
      await Promise.race([ended.promise, pauseFor(probeEveryMs, closing)])
    }
  } finally {
    closing.removeEventListener('abort', closed)
    outbox.shut()
    await Promise.race([client.end().catch(() => undefined), pauseFor(endMs)])
  }
}

const announce = 'select pg_notify($1, payload) from unnest($2::text[]) as payload'

/** Statements on one connection, each after the one before. */
function oneByOne(client: pg.Client): (query: pg.QueryConfig) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return async (query) => {
    const own = last.then(() => client.query(query))
    last = own.catch(() => undefined)
    await own
  }
}

async function within(echo: Promise<void>, ended: Promise<never>, ms: number): Promise<void> {
  const late = new AbortController()
  const tooLate = pauseFor(ms, late.signal).then(() => {
    if (!late.signal.aborted) throw new Error('no notification comes back')
  })
  try {
    await Promise.race([echo, ended, tooLate])
  } finally {
    late.abort()
  }
}

/** Ends early, and as well, when the signal is aborted. */
function pauseFor(ms: number, signal?: AbortSignal): Promise<void> {
  return wait(ms, undefined, { signal, ref: false }).catch(() => undefined)
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Tenant and what it is about: `7 e`, `7 j`, `7 ej`. Anything else is not of ours. */
function signalIn(payload: string): Signal | undefined {
  const [, tenant, about = ''] = /^(\d{1,15}) (e?j?)$/.exec(payload) ?? []
  if (tenant === undefined) return undefined
  return { tenantId: Number(tenant), event: about.includes('e'), job: about.includes('j') }
}

function payloadOf({ tenantId, event, job }: Signal): string {
  return `${tenantId} ${event ? 'e' : ''}${job ? 'j' : ''}`
}

type Outbox = {
  add(signal: Signal): void
  /** From now on what waits is sent so. */
  open(send: (payloads: readonly string[]) => Promise<void>): void
  /** What comes is kept until it is open again. */
  shut(): void
  /** Sends what waits, if it is open. */
  close(): Promise<void>
}

/** Collects signals, one per tenant, and sends them at most every `spacingMs`. */
function signalOutbox(): Outbox {
  const waiting = new Map<number, Signal>()
  let send: ((payloads: readonly string[]) => Promise<void>) | undefined
  let timer: NodeJS.Timeout | undefined
  let sentAt = Number.NEGATIVE_INFINITY
  let sending: Promise<void> = Promise.resolve()

  function add(signal: Signal): void {
    const other = waiting.get(signal.tenantId)
    const event = signal.event || other?.event === true
    const job = signal.job || other?.job === true
    waiting.set(signal.tenantId, { tenantId: signal.tenantId, event, job })
    schedule()
  }

  function schedule(): void {
    if (timer || !send || waiting.size === 0) return
    timer = setTimeout(flush, Math.max(0, sentAt + spacingMs - performance.now()))
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (!send || waiting.size === 0) return
    const signals = [...waiting.values()]
    waiting.clear()
    sentAt = performance.now()
    // A connection that fails here is noticed by its listener too, which makes a new one.
    sending = send(signals.map(payloadOf)).catch(() => signals.forEach(add))
  }

  return {
    add,
    open(by) {
      send = by
      schedule()
    },
    shut() {
      send = undefined
      clearTimeout(timer)
      timer = undefined
    },
    async close() {
      flush()
      await sending
    },
  }
}
