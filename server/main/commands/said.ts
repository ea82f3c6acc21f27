const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** A number of bytes for people: 1536 is '1.5 KiB'. */
export function saidBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** A count with its noun; `1,234 files`. */
export function saidCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** A time span; `4.2 s`, `3 min 5 s`. */
export function saidTime(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** How much of a whole is done; '' where the whole is not known. */
export function saidPercent(done: number, total: number): string {
  return total > 0 ? `${Math.min(100, Math.floor((done / total) * 100))}%` : ''
}

/** Errors whose own words do not say what the system below said. */
const opaque: ReadonlySet<string> = new Set(['unreachable', 'uncertain', 'broken'])

/** What went wrong, in one line. */
export function saidReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const own = error.message || code || error.name
  return code && opaque.has(code) && error.cause ? `${own} (${saidReason(error.cause)})` : own
}
