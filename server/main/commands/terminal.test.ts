import { describe, expect, it } from 'vitest'
import { saidBytes, saidCount, saidPercent, saidTime } from './said.ts'
import { logOn, terminalOn } from './terminal.ts'

function streams(isTTY: boolean) {
  const written = { out: '', err: '' }
  let now = 0
  const terminal = terminalOn(
    { write: (text: string) => (written.out += text) },
    { isTTY, write: (text: string) => (written.err += text) },
    () => now,
  )
  const later = (ms: number) => {
    now += ms
  }
  return { terminal, written, later }
}

describe('a terminal', () => {
  it('replaces the line of progress, and clears it before a result', () => {
    const { terminal, written, later } = streams(true)
    for (const line of ['one', 'two']) {
      later(100)
      terminal.progress(() => line)
      terminal.progress(() => expect.fail('too early'))
    }
    terminal.out('done')
    expect(written).toEqual({ out: 'done\n', err: '\r\u001b[2Kone\r\u001b[2Ktwo\r\u001b[2K' })
  })

  it('prints a line every few seconds where lines cannot be replaced', () => {
    const { terminal, written, later } = streams(false)
    for (let second = 0; second < 12; second++) {
      terminal.progress(() => `${second}`)
      later(1000)
    }
    expect(written.err).toBe('5\n10\n')
  })

  it('shows warnings of the log as lines', () => {
    const { terminal, written } = streams(false)
    const log = logOn(terminal)
    log.info({}, 'nothing')
    log.warn({ key: 'k' }, 'An object is left')
    expect(written.err).toBe('An object is left (key: "k")\n')
  })
})

it('amounts read well', () => {
  expect([0, 1023, 1536, 5 * 2 ** 30].map(saidBytes)).toEqual([
    '0 bytes',
    '1023 bytes',
    '1.5 KiB',
    '5.0 GiB',
  ])
  expect([saidCount(1, 'row'), saidCount(1234, 'row')]).toEqual(['1 row', '1,234 rows'])
  expect([saidTime(4200), saidTime(185_000), saidTime(119_700)]).toEqual([
    '4.2 s',
    '3 min 5 s',
    '2 min 0 s',
  ])
  expect([saidPercent(1, 3), saidPercent(4, 3), saidPercent(1, 0)]).toEqual(['33%', '100%', ''])
})
