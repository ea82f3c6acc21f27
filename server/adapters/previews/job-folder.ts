import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** No work takes so long; what is older was left by a process that died. */
const longestMs = 3_600_000

/** Begins the names of what this process works on: containers have names of their own. */
const machine = hostname().replaceAll(/[^\w-]/g, '_')
const ownName = `${process.pid}.${machine}.`

/** A folder of its own for one piece of work, removed behind it whatever happens. */
export async function inJobFolder<T>(
  root: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(root, ownName))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes what processes that died have left. Called before this process makes any. */
export async function sweepJobFolders(root: string): Promise<void> {
  const names = await readdir(root).catch(() => [])
  for (const name of names) {
    const folder = join(root, name)
    if (await isLeft(folder, name)) await rm(folder, { recursive: true, force: true })
  }
}

async function isLeft(folder: string, name: string): Promise<boolean> {
  const [pid, where] = name.split('.')
  if (where === machine && (name.startsWith(ownName) || !isAlive(Number(pid)))) return true
  const facts = await stat(folder).catch(() => undefined)
  return facts !== undefined && Date.now() - facts.mtimeMs > longestMs
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
