import { access, constants, open, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../config.ts'
import { type Diagnosis, good, poor, wrong } from './diagnosis.ts'
import { saidBytes, saidReason } from './said.ts'

/** The server refuses to store below the first; below the second it is time to act. */
const free = { least: 64 * 2 ** 20, few: 2 ** 30 }

type Kind = { readonly name: string; readonly lost?: string; readonly doubt?: string }

const inMemory = { lost: 'lives in memory: everything is lost when the machine stops' }
const ofNetwork = { doubt: 'is a network file system: SQLite needs its locks to work' }

/** File systems by their magic number (statfs(2), linux/magic.h). */
const fileSystems: Readonly<Record<number, Kind>> = {
  16914836: { name: 'tmpfs', ...inMemory },
  2240043254: { name: 'ramfs', ...inMemory },
  2035054128: { name: 'overlayfs', doubt: 'goes with its container: mount a volume there' },
  26985: { name: 'NFS', ...ofNetwork },
  4283649346: { name: 'CIFS', ...ofNetwork },
  4266872130: { name: 'SMB', ...ofNetwork },
}

/** The data directory, and what lies elsewhere: the SQLite file, the folder of bytes. */
export async function checkFolders(config: Config): Promise<Diagnosis[]> {
  const { database, storage, dataDir } = config
  const places = new Map([[dataDir, 'Data directory']])
  const add = (path: string, name: string) => {
    if (!`${path}/`.startsWith(`${dataDir}/`)) places.set(path, name)
  }
  if (database.engine === 'sqlite') add(dirname(database.file), 'Folder of the database')
  if (storage.kind === 'disk') add(storage.dir, 'Folder of the bytes')
  const found: Diagnosis[] = []
  for (const [path, name] of places) found.push(...(await checkFolder(path, name)))
  return found
}

async function checkFolder(path: string, name: string): Promise<Diagnosis[]> {
  const facts = await stat(path).catch(() => undefined)
  if (!facts) return [await checkAbove(path, name)]
  if (!facts.isDirectory()) return [wrong(`${name}: ${path} is no directory`)]
  const failure = await writeProbe(path)
  if (failure !== undefined) {
    const remedy = `run this as the server’s user, or: chown -R <user> ${path}`
    return [wrong(`${name}: nothing can be written to ${path} (${failure}); ${remedy}`)]
  }
  return [good(`${name}: ${path}`), ...openness(path, facts.mode), ...(await checkSystem(path))]
}

/** What is made at the first start needs a place where it can be made. */
async function checkAbove(path: string, name: string): Promise<Diagnosis> {
  let above = dirname(path)
  while (above !== dirname(above) && !(await stat(above).catch(() => undefined))) {
    above = dirname(above)
  }
  try {
    await access(above, constants.W_OK | constants.X_OK)
    return good(`${name}: ${path} is made at the first start`)
  } catch {
    return wrong(`${name}: ${path} is missing and cannot be made in ${above}; make it`)
  }
}

/** Writes and flushes; undefined when that works. */
async function writeProbe(path: string): Promise<string | undefined> {
  const probe = join(path, `.doctor-${process.pid}`)
  try {
    const file = await open(probe, 'wx', 0o600)
    try {
      await file.write('probe')
      await file.sync()
    } finally {
      await file.close()
      await rm(probe, { force: true })
    }
    return undefined
  } catch (error) {
    return saidReason(error)
  }
}

function openness(path: string, mode: number): Diagnosis[] {
  if ((mode & 0o002) !== 0) {
    return [
      wrong(`Permissions: every user of this machine can write to ${path}; chmod 700 ${path}`),
    ]
  }
  if ((mode & 0o007) === 0) return []
  return [poor(`Permissions: every user of this machine can look into ${path}; chmod 700 ${path}`)]
}

async function checkSystem(path: string): Promise<Diagnosis[]> {
  const { bavail, bsize, type } = await statfs(path)
  const space = bavail * bsize
  const kind = fileSystems[type]
  const told: Diagnosis[] = [spaceOf(path, space)]
  if (kind?.lost) told.push(wrong(`File system: ${path} (${kind.name}) ${kind.lost}`))
  else if (kind?.doubt) told.push(poor(`File system: ${path} (${kind.name}) ${kind.doubt}`))
  else told.push(good('File system: keeps what is flushed'))
  return told
}

function spaceOf(path: string, space: number): Diagnosis {
  const said = `Free space: ${saidBytes(space)} at ${path}`
  if (space < free.least) return wrong(`${said}; the server stores nothing more: free some`)
  return space < free.few ? poor(`${said}; free some soon`) : good(said)
}
