import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** No work takes so long; what is older was left by a process that died. */
const longestMs = 3_600_000

/** A folder of its own for one piece of work, removed behind it whatever happens. */
export async function inJobFolder<T>(
  root: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(root, `${process.pid}-`))
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
    if (await isLeft(folder, Number.parseInt(name, 10))) {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function isLeft(folder: string, pid: number): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return true
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
