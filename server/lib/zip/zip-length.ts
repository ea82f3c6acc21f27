import {
  centralRecord,
  descriptorRecord,
  endRecords,
  localRecord,
  type ZipEntry,
} from './zip-records.ts'

/** How many bytes the archive of these entries has, to the last one. */
export function zipLength(entries: readonly ZipEntry[]): number {
  let offset = 0
  let size = 0
  for (const entry of entries) {
    const written = { ...entry, crc: 0, offset }
    size += centralRecord(written).length
    offset += localRecord(entry).length + entry.size
    if (entry.size > 0) offset += descriptorRecord(written).length
  }
  return offset + size + endRecords({ entries: entries.length, offset, size }).length
}
