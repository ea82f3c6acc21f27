import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EngineError } from '../sql/engine-error.ts'
import { lockDatabase } from '../sql/sqlite-lock.ts'
import { refuse } from './backup-error.ts'
import { flushFolder } from './flushed-file.ts'
import { linesEnding } from './line-files.ts'

const objects = 'objects'
const lockName = 'backup'
const ownNames =
  /^(?:manifest\.json|keys\.json|objects|rows-[\w-]+|backup-server.*|.*\.draft|lost\+found)$/

export const objectsFolder = (folder: string): string => join(folder, objects)
export const objectList = `objects${linesEnding}`

/** Folder of the rows of one backup, named after its moment. */
export function rowsName(now: number): string {
  return `rows-${new Date(now).toISOString().replace(/[:.]/g, '-')}`
}

/**
 * Makes the folder where it is missing, takes it for this process alone, and removes what an
 * interrupted backup left half-written. Refuses a folder that holds other things.
 */
export async function takeFolder(folder: string): Promise<{ release(): void }> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (made !== undefined) await flushFolder(dirname(made))
  const foreign = (await readdir(folder)).filter(
    (name) => !name.startsWith('.') && !ownNames.test(name),
  )
  if (foreign.length > 0) {
    refuse(`${folder} holds ${foreign.slice(0, 3).join(', ')}: give an empty folder, or a backup’s`)
  }
  const lock = lockFolder(folder)
  await rm(join(objectsFolder(folder), 'staging'), { recursive: true, force: true })
  return lock
}

function lockFolder(folder: string): { release(): void } {
  try {
    return lockDatabase(join(folder, lockName))
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'in-use') throw error
    return refuse(`another backup is writing to ${folder}`)
  }
}

/** Removes the rows of all backups but this one. */
export async function removeOtherRows(folder: string, kept: string | undefined): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^rows-[\w-]+$/.test(name) || name === kept) continue
    await rm(join(folder, name), { recursive: true })
  }
}

/** Whether others than the owner can look into the folder. */
export async function isOpenToOthers(folder: string): Promise<boolean> {
  return ((await stat(folder)).mode & 0o077) !== 0
}
