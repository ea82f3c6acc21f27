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

type Disk = {
  readonly root: Folder
  readonly byInode: Map<bigint, Entry>
  readonly flushing: Map<number, { readonly entry: Entry; readonly time: number }>
  time: number
}

/**
 * The worst disk that keeps its promises: a flush of a file makes its bytes durable and nothing
 * else; a flush of a folder its names; both only what was there when the flush began.
 */
export function diskModel(): DiskModel {
  const disk: Disk = { root: emptyFolder(), byInode: new Map(), flushing: new Map(), time: 0 }
  return {
    apply: (record) => applyTo(disk, record),
    image(survival, random) {
      const image: Image = new Map()
      const oldest = 1 + random.below(disk.time + 1)
      const odds = [1, 5, 9][random.below(3)]!
      collect(disk.root, '', image, { survival, oldest, odds, random })
      return image
    },
  }
}

function applyTo(disk: Disk, record: Recorded): void {
  const time = ++disk.time
  switch (record.kind) {
    case 'root':
      // Another process: what the last one had begun to flush is not known to be flushed.
      disk.flushing.clear()
      disk.byInode.set(record.inode, disk.root)
      return
    case 'create':
    case 'folder': {
      const entry = record.kind === 'create' ? emptyFile() : emptyFolder()
      disk.byInode.set(record.inode, entry)
      name(disk, record.path, entry)
      return
    }
    case 'write':
      fileOf(disk, record.inode).pending.push({ time, at: record.at, bytes: record.bytes })
      return
    case 'truncate':
      fileOf(disk, record.inode).pending.push({ time, size: record.size })
      return
    case 'rename':
    case 'link':
      name(disk, record.to, entryAt(disk.root, record.path))
      if (record.kind === 'rename') name(disk, record.path, undefined)
      return
    case 'remove':
      name(disk, record.path, undefined)
      return
    case 'flush-begins':
      disk.flushing.set(record.number, { entry: entryOf(disk, record.inode), time })
      return
    case 'flush-ends':
      endFlush(disk, record.number, record.worked)
      return
    case 'answer':
      return
  }
}

function entryOf({ byInode }: Disk, inode: bigint): Entry {
  const entry = byInode.get(inode)
  if (!entry) throw new Error(`inode ${inode} was not created`)
  return entry
}

function fileOf(disk: Disk, inode: bigint): File {
  const entry = entryOf(disk, inode)
  if (entry.kind !== 'file') throw new Error(`inode ${inode} is no file`)
  return entry
}

/** Gives a name in its folder to an entry, or takes it away. */
function name({ root, time }: Disk, path: string, entry: Entry | undefined): void {
  const { folder, base } = placeOf(root, path)
  folder.pending.push({ time, name: base, entry })
  rename(folder.live, { name: base, entry })
}

function endFlush({ flushing }: Disk, number: number, worked: boolean): void {
  const begun = flushing.get(number)
  flushing.delete(number)
  if (begun && worked) settle(begun.entry, begun.time)
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

function rename(names: Map<string, Entry>, { name, entry }: Omit<Naming, 'time'>): void {
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
