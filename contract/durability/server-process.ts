import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adminPassword } from '../world.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The product in a process of its own, as `npm start` runs it. */
export type ServerProcess = {
  readonly url: string
  readonly child: ChildProcess
  /** Resolves with the signal that ended it, or null, when it has ended. */
  readonly ended: Promise<NodeJS.Signals | null>
  /** SIGKILL: as the kernel or a power switch for processes would do it. */
  kill(): Promise<void>
  /** SIGTERM: it finishes its work. */
  stop(): Promise<void>
}

export type ServerOptions = {
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
  /** A module that Node loads before the server. */
  readonly preload?: string
}

/** A wider young generation spares a short life a fifth of its CPU time. */
const quickStart = ['--min-semi-space-size=32']

/** Starts a server on a free port and waits until it says its address. */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const { dataDir, env, preload } = options
  const watching = preload ? ['--import', preload] : []
  const program = [...quickStart, ...watching, join(root, 'bin/strongroom.js'), 'start']
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      STRONGROOM_DATA: dataDir,
      STRONGROOM_LISTEN: '127.0.0.1:0',
      STRONGROOM_ADMIN_PASSWORD: adminPassword,
      STRONGROOM_LOG_LEVEL: 'error',
      ...env,
    },
    stdio: preload ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  const url = await addressOf(child)
  return {
    url,
    child,
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      // It says its address a moment before it listens to signals.
      await (await fetch(`${url}/health/live`)).arrayBuffer()
      child.kill('SIGTERM')
      const signal = await ended
      if (signal) throw new Error(`the server ended by ${signal} instead of stopping`)
    },
  }
}

const patienceMs = 60_000

/** What it prints is kept, so that a server that does not start says why. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`the server ${why}; it said:\n${said}`))
    }
    const timer = setTimeout(() => fail('was not ready in time'), patienceMs)
    const hear = (text: Buffer) => {
      said = (said + text).slice(-10_000)
      const url = /Strongroom runs at (\S+)/.exec(said)?.[1]
      if (!url) return
      clearTimeout(timer)
      resolve(url)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.stderr?.on('data', (text: Buffer) => process.stderr.write(text))
    child.once('error', (error) => fail(`cannot be started: ${error.message}`))
    child.once('exit', (code, signal) => fail(`ended with ${signal ?? code}`))
  })
}
