import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { diskModel } from './disk-model.ts'
import { kinds } from './operations.ts'
import { randomOf } from './random.ts'
import { type Recorded, readRecordLog } from './record-log.ts'
import { differingPaths, imageOf, type Mute, startRecorded } from './recorder.ts'
import { type Client, openClient, work } from './workload.ts'

/** What servers did, one after the other on one directory, and what their clients know. */
export type Recording = {
  readonly records: readonly Recorded[]
  /** Where the records of each process begin. */
  readonly begins: readonly number[]
  readonly clients: readonly Client[]
}

/** One process of a recording: what is asked of it, and how it ends. */
export type Session = {
  work(url: string, clients: readonly Client[], dataDir: string): Promise<void>
  readonly end: 'kill' | 'stop'
  readonly env?: Readonly<Record<string, string>>
}

export type RecordOptions = {
  readonly recorder: string
  readonly scratch: string
  readonly seed: number
  readonly clients: number
  /** Flushes that the last process leaves out. */
  readonly mute?: Mute
}

const quietMs = 100

/** Runs the sessions on an empty directory. Throws where something passed the recorder by. */
export async function record(
  { recorder, scratch, seed, clients: many, mute }: RecordOptions,
  sessions: readonly Session[],
): Promise<Recording> {
  const dataDir = mkdtempSync(join(scratch, 'data-'))
  const records: Recorded[] = []
  const begins: number[] = []
  const clients: Client[] = []
  for (const [index, session] of sessions.entries()) {
    const log = `${dataDir}-${index}.log`
    const muted = index === sessions.length - 1 ? { mute } : {}
    const server = await startRecorded(recorder, { dataDir, log, env: session.env, ...muted })
    try {
      while (clients.length < many) {
        const random = randomOf(seed + clients.length)
        clients.push(await openClient(server.url, `Client ${clients.length}`, random))
      }
      await session.work(server.url, clients, dataDir)
      await wait(quietMs)
    } finally {
      await server[session.end]()
    }
    begins.push(records.length)
    for (const one of readRecordLog(readFileSync(log))) records.push(one)
    compareWithDisk(records, dataDir)
  }
  return { records, begins, clients }
}

/** All that was recorded, together, is what the disk holds. */
function compareWithDisk(records: readonly Recorded[], dataDir: string): void {
  const disk = diskModel()
  for (const one of records) disk.apply(one)
  const differing = differingPaths(disk.image('all', randomOf(0)), imageOf(dataDir))
  if (differing.length > 0) throw new Error(`the recorder does not see all: ${differing}`)
}

/** All clients beside each other, each with every kind of operation twice. */
export function mixed(end: Session['end']): Session {
  return {
    work: async (url, clients) => {
      const one = (client: Client) => client.random.shuffled([...kinds, ...kinds])
      await Promise.all(clients.map((client) => work(url, client, one(client))))
    },
    end,
  }
}

/** Nothing but the first start and the clients' folders. */
export const prepared: Session = { work: async () => undefined, end: 'stop' }

/** The size of the log at which it is copied into the database (`checkpointBytes`). */
const checkpointBytes = 16 * 1024 * 1024

/**
 * Fills the log until it is copied into the database, by rows of nearly 1 MB, and then uses it
 * again from its beginning.
 */
export const checkpointed: Session = {
  work: async (url, clients, dataDir) => {
    const [first] = clients
    const database = join(dataDir, 'strongroom.db')
    const written = statSync(database).mtimeMs
    const log = `${database}-wal`
    while (statSync(log).size < checkpointBytes) await work(url, first!, ['one-call-row'])
    // The engine does not look at the log after every commit: some more may pass before it starts.
    // Only a log that is copied whole is used again, so nothing is written while it may be.
    while (!(await isWritten(database, written)) && statSync(log).size < 4 * checkpointBytes) {
      await work(url, first!, ['one-call-row'])
    }
    await settled(database, written)
    await mixed('kill').work(url, clients, dataDir)
  },
  end: 'kill',
  env: { STRONGROOM_SMALL_FILE_BYTES: '1 MiB' },
}

const lookMs = 100
const stillLooks = 8
const mostLooks = 300

/** Whether a file is written after that time, now or soon. */
async function isWritten(path: string, after: number): Promise<boolean> {
  for (let look = 0; look < 5; look++) {
    if (statSync(path).mtimeMs > after) return true
    await wait(lookMs)
  }
  return false
}

/** Waits until a file was written after that time, and is no longer. */
async function settled(path: string, after: number): Promise<void> {
  let last = after
  let still = 0
  for (let look = 0; look < mostLooks && still < stillLooks; look++) {
    await wait(lookMs)
    const { mtimeMs } = statSync(path)
    still = mtimeMs === last && mtimeMs > after ? still + 1 : 0
    last = mtimeMs
  }
  if (still < stillLooks) throw new Error(`${path} was not written, or without an end`)
}

/** How often the last process wrote over the beginning of the log that it had found. */
export function timesBegunAnew({ records, begins }: Recording): number {
  const logs = records.flatMap((one) =>
    one.kind === 'create' && one.path === '/strongroom.db-wal' ? [one.inode] : [],
  )
  const own = records.slice(begins.at(-1))
  return own.filter((one) => one.kind === 'write' && one.inode === logs.at(-1) && one.at === 0)
    .length
}
