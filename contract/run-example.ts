import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs a program of `examples/` against a server; rejects when it ends with anything but 0. */
export function runExample(
  name: 'dracoon' | 'cloudike' | 'drumee',
  url: string,
  ...given: readonly string[]
): Promise<{ stdout: string; stderr: string }> {
  const program = join(import.meta.dirname, '../examples', `${name}.mjs`)
  return run(process.execPath, [program, url, ...given])
}
