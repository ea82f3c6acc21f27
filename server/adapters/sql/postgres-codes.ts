/** What the engine tells apart in PostgreSQL's errors (manual, appendix A). */
const collisions = new Set(['40001', '40P01'])
const shutdowns = new Set(['57P01', '57P02', '57P03'])
const socketErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
])

/** The messages of pg, which gives these errors no code. */
const lossMessage =
  /connection (terminated|ended|timeout)|timeout exceeded when trying to connect|not queryable/i

/** SQLSTATE or the socket's code; undefined when the error has none. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** The transaction met another one; the same work may succeed when it is done again. */
export function isCollision(error: unknown): boolean {
  return collisions.has(codeOf(error) ?? '')
}

/** The connection was lost or could not be made. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error)
  if (code !== undefined) {
    return code.startsWith('08') || shutdowns.has(code) || socketErrors.has(code)
  }
  return error instanceof Error && lossMessage.test(error.message)
}
