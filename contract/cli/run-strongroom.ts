import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** `err` is without the lines of progress, which come when a machine is slow. */
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

const program = fileURLToPath(new URL('../../bin/strongroom.js', import.meta.url))
const progress = /^(?:Rows|Objects|Checking)\b.*\n/gm
const kept = /^(?:PATH|HOME|TMPDIR|AWS_.*)$/

/** Runs the command line in a process of its own, with these settings and no others. */
export async function runStrongroom(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<Ran> {
  const outer = Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)))
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...outer, STRONGROOM_FROM_SOURCE: '1', ...env },
    stdio: 'pipe',
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const exit = once(child, 'exit')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await exit) as [number | null]
  return { code, out, err: err.replace(progress, '') }
}
