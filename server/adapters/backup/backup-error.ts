/** Why a backup or a restore cannot go on, in one sentence for the administrator. */
export class BackupError extends Error {
  override name = 'BackupError'
}

/** Throws. */
export function refuse(message: string): never {
  throw new BackupError(message)
}
