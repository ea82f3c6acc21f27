import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Image } from './disk-model.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

/** Flushes that a recorded server leaves out, to prove that it shows; see record.c. */
export type Mute = 'log' | 'log-late' | 'folder' | 'database' | 'blob' | 'blob-folder'

/**
 * Compiles record.c into `folder`; undefined, and a printed line, where there is no C compiler or
 * the system is none that knows LD_PRELOAD.
 */
export function buildRecorder(folder: string): string | undefined {
  const source = fileURLToPath(new URL('./record.c', import.meta.url))
  const target = join(folder, 'record.so')
  const flags = ['-shared', '-fPIC', '-O1', '-o', target, source, '-ldl', '-lpthread']
  const built = process.platform === 'linux' ? spawnSync('cc', flags) : undefined
  if (built?.status === 0) return target
  const reason = built ? (built.error?.message ?? String(built.stderr)) : process.platform
  console.warn(`NOT TESTED: power cuts, for want of a C compiler on Linux (${reason})`)
  return undefined
}

export type RecordedServer = {
  readonly dataDir: string
  readonly log: string
  readonly mute?: Mute
  readonly env?: Readonly<Record<string, string>>
}

/** A server on `dataDir` whose writes and flushes are written to `log`. */
export function startRecorded(
  recorder: string,
  { dataDir, log, mute, env }: RecordedServer,
): Promise<ServerProcess> {
  const watching = {
    LD_PRELOAD: recorder,
    STRONGROOM_RECORD_DIR: dataDir,
    STRONGROOM_RECORD_LOG: log,
    ...(mute ? { STRONGROOM_RECORD_MUTE: mute } : {}),
    // Work handed to the kernel by a ring would pass the recorder by.
    UV_USE_IO_URING: '0',
  }
  return startServerProcess({ dataDir, env: { ...env, ...watching } })
}

/** What is in a folder, as the model says it. */
export function imageOf(folder: string): Image {
  const image: Image = new Map()
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!path.endsWith('-shm')) {
      image.set(path.slice(folder.length), entry.isDirectory() ? null : readFileSync(path))
    }
  }
  return image
}

/** Paths at which two images differ. */
export function differingPaths(one: Image, other: Image): string[] {
  const paths = new Set([...one.keys(), ...other.keys()])
  return [...paths].filter((path) => {
    const [a, b] = [one.get(path), other.get(path)]
    return a && b ? !a.equals(b) : a !== b
  })
}
