import { type Terminal, terminalOn } from '../../server/main/commands/terminal.ts'

export type Heard = { readonly terminal: Terminal; out(): string; err(): string }

/** A terminal that remembers what was written. */
export function heard(): Heard {
  const texts = { out: '', err: '' }
  const stream = (name: 'out' | 'err') => ({
    write(text: string) {
      texts[name] += text
    },
  })
  return {
    terminal: terminalOn(stream('out'), stream('err')),
    out: () => texts.out,
    err: () => texts.err,
  }
}
