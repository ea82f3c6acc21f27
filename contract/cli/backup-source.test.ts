import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBackup } from '../../server/adapters/backup/make-backup.ts'
import { openBackup } from '../../server/adapters/backup/open-backup.ts'
import { finishRestore, restoreBackup } from '../../server/adapters/backup/restore-backup.ts'
import { diskBlobs } from '../../server/adapters/blobs/disk.ts'
import { migrations } from '../../server/adapters/sql/migrations.ts'
import { openEngine } from '../../server/adapters/sql/open-engine.ts'
import type { Database } from '../../server/adapters/sql/schema.ts'
import { sweep } from '../../server/core/jobs/sweep.ts'
import { deleteNodes } from '../../server/core/nodes/delete-nodes.ts'
import { nameKey } from '../../server/lib/names/name-key.ts'
import { backup } from '../../server/main/commands/backup.ts'
import { withTool } from '../../server/main/commands/open-tool.ts'
import { restore } from '../../server/main/commands/restore.ts'
import { loadConfig } from '../../server/main/config.ts'
import { findSecretKey } from '../../server/main/keys.ts'
import { databaseOptions } from '../../server/main/open-app.ts'
import { contextOf } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { linesIn, manifestIn } from './backup-content.ts'
import { heard } from './heard.ts'
import { furnish, type Office } from './office.ts'
import { engines, makePlace, type Place } from './place.ts'

const quiet = () => undefined

describe.each(await engines())('a backup of %s', (engine) => {
  const kind = { engine, storage: 'disk' } as const
  const folders: string[] = []
  let place: Place
  let world: World
  let office: Office
  const fresh = () => {
    const folder = mkdtempSync(join(tmpdir(), 'strongroom-source-'))
    folders.push(folder)
    return folder
  }
  const run = async (folder: string) => {
    const { terminal, out, err } = heard()
    const code = await backup(loadConfig(place.env), folder, {}, terminal)
    return { code, out: out(), err: err() }
  }
  const objects = () => diskBlobs({ root: join(place.dataDir, 'blobs') })

  beforeAll(async () => {
    place = await makePlace(kind)
    world = await startWorld({ engine: 'sqlite', env: place.env })
    office = await furnish(world)
  })
  afterAll(async () => {
    await world?.stop()
    await place?.drop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  it('is closed to other users', async () => {
    const folder = join(fresh(), 'made', 'here')
    expect((await run(folder)).code).toBe(0)
    const modeOf = (path: string) => statSync(path).mode & 0o777
    expect(modeOf(folder)).toBe(0o700)
    for (const name of readdirSync(folder, { recursive: true }) as string[]) {
      const path = join(folder, name)
      if (name !== 'backup-server') expect([0o600, 0o700], name).toContain(modeOf(path))
    }
  })

  it('that was interrupted is no backup, and goes on where it was', async () => {
    const folder = fresh()
    await run(folder)
    const { rows, objects: all } = await manifestIn(folder)
    rmSync(join(folder, 'manifest.json'))
    mkdirSync(join(folder, 'objects/staging'), { recursive: true })
    writeFileSync(join(folder, 'objects/staging', 'ab'.repeat(16)), 'half')
    await expect(openBackup(folder, quiet)).rejects.toThrow(/no finished backup/)
    const second = await run(folder)
    expect(second.out).toContain('; 0 objects with 0 bytes copied now')
    expect((await manifestIn(folder)).objects).toMatchObject({ count: all.count, bytes: all.bytes })
    expect(existsSync(join(folder, rows))).toBe(false)
    await openBackup(folder, quiet)
  })

  it('keeps what is deleted and swept while it runs', async () => {
    const folder = fresh()
    const config = loadConfig(place.env)
    const ctx = contextOf(world.app, office.cast.tenant, office.cast.ids.admin)
    const later = (minutes: number) => ({
      ...world.app,
      clock: () => Date.now() + minutes * 60_000,
      limits: { ...world.app.limits, blobGraceSeconds: 0 },
    })
    let meanwhile: Promise<void> | undefined
    const purge = async () => {
      const doomed = await ctx.read((tx) => tx.nodes.findChild(roomId, 'file 9.bin'))
      await deleteNodes(ctx, { nodes: [{ id: doomed?.id ?? 0 }], mode: 'all', forGood: true })
      for (const minutes of [2, 4, 6]) await sweep(later(minutes))
    }
    const room = await ctx.read((tx) => tx.nodes.findChild(null, nameKey(office.room)))
    const roomId = room?.id ?? 0
    const keys = async () => {
      const found = new Set<string>()
      for await (const { key } of objects().list()) found.add(key)
      return found
    }
    const before = await keys()
    await withTool(config, heard().terminal, async (open) => {
      await makeBackup({
        engine: open.engine,
        tenants: open.app.store.tenants,
        blobs: {
          ...open.app.blobs,
          // Nothing is copied before everything was deleted and swept.
          async open(key, range) {
            meanwhile ??= purge()
            await meanwhile
            return open.app.blobs.open(key, range)
          },
        },
        folder,
        secretKey: findSecretKey(config) ?? '',
        program: 'test',
        clock: Date.now,
        onProgress: quiet,
        onWarning: (message) => expect.fail(message),
      })
    })
    expect(meanwhile).toBeDefined()
    expect(await keys()).toEqual(before)
    expect((await manifestIn(folder)).objects).toMatchObject({ missing: 0, count: before.size })
    await sweep(later(8))
    expect((await keys()).size).toBe(before.size - 1)
  })

  it('refuses a folder with other things, of another installation, or in use', async () => {
    const foreign = fresh()
    writeFileSync(join(foreign, 'thesis.odt'), '')
    await expect(run(foreign)).rejects.toThrow(/holds thesis\.odt: give an empty folder/)
    const folder = fresh()
    await run(folder)
    const stranger = await makePlace({ engine: 'sqlite', storage: 'disk' })
    const elsewhere = await startWorld({ engine: 'sqlite', env: stranger.env })
    const attempt = backup(loadConfig(stranger.env), folder, {}, heard().terminal)
    await expect(attempt).rejects.toThrow(/holds the backup of another installation/)
    await elsewhere.stop()
    await stranger.drop()
    await openBackup(folder, quiet)
    const both = await Promise.allSettled([run(folder), run(folder)])
    const refused = both.filter(({ status }) => status === 'rejected')
    expect(refused).toMatchObject([
      { reason: { message: expect.stringMatching(/another backup/) } },
    ])
    await openBackup(folder, quiet)
  })

  it('of an older schema is brought up to date after its rows are there', async () => {
    const folder = fresh()
    await run(folder)
    const target = await makePlace(kind)
    const tool = await openEngine<Database>(databaseOptions(loadConfig(target.env)))
    const later = {
      ...migrations,
      '9999-later': {
        up: async (db: typeof tool.read) => {
          await sql`create table grown as select id from nodes`.execute(db)
        },
      },
    }
    const blobs = diskBlobs({ root: join(target.dataDir, 'blobs') })
    const restored = { engine: tool, migrations: later, blobs, onProgress: quiet }
    await restoreBackup({ ...restored, backup: await openBackup(folder, quiet) })
    await finishRestore(tool)
    const { rows } = await sql<{ n: number }>`select count(*) as n from grown`.execute(tool.read)
    expect(rows[0]?.n).toBe((await manifestIn(folder)).tables.nodes?.rows)
    await tool.close()
    await target.drop()
  })

  // Last, for it damages the world.
  it('tells what the byte store has lost, and holds the rest', async () => {
    const folder = fresh()
    await run(folder)
    const list = (await linesIn(folder))['objects.ndjson.zst'] ?? []
    const [lost = '', rotten = ''] = list
      .filter(Boolean)
      .map((line) => JSON.parse(line) as [string, number])
      .sort((a, b) => b[1] - a[1])
      .map(([key]) => key)
    const pathOf = (root: string, key: string) => join(root, key.slice(0, 2), key.slice(2, 4), key)
    const bytes = join(place.dataDir, 'blobs')
    cpSync(pathOf(bytes, rotten), join(place.dataDir, 'kept'))
    rmSync(pathOf(bytes, lost))
    appendFileSync(pathOf(bytes, rotten), 'x')
    expect((await run(folder)).code).toBe(0)
    const second = fresh()
    const { code, err } = await run(second)
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringMatching(/✗ 1 object missing and 1 damaged .*fsck --deep/),
    })
    const target = await makePlace(kind)
    const { terminal, out, err: said } = heard()
    expect(await restore(loadConfig(target.env), second, terminal)).toBe(1)
    expect(out()).toMatch(/^segment-missing: .*object/m)
    expect(out()).toMatch(/^segment-size: .*object/m)
    expect(said()).toMatch(/1 object missing and 1 damaged when it was backed up/)
    const usable = await startWorld({ engine: 'sqlite', env: target.env })
    await usable.stop()
    await target.drop()
  })
})
