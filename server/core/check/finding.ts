/**
 * What can be found wrong. Lost or damaged bytes: `blob-missing`, `segment-missing`,
 * `segment-size`, `blob-size`, `hash`. Rows that contradict each other: `version-size`,
 * `no-parent`, `no-version`, `no-boundary`. Derived and so repairable: `tally`, `tenant-bytes`,
 * `access`. Left behind, and so removable: `dangling`, things of something that is gone;
 * `no-target`, the mount of a room that is. Harmless: `orphan`, an object that the sweep will
 * remove.
 */
export type FindingKind =
  | 'blob-missing'
  | 'blob-size'
  | 'segment-missing'
  | 'segment-size'
  | 'hash'
  | 'version-size'
  | 'no-parent'
  | 'no-version'
  | 'no-boundary'
  | 'no-target'
  | 'dangling'
  | 'tally'
  | 'tenant-bytes'
  | 'access'
  | 'orphan'

export type Finding = {
  readonly kind: FindingKind
  /** null: of the byte store as a whole. */
  readonly tenantId: number | null
  readonly nodeId?: number
  readonly versionId?: number
  readonly blobId?: string
  /** What is left of something, and how many. */
  readonly things?: string
  readonly count?: number
  /** Of the byte store. */
  readonly key?: string
  readonly expected?: string
  readonly found?: string
  readonly repaired: boolean
}
