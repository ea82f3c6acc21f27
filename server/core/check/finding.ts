/**
 * What can be found wrong. Lost or damaged bytes: `blob-missing`, `segment-missing`,
 * `segment-size`, `blob-size`, `hash`. Rows that contradict each other: `version-size`,
 * `no-parent`, `no-version`, `no-boundary`. Derived and so repairable: `tally`, `tenant-bytes`,
 * `access`. Harmless: `orphan`, an object that the sweep will remove.
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
  /** Of the byte store. */
  readonly key?: string
  readonly expected?: string
  readonly found?: string
  readonly repaired: boolean
}
