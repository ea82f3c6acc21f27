import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

export type ServerProcess = {
  readonly url: string
  readonly pid: number
  /** From the start of the process to the first good answer of /health/ready. */
  readonly readyMs: number
  stop(): Promise<void>
}

export const benchPassword = 'bench-password-of-its-own'

/** As in the script `start`: bytes in flight are freed when the young heap is cleared. */
const nodeFlags = ['--max-semi-space-size=2']

/** Starts the product as `npm start` does, in a folder of its own, and waits until it is ready. */
export async function startServer(
  dataDir: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const started = performance.now()
  const child = spawn(process.execPath, [...nodeFlags, 'bin/strongroom.js', 'start'], {
    env: {
      ...process.env,
      STRONGROOM_DATA: dataDir,
      STRONGROOM_LISTEN: `127.0.0.1:${port}`,
      STRONGROOM_ADMIN_PASSWORD: benchPassword,
      STRONGROOM_LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout?.resume()
  const url = `http://127.0.0.1:${port}`
  await untilReady(child, url)
  const readyMs = performance.now() - started
  if (child.pid === undefined) throw new Error('the server has no process id')
  return { url, pid: child.pid, readyMs, stop: () => stop(child) }
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.ok) return
    await wait(5)
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

const mebibyte = 1024 * 1024
const ticksPerSecond = 100

/** Resident memory now and its peak since the last `resetPeak`, MiB (Linux). */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) =>
    (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024) / mebibyte
  return { now: field('VmRSS'), peak: field('VmHWM') }
}

export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** CPU seconds, user and system, that the process has used. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
