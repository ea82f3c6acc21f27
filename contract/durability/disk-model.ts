import { type Growing, growing } from './growing.ts'
import type { Random } from './random.ts'
import type { Recorded } from './record-log.ts'

/** What survives a power cut besides that which was flushed. */
export type Survival =
  /** Nothing: a write, a new name or a removed one without a flush of its own is lost. */
  | 'flushed'
  /** Everything: as after a kill of the process, or an empty cache. */
  | 'all'
  /** Some writes, some torn; names up to a moment, as a journal would keep them. */
  | 'some'

type File = { readonly kind: 'file'; readonly durable: Growing; pending: Data[] }
type Folder = {
  readonly kind: 'folder'
  readonly durable: Map<string, Entry>
  readonly live: Map<string, Entry>
  pending: Naming[]
}
type Entry = File | Folder
type Data =
  | { readonly time: number; readonly at: number; readonly bytes: Buffer }
  | { readonly time: number; readonly size: number }
/** `entry` undefined: the name goes. */
type Naming = { readonly time: number; readonly name: string; readonly entry: Entry | undefined }

/** Files by their path below the recorded folder; a folder has null. */
export type Image = Map<string, Buffer | null>

/** A disk with its write cache, fed with what a process did. */
export type DiskModel = {
  apply(record: Recorded): void
  /** What the disk holds when the power goes now. Reads only. */
  image(survival: Survival, random: Random): Image
}

/**
 * The worst disk that keeps its promises: a flush of a file makes its bytes durable and nothing
 * else; a flush of a folder its names; both only what was there when the flush began.
 */
export function diskModel(): DiskModel {
  const root: Folder = emptyFolder()
  const byInode = new Map<bigint, Entry>()
  const flushing = new Map<number, { entry: Entry; time: number }>()
  let time = 0

  const fileOf = (inode: bigint): File => {
    const file = byInode.get(inode)
    if (file?.kind !== 'file') throw new Error(`inode ${inode} is no file that was created`)
    return file
  }
  const name = (path: string, entry: Entry | undefined) => {
    const { folder, base } = placeOf(root, path)
    folder.pending.push({ time, name: base, entry })
    if (entry) folder.live.set(base, entry)
    else folder.live.delete(base)
  }
  const make = (inode: bigint, path: string, entry: Entry) => {
    byInode.set(inode, entry)
    name(path, entry)
  }
  const endFlush = (number: number, worked: boolean) => {
    const begun = flushing.get(number)
    flushing.delete(number)
    if (begun && worked) settle(begun.entry, begun.time)
  }

  return {
    apply(record) {
      time++
      switch (record.kind) {
        case 'root':
          // Another process: what it had begun to flush is not known to be flushed.
          flushing.clear()
          byInode.set(record.inode, root)
          return
        case 'create':
          return make(record.inode, record.path, emptyFile())
        case 'folder':
          return make(record.inode, record.path, emptyFolder())
        case 'write':
          fileOf(record.inode).pending.push({ time, at: record.at, bytes: record.bytes })
          return
        case 'truncate':
          fileOf(record.inode).pending.push({ time, size: record.size })
          return
        case 'rename':
        case 'link':
          name(record.to, entryAt(root, record.path))
          if (record.kind === 'rename') name(record.path, undefined)
          return
        case 'remove':
          return name(record.path, undefined)
        case 'flush-begins':
          flushing.set(record.number, { entry: byInode.get(record.inode)!, time })
          return
        case 'flush-ends':
          return endFlush(record.number, record.worked)
        case 'answer':
          return
      }
    },
    image(survival, random) {
      const image: Image = new Map()
      const oldest = 1 + random.below(time + 1)
      const odds = [1, 5, 9][random.below(3)]!
      collect(root, '', image, { survival, oldest, odds, random })
      return image
    },
  }
}

const emptyFile = (): File => ({ kind: 'file', durable: growing(), pending: [] })
const emptyFolder = (): Folder => ({
  kind: 'folder',
  durable: new Map(),
  live: new Map(),
  pending: [],
})

function placeOf(root: Folder, path: string): { folder: Folder; base: string } {
  const names = path.split('/').filter((part) => part !== '')
  const base = names.pop() ?? ''
  let folder = root
  for (const part of names) {
    const next = folder.live.get(part)
    if (next?.kind !== 'folder') throw new Error(`${path} lies in no folder that was made`)
    folder = next
  }
  return { folder, base }
}

function entryAt(root: Folder, path: string): Entry {
  const { folder, base } = placeOf(root, path)
  const entry = folder.live.get(base)
  if (!entry) throw new Error(`${path} was not made`)
  return entry
}

/** A flush that began at `time` has ended. */
function settle(entry: Entry, time: number): void {
  if (entry.kind === 'folder') {
    for (const naming of entry.pending) if (naming.time <= time) rename(entry.durable, naming)
    entry.pending = entry.pending.filter((naming) => naming.time > time)
    return
  }
  for (const data of entry.pending) if (data.time <= time) put(entry.durable, data)
  entry.pending = entry.pending.filter((data) => data.time > time)
}

function rename(names: Map<string, Entry>, { name, entry }: Naming): void {
  if (entry) names.set(name, entry)
  else names.delete(name)
}

function put(file: Growing, data: Data): void {
  if ('size' in data) file.resize(data.size)
  else file.write(data.at, data.bytes)
}

type Chance = {
  readonly survival: Survival
  /** Names given or taken until this time survive. */
  readonly oldest: number
  /** Of ten writes so many survive. */
  readonly odds: number
  readonly random: Random
}

function collect(folder: Folder, path: string, image: Image, chance: Chance): void {
  for (const [name, entry] of namesOf(folder, chance)) {
    const below = `${path}/${name}`
    if (entry.kind === 'file') {
      image.set(below, bytesOf(entry, chance))
    } else {
      image.set(below, null)
      collect(entry, below, image, chance)
    }
  }
}

function namesOf({ durable, live, pending }: Folder, { survival, oldest }: Chance) {
  if (survival === 'flushed') return durable
  if (survival === 'all') return live
  const names = new Map(durable)
  for (const naming of pending) if (naming.time <= oldest) rename(names, naming)
  return names
}

const sector = 512

function bytesOf({ durable, pending }: File, { survival, odds, random }: Chance): Buffer {
  if (survival === 'flushed' || pending.length === 0) return durable.bytes()
  const file = growing(durable.bytes())
  for (const data of pending) {
    if (survival === 'all') put(file, data)
    else if (random.below(10) < odds) putTorn(file, data, random)
  }
  return file.bytes()
}

/** One write of five reaches the disk with some of its sectors only. */
function putTorn(file: Growing, data: Data, random: Random): void {
  if ('size' in data || random.below(5) > 0) {
    put(file, data)
    return
  }
  const { at, bytes } = data
  for (let from = 0; from < bytes.length; ) {
    const length = Math.min(sector - ((at + from) % sector), bytes.length - from)
    if (random.below(2)) file.write(at + from, bytes.subarray(from, from + length))
    from += length
  }
}
