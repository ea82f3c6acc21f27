import { crc32 } from 'node:zlib'

export type FoundEntry = {
  readonly path: string
  readonly bytes: Buffer
  /** Milliseconds, as DOS time says it in UTC. */
  readonly dosTime: number
  /** Of the extended timestamp. */
  readonly unixSeconds: number | undefined
}

/** Reads a small archive from its directory and checks that every record agrees with it. */
export function readZip(archive: Buffer): FoundEntry[] {
  const end = archive.length - 22
  if (archive.readUInt32LE(end) !== 0x06054b50) throw new Error('no end record')
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  const found: FoundEntry[] = []
  for (let entry = 0; entry < count; entry++) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new Error(`no record at ${at}`)
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28)
    const extraEnd = nameEnd + archive.readUInt16LE(at + 30)
    const path = archive.toString('utf8', at + 46, nameEnd)
    const size = archive.readUInt32LE(at + 24)
    const bytes = bytesAt(archive, archive.readUInt32LE(at + 42), { path, size })
    if (crc32(bytes) !== archive.readUInt32LE(at + 16)) throw new Error(`wrong sum: ${path}`)
    found.push({
      path,
      bytes,
      dosTime: dosTime(archive.readUInt16LE(at + 14), archive.readUInt16LE(at + 12)),
      unixSeconds: extraEnd > nameEnd ? archive.readUInt32LE(nameEnd + 5) : undefined,
    })
    at = extraEnd
  }
  if (at !== end) throw new Error('something lies between directory and end')
  return found
}

function bytesAt(archive: Buffer, offset: number, wanted: { path: string; size: number }): Buffer {
  if (archive.readUInt32LE(offset) !== 0x04034b50) throw new Error(`no header at ${offset}`)
  const nameEnd = offset + 30 + archive.readUInt16LE(offset + 26)
  const start = nameEnd + archive.readUInt16LE(offset + 28)
  const path = archive.toString('utf8', offset + 30, nameEnd)
  if (path !== wanted.path) throw new Error(`two names: ${path}, ${wanted.path}`)
  const bytes = archive.subarray(start, start + wanted.size)
  if (wanted.size > 0 && archive.readUInt32LE(start + wanted.size) !== 0x08074b50) {
    throw new Error(`no descriptor: ${path}`)
  }
  return bytes
}

function dosTime(date: number, time: number): number {
  const day = [(date >> 9) + 1980, ((date >> 5) & 15) - 1, date & 31] as const
  return Date.UTC(...day, time >> 11, (time >> 5) & 63, (time & 31) * 2)
}
