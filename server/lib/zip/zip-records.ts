/** What an archive holds at one place. */
export type ZipEntry = {
  /** Names from the top, joined by '/'; a folder's ends with '/'. At most 65,535 bytes of UTF-8. */
  readonly path: string
  /** Bytes; 0 for a folder. */
  readonly size: number
  /** Milliseconds since the epoch, UTC. */
  readonly modifiedAt: number
}

/** What is known of an entry once its bytes were written. */
export type WrittenEntry = ZipEntry & { readonly crc: number; readonly offset: number }

export type Directory = {
  readonly entries: number
  readonly offset: number
  readonly size: number
}

// Sections of APPNOTE.TXT 6.3.10, from which the names come.
const localHeader = 0x04034b50
const dataDescriptor = 0x08074b50
const centralHeader = 0x02014b50
const endRecord = 0x06054b50
const endRecord64 = 0x06064b50
const endLocator64 = 0x07064b50

/** A field of this value says that the real one stands in the ZIP64 extra field (4.3.9.2). */
const full32 = 0xffffffff
const full16 = 0xffff
const utf8 = 1 << 11
const descriptorFollows = 1 << 3
const unix = 3 << 8
const longestPath = full16

const isFolder = ({ path }: ZipEntry) => path.endsWith('/')
const isLarge = ({ size }: ZipEntry) => size >= full32
/** 4.5 reads ZIP64, 2.0 folders and data that is described afterwards. */
const neededVersion = (large: boolean) => (large ? 45 : 20)
const flagsOf = ({ size }: ZipEntry) => utf8 | (size > 0 ? descriptorFollows : 0)

/**
 * Before the bytes of an entry. Its sum is not known yet and stands behind the bytes, with the size
 * (4.4.4, bit 3); an empty entry needs neither.
 */
export function localRecord(entry: ZipEntry): Buffer {
  const name = nameOf(entry)
  const large = isLarge(entry)
  const extra = [unixTime(entry), large ? extra64([0, 0]) : none]
  const head = Buffer.alloc(30)
  head.writeUInt32LE(localHeader, 0)
  head.writeUInt16LE(neededVersion(large), 4)
  head.writeUInt16LE(flagsOf(entry), 6)
  writeDosTime(head, entry, 10)
  head.writeUInt32LE(large ? full32 : 0, 18)
  head.writeUInt32LE(large ? full32 : 0, 22)
  head.writeUInt16LE(name.length, 26)
  head.writeUInt16LE(lengthOf(extra), 28)
  return Buffer.concat([head, name, ...extra])
}

/** Behind the bytes of an entry that has any. */
export function descriptorRecord({ size, ...entry }: WrittenEntry): Buffer {
  const large = size >= full32
  const record = Buffer.alloc(large ? 24 : 16)
  record.writeUInt32LE(dataDescriptor, 0)
  record.writeUInt32LE(entry.crc, 4)
  for (const at of [0, 1]) {
    if (large) record.writeBigUInt64LE(BigInt(size), 8 + 8 * at)
    else record.writeUInt32LE(size, 8 + 4 * at)
  }
  return record
}

/** What the directory at the end says of one entry. */
export function centralRecord(entry: WrittenEntry): Buffer {
  const name = nameOf(entry)
  const { size, offset, crc } = entry
  const far = offset >= full32
  const wide = [...(isLarge(entry) ? [size, size] : []), ...(far ? [offset] : [])]
  const extra = [unixTime(entry), wide.length > 0 ? extra64(wide) : none]
  const head = Buffer.alloc(46)
  head.writeUInt32LE(centralHeader, 0)
  head.writeUInt16LE(unix | 45, 4)
  head.writeUInt16LE(neededVersion(wide.length > 0), 6)
  head.writeUInt16LE(flagsOf(entry), 8)
  writeDosTime(head, entry, 12)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(Math.min(size, full32), 20)
  head.writeUInt32LE(Math.min(size, full32), 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt16LE(lengthOf(extra), 30)
  head.writeUInt32LE(attributesOf(entry), 38)
  head.writeUInt32LE(Math.min(offset, full32), 42)
  return Buffer.concat([head, name, ...extra])
}

/** The last bytes of an archive. */
export function endRecords({ entries, offset, size }: Directory): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(endRecord, 0)
  end.writeUInt16LE(Math.min(entries, full16), 8)
  end.writeUInt16LE(Math.min(entries, full16), 10)
  end.writeUInt32LE(Math.min(size, full32), 12)
  end.writeUInt32LE(Math.min(offset, full32), 16)
  const fits = entries < full16 && size < full32 && offset < full32
  return fits ? end : Buffer.concat([end64({ entries, offset, size }), end])
}

function end64({ entries, offset, size }: Directory): Buffer {
  const record = Buffer.alloc(56 + 20)
  record.writeUInt32LE(endRecord64, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeUInt16LE(unix | 45, 12)
  record.writeUInt16LE(45, 14)
  record.writeBigUInt64LE(BigInt(entries), 24)
  record.writeBigUInt64LE(BigInt(entries), 32)
  record.writeBigUInt64LE(BigInt(size), 40)
  record.writeBigUInt64LE(BigInt(offset), 48)
  record.writeUInt32LE(endLocator64, 56)
  record.writeBigUInt64LE(BigInt(offset + size), 64)
  record.writeUInt32LE(1, 72)
  return record
}

const none = Buffer.alloc(0)

function nameOf({ path }: ZipEntry): Buffer {
  const name = Buffer.from(path, 'utf8')
  if (name.length === 0 || name.length > longestPath) {
    throw new RangeError(`a path of ${name.length} bytes does not fit into an archive`)
  }
  return name
}

/** Readers of Windows look at the first eight bits, those of Unix at the upper sixteen. */
function attributesOf(entry: ZipEntry): number {
  const [mode, dos] = isFolder(entry) ? [0o040755, 0x10] : [0o100644, 0]
  return ((mode << 16) | dos) >>> 0
}

/** The extended timestamp: seconds in UTC, where DOS time has two-second steps without a zone. */
function unixTime({ modifiedAt }: ZipEntry): Buffer {
  const seconds = Math.floor(modifiedAt / 1000)
  if (!(seconds >= 0 && seconds <= 0x7fffffff)) return none
  const extra = Buffer.alloc(9)
  extra.writeUInt16LE(0x5455, 0)
  extra.writeUInt16LE(5, 2)
  extra.writeUInt8(1, 4)
  extra.writeUInt32LE(seconds, 5)
  return extra
}

function extra64(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8 * values.length, 2)
  for (const [at, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * at)
  return extra
}

const firstDosTime = Date.UTC(1980, 0, 1)
const lastDosTime = Date.UTC(2107, 11, 31, 23, 59, 58)

/** In UTC; what lies outside the years that DOS knows is moved to their nearest end. */
function writeDosTime(record: Buffer, { modifiedAt }: ZipEntry, at: number): void {
  const known = Number.isFinite(modifiedAt) ? modifiedAt : firstDosTime
  const time = new Date(Math.min(lastDosTime, Math.max(firstDosTime, known)))
  const [hours, minutes] = [time.getUTCHours(), time.getUTCMinutes()]
  const day = time.getUTCDate() | ((time.getUTCMonth() + 1) << 5)
  record.writeUInt16LE((time.getUTCSeconds() >> 1) | (minutes << 5) | (hours << 11), at)
  record.writeUInt16LE(day | ((time.getUTCFullYear() - 1980) << 9), at + 2)
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}
