export type BackupStep = 'rows' | 'objects' | 'checking'

/** How far a backup or a restore is. Bytes are of objects; `total` is what is known beforehand. */
export type BackupProgress = {
  readonly step: BackupStep
  readonly done: number
  readonly total: number
  readonly bytes: number
  readonly totalBytes: number
}

export type OnProgress = (progress: BackupProgress) => void
