/** SQLite's primary result codes that the engine tells apart (sqlite.org/rescode.html). */
export const sqliteCode = {
  busy: 5,
  interrupted: 9,
  ioError: 10,
  corrupt: 11,
  full: 13,
  constraint: 19,
  notADatabase: 26,
} as const

/** The extended result code of an error of node:sqlite; undefined for any other error. */
export function extendedCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode : undefined
}

/** The primary result code of an error of node:sqlite; undefined for any other error. */
export function primaryCode(error: unknown): number | undefined {
  const extended = extendedCode(error)
  return extended === undefined ? undefined : extended & 0xff
}
