import { Worker } from 'node:worker_threads'
import { workerSource } from './worker-source.ts'

/** What a lane tells its stream. After `digest` or `failed` nothing more comes. */
export type LaneEvents = {
  taken(): void
  digest(hexes: string[]): void
  soFar(hexes: string[]): void
  failed(error: Error): void
}

/** Some hashes of one stream in one worker. Updates name bytes of the stream's ring. */
export type Lane = {
  update(offset: number, length: number): void
  end(): void
  /** Asks for the digests of what was named so far. */
  soFar(): void
  drop(): void
}

export type HashPool = {
  open(ring: SharedArrayBuffer, names: string[], events: LaneEvents): Lane
  close(): Promise<void>
}

type Member = { worker: Worker; lanes: Map<number, LaneEvents> }

type Message = ['taken', number] | ['digest' | 'soFar', number, string[]]

/**
 * Up to `size` threads, started when needed and stopped after `idleSeconds` without a stream. A
 * lane goes to the thread with the fewest. A thread that dies fails its lanes; the next lane starts
 * a new one. Threads keep the process alive only while they have lanes.
 */
export function hashPool({ size, idleSeconds }: { size: number; idleSeconds: number }): HashPool {
  const members = new Set<Member>()
  let lastId = 0
  let idle: NodeJS.Timeout | undefined

  const stopIdle = () => {
    for (const member of members) if (member.lanes.size === 0) retire(members, member)
  }

  const release = (member: Member, id: number) => {
    if (!member.lanes.delete(id) || member.lanes.size > 0) return
    member.worker.unref()
    clearTimeout(idle)
    idle = setTimeout(stopIdle, idleSeconds * 1000)
    idle.unref()
  }

  return {
    open(ring, names, events) {
      const member = pick(members, size) ?? start(members, release)
      const id = ++lastId
      if (member.lanes.size === 0) member.worker.ref()
      member.lanes.set(id, events)
      const send = (...message: unknown[]) => {
        if (member.lanes.has(id)) member.worker.postMessage(message)
      }
      send('begin', id, ring, names)
      return {
        update: (offset, length) => send('update', id, offset, length),
        end: () => send('end', id),
        soFar: () => send('soFar', id),
        drop() {
          send('drop', id)
          release(member, id)
        },
      }
    },
    async close() {
      clearTimeout(idle)
      const stopped = [...members].map((member) => retire(members, member))
      await Promise.all(stopped)
    },
  }
}

/** The member with the fewest lanes, or none if another thread may be started instead. */
function pick(members: Set<Member>, size: number): Member | undefined {
  let best: Member | undefined
  for (const member of members) {
    if (!best || member.lanes.size < best.lanes.size) best = member
  }
  return best && best.lanes.size > 0 && members.size < size ? undefined : best
}

function start(members: Set<Member>, release: (member: Member, id: number) => void): Member {
  const worker = new Worker(workerSource, {
    eval: true,
    name: 'hash',
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
  })
  const member: Member = { worker, lanes: new Map() }
  members.add(member)
  worker.on('message', (message: Message) => {
    const lane = member.lanes.get(message[1])
    if (message[0] === 'taken') lane?.taken()
    else if (message[0] === 'soFar') lane?.soFar(message[2])
    else {
      release(member, message[1])
      lane?.digest(message[2])
    }
  })
  worker.on('error', (error) => fail(members, member, error))
  worker.on('exit', (code) => fail(members, member, new Error(`A hash thread ended (${code})`)))
  return member
}

function fail(members: Set<Member>, member: Member, error: Error): void {
  members.delete(member)
  const lanes = [...member.lanes.values()]
  member.lanes.clear()
  for (const lane of lanes) lane.failed(error)
}

async function retire(members: Set<Member>, member: Member): Promise<void> {
  members.delete(member)
  await member.worker.terminate()
}
