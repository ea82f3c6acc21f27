import type { Engine } from './engine.ts'
import type { Database } from './schema.ts'
import type { SegmentReach } from './tenant-store.ts'

/** What the byte store must hold for the blobs and open uploads of all tenants. */
export function segmentReach(_engine: Engine<Database>): SegmentReach {
  return {
    reachable: () => absent(),
    segments: () => absent(),
  }
}

function absent(): never {
  throw new Error('The reachability of segments is not written yet')
}
