import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { storeFile } from '../../server/core/uploads/store-file.ts'
import { nodeCode } from '../../server/faces/drumee/ids.ts'
import { startArmedServer } from '../durability/armed-server.ts'
import { startServerProcess } from '../durability/server-process.ts'
import { contextOf } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { type Gate, openGate } from './gate.ts'
import { type Row, type Side, signIn } from './side.ts'

const env = {
  STRONGROOM_IMPORT_HOSTS: '127.0.0.1:*',
  STRONGROOM_IMPORT_NETWORKS: 'loopback',
}
const part = 4 * 2 ** 20
const large = randomBytes(5 * 2 ** 20)
const secondPart = `media.orig bytes=${part}-${large.length - 1}`

/** The folder of the source: names, depths, sizes, and more than a page of files. */
async function furnish(world: World): Promise<string> {
  const { app } = world
  const tenant = (await app.store.tenants.findDefault())!
  const admin = await app.store.read(tenant.id, (tx) => tx.users.findByLogin('admin'))
  const ctx = contextOf(app, tenant, admin!.id)
  const path = (...names: string[]) => ({ path: ['Projekt', ...names], createParents: true })
  const { node } = await createFolder(ctx, path())
  await createFolder(ctx, path('leer'))
  const files: [string[], Buffer][] = [
    [['tief', 'tiefer', '文件 “eins”.tar.gz'], Buffer.from('deep')],
    [['tief', 'Übersicht.TXT'], Buffer.from('view')],
    [['a empty'], Buffer.alloc(0)],
    [['m large.bin'], large],
    ...Array.from({ length: 50 }, (_, at): [string[], Buffer] => [
      ['viele', `${at}.txt`],
      Buffer.from(`number ${at}`),
    ]),
    [['z last.txt'], Buffer.from('last')],
  ]
  await Promise.all(
    files.map(([names, bytes]) =>
      storeFile(ctx, { ...path(...names), source: Readable.from([bytes]) }),
    ),
  )
  return nodeCode(node.id)
}

/** Resolves when the gate holds a call; `release` lets it go on. */
function held(gate: Gate, wanted: string): { arrived: Promise<void>; release: () => void } {
  const arrived = Promise.withResolvers<void>()
  const going = Promise.withResolvers<void>()
  gate.rule = async (call) => {
    if (call !== wanted) return
    arrived.resolve()
    await going.promise
  }
  return { arrived: arrived.promise, release: going.resolve }
}

/** Waits until an import is as wanted; its numbers must never shrink. */
async function until(side: Side, id: string, wanted: (row: Row) => boolean, last?: Row) {
  let before = last
  for (let tries = 0; tries < 400; tries++) {
    const row = await side.call<Row>('mfs_import.progress', { id })
    for (const key of ['files', 'bytes', 'percent', 'folders'] as const) {
      expect(row[key], key).toBeGreaterThanOrEqual(before?.[key] ?? 0)
    }
    if (wanted(row)) return row
    before = row
    await wait(25)
  }
  throw new Error(`the import stays as ${JSON.stringify(before)}`)
}

const isDone = ({ status }: Row) => status === 'done'
const isOver = ({ status }: Row) => status === 'done' || status === 'failed'

describe('an import between two servers', () => {
  let source: World
  let importer: World
  let gate: Gate
  let there: Side
  let here: Side
  let nid: string
  let total: number

  beforeAll(async () => {
    ;[source, importer] = await Promise.all([startWorld(), startWorld({ env })])
    gate = await openGate(source.url)
    nid = await furnish(source)
    there = await signIn(source.url)
    here = await signIn(importer.url)
    total = (await there.call<{ total_size: number }>('media.info', { nid })).total_size
  })
  afterEach(() => {
    gate.rule = () => undefined
    gate.passed.length = 0
  })
  afterAll(async () => {
    await gate?.close()
    await source?.stop()
  })

  const made = async () => {
    const values = { hub_id: 'x', nid, permission: 3, expiry_hours: 1 }
    return (await there.call<{ token: string }>('mfs_api.create_token', values)).token
  }
  const order = (token: string, filename: string) => {
    return { source_url: gate.url, hub_id: 'x', nid, token, filename }
  }
  const start = (side: Side, token: string, filename: string) =>
    side.call<Row>('mfs_import.import_folder', order(token, filename))
  const compare = async (side: Side, filename: string) => {
    const [theirs, ours] = await Promise.all([
      there.tree(nid, '/Projekt'),
      side.tree(`/${filename}`, `/${filename}`),
    ])
    expect(theirs).toHaveLength(59)
    expect(ours).toEqual(theirs)
  }

  // On SQLite whatever the engine of the others: a lease of a dead process ends at once there.
  it('is killed in the middle of a file and goes on after the start', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'strongroom-import-'))
    const options = { dataDir, env }
    try {
      const first = await startServerProcess(options)
      const before = await signIn(first.url)
      const { arrived } = held(gate, secondPart)
      const { id } = await start(before, await made(), 'In')
      await arrived
      const last = await until(before, id, ({ bytes }) => bytes > part)
      expect(last).toMatchObject({ status: 'running', bytes_total: total, files_total: 55 })
      expect(await before.tree('/In', '/In')).not.toContainEqual(expect.stringMatching(/^.m large/))
      await first.kill()
      const seen = gate.passed.filter((call) => call.startsWith('media.orig'))
      gate.passed.length = 0
      gate.rule = () => undefined
      const second = await startServerProcess(options)
      const after = await signIn(second.url)
      const end = await until(after, id, isDone, last)
      expect(end).toMatchObject({ percent: 100, bytes: total, files: 55, error: null })
      await compare(after, 'In')
      // What was there was not fetched again, of the large file only what was missing.
      const fetched = gate.passed.filter((call) => call.startsWith('media.orig'))
      expect(fetched[0]).toBe(secondPart)
      expect(seen.length + fetched.length).toBe(55)
      await second.stop()
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  })

  it('dies at one boundary of durability after the other and loses nothing', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'strongroom-import-'))
    const token = await made()
    try {
      for (const target of [9, 120, 0]) {
        const server = await startArmedServer({ dataDir, env })
        const side = await signIn(server.url)
        await server.arm(target)
        // It may die within the call; the same again is the same import.
        const begun = start(side, token, 'In').catch(() => undefined)
        if (target > 0) {
          expect(await server.ended).toBe('SIGKILL')
          await begun
          continue
        }
        const { id } = (await begun)!
        expect(await until(side, id, isDone)).toMatchObject({ files: 55, bytes: total })
        await compare(side, 'In')
        await server.stop()
      }
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  })

  it('waits for a source that is down, and says so', async () => {
    const { arrived, release } = held(gate, secondPart)
    const { id } = await start(here, await made(), 'Down')
    await arrived
    await gate.close()
    release()
    const waiting = await until(here, id, ({ error }) => error !== null)
    expect(waiting).toMatchObject({ status: 'running', error: 'SOURCE_UNAVAILABLE' })
    gate.rule = () => undefined
    await gate.open()
    await until(here, id, isDone, waiting)
    await compare(here, 'Down')
  })

  it('fails when its token is revoked, and goes on with another', async () => {
    const { arrived, release } = held(gate, secondPart)
    const token = await made()
    const { id } = await start(here, token, 'Revoked')
    await arrived
    await there.call('mfs_api.revoke', { token })
    release()
    const failed = await until(here, id, isOver)
    expect(failed).toMatchObject({ status: 'failed', error: 'TOKEN_REFUSED' })
    expect(failed.message).toContain('revoked')
    const refused = order(token, 'Revoked')
    expect(await here.refused('mfs_import.import_folder', refused)).toBe('403 TOKEN_REFUSED')
    const again = await start(here, await made(), 'Revoked')
    expect(again.id).toBe(id)
    await until(here, id, isDone, failed)
    await compare(here, 'Revoked')
    const kept = await importer.app.store.read(1, (tx) => tx.tasks.ofHolder('u1', 'import', 9))
    expect(JSON.stringify(kept)).not.toContain('sealedToken')
  })

  it('opens nothing with a token that is for something else', async () => {
    const { nid: other } = await there.call<{ nid: string }>('media.make_dir', { dirname: 'other' })
    const token = await made()
    const foreign = { ...order(token, 'Foreign'), nid: other }
    expect(await here.refused('mfs_import.import_folder', foreign)).toBe('404 SOURCE_NOT_FOUND')
    const unknown = order('f'.repeat(32), 'Foreign')
    expect(await here.refused('mfs_import.import_folder', unknown)).toBe('403 TOKEN_REFUSED')
    const file = order(token, 'Foreign')
    expect(await here.refused('mfs_import.import_file', file)).toBe('400 INVALID_DATA')
    expect(await here.refused('media.manifest', { nid: '/Foreign' })).toBe('404 NODE_NOT_FOUND')
  })

  it('is cancelled by its owner', async () => {
    const { arrived, release } = held(gate, secondPart)
    const { id } = await start(here, await made(), 'Cancelled')
    await arrived
    expect(await here.call('mfs_import.cancel', { id })).toMatchObject({ status: 'cancelled' })
    release()
    await importerIdle(importer)
    const rows = await here.call<Row[]>('mfs_import.list')
    expect(rows.find((row) => row.id === id)).toMatchObject({ status: 'cancelled' })
    expect(await here.tree('/Cancelled', '/Cancelled')).not.toContainEqual(
      expect.stringMatching(/large/),
    )
  })

  it('holds up no server that is told to stop', async () => {
    const { arrived } = held(gate, 'media.show_node_by')
    await start(here, await made(), 'Stopped')
    await arrived
    const before = performance.now()
    await importer.stop()
    expect(performance.now() - before).toBeLessThan(10_000)
  })
})

/** Until no job is left. */
async function importerIdle({ app }: World): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    // The sweep queues its successor and always waits.
    if ((await app.store.read(1, (tx) => tx.jobs.count())) <= 1) return
    await wait(25)
  }
  throw new Error('the import does not end')
}
