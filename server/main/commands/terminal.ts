import { type Log, openLog } from '../log.ts'

/** Where a command writes: results, and beside them what is told while it works. */
export type Terminal = {
  /** One line of the result. */
  out(line: string): void
  /** One line of trouble. */
  err(line: string): void
  /** One line that replaces the one before it; where lines cannot be replaced, one now and then. */
  progress(line: () => string): void
}

type Stream = { readonly isTTY?: boolean | undefined; write(text: string): unknown }

const everyMs = { replacing: 100, printing: 5000 }
const clear = '\r\u001b[2K'

/** A terminal over the process's streams; progress goes to the one of trouble. */
export function terminalOn(
  result: Stream,
  trouble: Stream,
  clock: () => number = () => performance.now(),
): Terminal {
  const isReplacing = trouble.isTTY === true
  const pause = isReplacing ? everyMs.replacing : everyMs.printing
  let toldAt = clock()
  let isShown = false
  const wipe = () => {
    if (isShown) trouble.write(clear)
    isShown = false
  }
  return {
    out(line) {
      wipe()
      result.write(`${line}\n`)
    },
    err(line) {
      wipe()
      trouble.write(`${line}\n`)
    },
    progress(line) {
      const now = clock()
      if (now - toldAt < pause) return
      toldAt = now
      trouble.write(isReplacing ? `${clear}${line()}` : `${line()}\n`)
      isShown = isReplacing
    },
  }
}

/** The log of a command: warnings and errors as lines of trouble. */
export function logOn(terminal: Terminal): Log {
  const write = (line: string) => {
    const { msg, ...fields } = JSON.parse(line) as Record<string, unknown>
    const more = Object.entries(fields).filter(([name]) => name !== 'level' && name !== 'time')
    const said = more.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')
    terminal.err(said === '' ? String(msg) : `${String(msg)} (${said})`)
  }
  return openLog({ level: 'warn', stream: { write } })
}
