import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Manifest, writeManifest } from '../../server/adapters/backup/manifest.ts'
import { diskBlobs } from '../../server/adapters/blobs/disk.ts'
import { backup } from '../../server/main/commands/backup.ts'
import { doctor } from '../../server/main/commands/doctor.ts'
import { restore } from '../../server/main/commands/restore.ts'
import { loadConfig } from '../../server/main/config.ts'
import { startWorld } from '../world.ts'
import { linesIn, manifestIn } from './backup-content.ts'
import { heard } from './heard.ts'
import { furnish } from './office.ts'
import { engines, makePlace, type Place } from './place.ts'

const fresh = (name: string) => mkdtempSync(join(tmpdir(), `strongroom-${name}-`))
const intact = fresh('intact')
const other = fresh('other')

async function makeBackupIn(folder: string): Promise<void> {
  const place = await makePlace({ engine: 'sqlite', storage: 'disk' })
  const world = await startWorld({ engine: 'sqlite', env: place.env })
  await furnish(world)
  expect(await backup(loadConfig(place.env), folder, {}, heard().terminal)).toBe(0)
  await world.stop()
  await place.drop()
}

beforeAll(async () => {
  await makeBackupIn(intact)
  await makeBackupIn(other)
})
afterAll(() => {
  for (const folder of [intact, other]) rmSync(folder, { recursive: true, force: true })
})

/** Changes one bit in the middle of a file. */
function flip(path: string): void {
  const bytes = readFileSync(path)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

type Damage = {
  readonly name: string
  readonly says: RegExp
  damage(folder: string, manifest: Manifest): void | Promise<void>
}

const table = (folder: string, { rows }: Manifest, name: string) =>
  join(folder, rows, `${name}.ndjson.zst`)

/** The file of the largest object. */
async function someObject(folder: string): Promise<string> {
  const lines = (await linesIn(folder))['objects.ndjson.zst'] ?? []
  const objects = lines.filter(Boolean).map((line) => JSON.parse(line) as [string, number])
  const [key] = objects.sort((a, b) => b[1] - a[1])[0] ?? ['']
  return join(folder, 'objects', key.slice(0, 2), key.slice(2, 4), key)
}

const damages: readonly Damage[] = [
  {
    name: 'a changed bit in a table',
    says: /nodes\.ndjson\.zst is damaged: its content/,
    damage: (folder, manifest) => flip(table(folder, manifest, 'nodes')),
  },
  {
    name: 'a truncated table',
    says: /versions\.ndjson\.zst is damaged: it has 40 bytes/,
    damage: (folder, manifest) => truncateSync(table(folder, manifest, 'versions'), 40),
  },
  {
    name: 'a missing table',
    says: /users\.ndjson\.zst cannot be read/,
    damage: (folder, manifest) => rmSync(table(folder, manifest, 'users')),
  },
  {
    name: 'a changed bit in the list of objects',
    says: /objects\.ndjson\.zst is damaged/,
    damage: (folder, manifest) => flip(table(folder, manifest, 'objects')),
  },
  {
    name: 'a changed bit in the key',
    says: /keys\.json is damaged/,
    damage: (folder) => flip(join(folder, 'keys.json')),
  },
  {
    name: 'a changed bit in the manifest',
    says: /manifest\.json is damaged/,
    damage: (folder) => flip(join(folder, 'manifest.json')),
  },
  {
    name: 'the manifest of another backup',
    says: /is damaged|cannot be read/,
    damage: (folder) => cpSync(join(other, 'manifest.json'), join(folder, 'manifest.json')),
  },
  {
    name: 'no manifest',
    says: /holds no finished backup/,
    damage: (folder) => rmSync(join(folder, 'manifest.json')),
  },
  {
    name: 'a missing object',
    says: /the object [0-9a-f]{32} is missing/,
    damage: async (folder) => rmSync(await someObject(folder)),
  },
  {
    name: 'an object of another length',
    says: /the object [0-9a-f]{32} is damaged: it has 3 bytes/,
    damage: async (folder) => truncateSync(await someObject(folder), 3),
  },
  {
    name: 'a newer program',
    says: /was made by a newer program .*9999-later/,
    damage: (folder, manifest) =>
      writeManifest(folder, { ...manifest, migrations: [...manifest.migrations, '9999-later'] }),
  },
  {
    name: 'a newer format',
    says: /has format 2; this program reads format 1/,
    damage: (folder, manifest) => writeManifest(folder, { ...manifest, format: 2 }),
  },
]

describe.each(await engines())('a restore to %s', (engine) => {
  let place: Place
  let folder: string
  beforeEach(async () => {
    place = await makePlace({ engine, storage: 'disk' })
    folder = fresh('damaged')
    cpSync(intact, folder, { recursive: true })
  })
  afterEach(async () => {
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })
  const restored = (from = folder) => restore(loadConfig(place.env), from, heard().terminal)
  const diagnosed = async () => {
    const { terminal, out } = heard()
    const code = await doctor(() => loadConfig(place.env), terminal)
    return { code, out: out() }
  }

  it.each(damages)('refuses $name before it changes anything', async ({ says, damage }) => {
    await damage(folder, await manifestIn(folder))
    await expect(restored()).rejects.toThrow(says)
    expect(await diagnosed()).toMatchObject({
      code: 0,
      out: expect.stringContaining('is made at the first start'),
    })
    expect(await restored(intact)).toBe(0)
  })

  it('that meets a changed bit in an object is unfinished until it succeeds', async () => {
    flip(await someObject(folder))
    await expect(restored()).rejects.toThrow(/the object [0-9a-f]{32} .* content.*is unfinished/)
    expect(await diagnosed()).toMatchObject({
      code: 1,
      out: expect.stringMatching(/✗ Schema: a rest/),
    })
    await expect(startWorld({ engine: 'sqlite', env: place.env })).rejects.toThrow(/has not ended/)
    await expect(backup(loadConfig(place.env), other, {}, heard().terminal)).rejects.toThrow(
      /has not ended/,
    )
    expect(await restored(intact)).toBe(0)
    expect((await diagnosed()).code).toBe(0)
    const world = await startWorld({ engine: 'sqlite', env: place.env })
    await world.stop()
  })

  it('refuses an installation that is not empty, and one that is served', async () => {
    const world = await startWorld({ engine: 'sqlite', env: place.env })
    rmSync(join(place.dataDir, 'keys.json'))
    await expect(restored()).rejects.toThrow(
      engine === 'sqlite' ? /is served by process/ : /the database is not empty \(.* has rows\)/,
    )
    await world.stop()
    await expect(restored()).rejects.toThrow(/the database is not empty \(.* has rows\)/)
  })

  it('refuses another key and a byte store with objects of others', async () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64')
    writeFileSync(
      join(place.dataDir, 'keys.json'),
      JSON.stringify({ version: 1, secretKey: key }),
      {
        mode: 0o600,
      },
    )
    await expect(restored()).rejects.toThrow(/keys\.json holds another key than the backup/)
    rmSync(join(place.dataDir, 'keys.json'))
    const env = { ...place.env, STRONGROOM_SECRET_KEY: key }
    await expect(restore(loadConfig(env), folder, heard().terminal)).rejects.toThrow(
      /STRONGROOM_SECRET_KEY is not the key of the backup/,
    )
    const blobs = diskBlobs({ root: join(place.dataDir, 'blobs') })
    const foreign = 'ab'.repeat(16)
    await blobs.put(
      foreign,
      (async function* () {
        yield Buffer.of(1)
      })(),
    )
    await expect(restored()).rejects.toThrow(/the byte store is not empty: the object abab/)
    await blobs.remove(foreign)
    expect(await restored()).toBe(0)
  })
})
