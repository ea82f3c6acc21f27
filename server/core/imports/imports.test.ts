import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { App, Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { leaseSeconds } from '../jobs/lease.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { manifest } from '../nodes/manifest.ts'
import { CREATE, DELETE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type ImportTree, importTree } from '../suites/import-tree.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { storeFile } from '../uploads/store-file.ts'
import { partBytes } from './fetch-in-parts.ts'
import { turnMs } from './import-work.ts'
import { cancelImport, findImport, ownImports } from './own-imports.ts'
import { type StartImport, startImport } from './start-import.ts'

const text = (value: string) => Buffer.from(value)

describe.each(await testDatabases())('imports on $kind', (databases) => {
  let world: TransferWorld
  let tree: ImportTree
  let app: App
  let room: number
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases, { limits: { importItems: 40, pathDepth: 8 } })
  })
  afterAll(() => world.stop())
  beforeEach(async () => {
    tree = importTree({})
    app = { ...world.app, imports: tree }
    room = await world.room(`Room ${++count}`, { bob: READ | CREATE })
  })

  const as = (who: 'ann' | 'bob'): Ctx => ({ ...world.as(who), imports: tree })
  const order = (more: Partial<StartImport> = {}): StartImport => ({
    ...{ url: 'https://other.test', token: 'secret', ref: { room: 'r', node: '' } },
    ...{ kind: 'folder', into: { id: room }, name: 'In' },
    ...more,
  })
  const start = (more: Partial<StartImport> = {}, who: 'ann' | 'bob' = 'bob') =>
    startImport(as(who), order(more))
  const run = (most?: number) => runJobs(app, world.nodes.tenant, 'imports', most)
  const found = (id: number) => findImport(as('bob'), { id })
  const done = async (more: Partial<StartImport> = {}) => {
    const { id } = await start(more)
    await run()
    return found(id)
  }
  const paths = async () => {
    const { entries } = await manifest(as('ann'), { node: { id: room } })
    return entries.map(({ names }) => names.join('/')).sort()
  }
  const opened = () => tree.calls.filter((call) => call.startsWith('open'))
  const eventTypes = async () => (await world.nodes.events()).map(({ type }) => type)
  const isUnavailable = () => fault('unavailable', 'import', undefined, { rule: 'connection' })

  test('brings a folder with all below it, and tells it', async () => {
    const large = randomBytes(partBytes + 1000)
    tree.root = {
      leer: {},
      tief: { tiefer: { 'Übersicht 文件.txt': text('deep') } },
      ...{ 'a.txt': text('alpha'), 'empty.bin': text(''), 'large.bin': large },
    }
    const before = (await eventTypes()).length
    const view = await done()
    const counts = { imported: 4, folders: 4, unchanged: 0, skipped: 0, told: large.length + 9 }
    expect(view).toMatchObject({ state: 'done', percent: 100, progress: counts })
    expect(await paths()).toEqual([
      'In',
      ...['In/a.txt', 'In/empty.bin', 'In/large.bin', 'In/leer', 'In/tief', 'In/tief/tiefer'],
      'In/tief/tiefer/Übersicht 文件.txt',
    ])
    const own = (await eventTypes()).slice(before)
    expect([own[0], own.at(-1)]).toEqual(['import.started', 'import.ended'])
    expect(own.filter((type) => type === 'file.created')).toHaveLength(4)
    const { entries } = await manifest(as('ann'), { node: { id: room } })
    const file = entries.find(({ names }) => names.at(-1) === 'large.bin')!.node
    expect(await world.bytesOf(as('ann'), { id: file.id })).toEqual(large)
    expect(file).toMatchObject({ clientModifiedAt: 1_600_000_000_000 })
    expect((await ownImports(as('bob'))).map(({ id }) => id)).toContain(view.id)
    expect(await ownImports(as('ann'))).toEqual([])
  })

  test('again it fetches only what is not there', async () => {
    tree.root = { 'a.txt': text('alpha'), sub: { 'b.txt': text('beta') } }
    await done()
    tree.root = { 'a.txt': text('alpha'), sub: { 'b.txt': text('other'), 'c.txt': text('c') } }
    tree.calls.length = 0
    expect((await done()).progress).toMatchObject({
      ...{ imported: 1, unchanged: 1, skipped: 1 },
      problems: ['In/sub/b.txt: name-taken'],
    })
    expect(opened()).toEqual(['open sub/c.txt 0'])
    expect(await faultOf(start({ replaces: true }))).toBe('forbidden node target')
    const grants = [{ userId: world.nodes.ids.bob, permissions: CREATE | DELETE }]
    await setRoomGrants(world.as('ann'), { room: { id: room }, grants })
    const { progress } = await done({ replaces: true })
    expect(progress).toMatchObject({ imported: 1, unchanged: 2, skipped: 0 })
    expect((await eventTypes()).at(-2)).toBe('file.version-created')
  })

  test('a worker that dies is followed by one that goes on, within a file too', async () => {
    const large = randomBytes(partBytes * 2 + 10)
    tree.root = { 'a.txt': text('alpha'), 'large.bin': large, 'z.txt': text('zeta') }
    const { id } = await start()
    const died = new Error('the process is gone')
    tree.before = (call) => {
      if (call === `open large.bin ${partBytes}`) throw died
    }
    // A worker that dies gives nothing back: another finds the lease run out.
    const system = world.nodes.asSystem()
    await expect(run()).resolves.toBe(1)
    const middle = await found(id)
    expect(middle).toMatchObject({ state: 'running', progress: { imported: 1 } })
    expect(middle.progress.told).toBe(5 + partBytes)
    expect(await paths()).toEqual(['In', 'In/a.txt'])
    tree.calls.length = 0
    tree.before = () => undefined
    world.pass(leaseSeconds * 1000)
    await run()
    expect(opened()).toEqual([
      `open large.bin ${partBytes}`,
      `open large.bin ${2 * partBytes}`,
      'open z.txt 0',
    ])
    expect(await found(id)).toMatchObject({ state: 'done', progress: { imported: 3, skipped: 0 } })
    const task = await system.read((tx) => tx.tasks.find(id))
    expect(JSON.stringify(task)).not.toContain('sealed')
  })

  test('a slow source does not keep a worker from others', async () => {
    tree.root = { 'large.bin': randomBytes(partBytes + 10), sub: { 'slow.txt': text('slow') } }
    const slow = await start({ name: 'Slow' })
    tree.before = (call) => {
      if (call.startsWith('open')) world.pass(turnMs)
    }
    expect(await run(1)).toBe(1)
    expect(opened()).toEqual(['open large.bin 0'])
    const quick = await start({
      name: 'Quick',
      kind: 'file',
      ref: { room: 'r', node: 'sub/slow.txt' },
    })
    world.pass(1)
    await run(1)
    await run(1)
    expect((await found(quick.id)).state).toBe('done')
    expect((await found(slow.id)).state).toBe('running')
    await run()
    expect(opened()).toEqual([
      ...['open large.bin 0', `open large.bin ${partBytes}`, 'open sub/slow.txt 0'],
      'open sub/slow.txt 0',
    ])
    expect(await found(slow.id)).toMatchObject({ state: 'done', progress: { imported: 2 } })
    expect((await found(slow.id)).progress.trouble).toBe(null)
  })

  test('what is down for a while is tried again, then it fails and can be taken up', async () => {
    tree.root = { 'a.txt': text('alpha'), 'b.txt': text('beta') }
    const { id } = await start()
    tree.before = (call) => {
      if (call === 'open b.txt 0') isUnavailable()
    }
    let tries = 0
    for (; (await found(id)).state !== 'failed' && tries < 50; tries++) {
      await run()
      const { state, progress } = await found(id)
      if (state === 'running') expect(progress.trouble).toMatchObject({ code: 'unavailable' })
      world.pass(600_000)
    }
    expect(tries).toBe(14)
    expect(await found(id)).toMatchObject({
      failure: { code: 'unavailable', subject: 'import', data: { rule: 'connection' } },
    })
    const system = world.nodes.asSystem()
    const task = await system.read((tx) => tx.tasks.find(id))
    expect(task?.input).not.toHaveProperty('sealedToken')
    expect((await eventTypes()).at(-1)).toBe('import.ended')
    tree.before = () => undefined
    tree.calls.length = 0
    const again = await start({ token: 'another' })
    expect(again).toMatchObject({ id, state: 'waiting', failure: null })
    expect((await start({ token: 'another' })).id).toBe(id)
    await run()
    expect(await found(id)).toMatchObject({ state: 'done', progress: { imported: 2 } })
    expect(opened()).toEqual(['open b.txt 0'])
    expect((await start()).id).not.toBe(id)
    await run()
  })

  test('the token is refused in the middle: it fails at once', async () => {
    tree.root = { 'a.txt': text('alpha'), 'b.txt': text('beta') }
    const { id } = await start()
    tree.before = (call) => {
      if (call === 'open b.txt 0') fault('wrong-credentials', 'import')
    }
    await run()
    expect(await found(id)).toMatchObject({
      state: 'failed',
      failure: { code: 'wrong-credentials', subject: 'import' },
      progress: { imported: 1 },
    })
  })

  test('cancelled it stops with its next step, and nobody else can do so', async () => {
    tree.root = { 'a.txt': text('alpha'), 'b.txt': text('beta') }
    const { id } = await start()
    expect(await faultOf(cancelImport(as('ann'), { id }))).toBe('not-found import')
    expect(await faultOf(findImport(as('ann'), { id }))).toBe('not-found import')
    tree.before = async (call) => {
      if (call !== 'open a.txt 0') return
      expect((await cancelImport(as('bob'), { id })).state).toBe('cancelled')
      world.pass(1000)
    }
    await run()
    expect(await found(id)).toMatchObject({ state: 'cancelled', failure: null })
    expect(await paths()).toEqual(['In'])
    expect((await cancelImport(as('bob'), { id })).state).toBe('cancelled')
    tree.before = () => undefined
    expect((await start()).id).toBe(id)
    await run()
    expect(await found(id)).toMatchObject({ state: 'done', progress: { imported: 2 } })
  })

  test('cancelled while it runs and begun again at once, one worker goes on', async () => {
    tree.root = { 'a.txt': text('alpha'), 'b.txt': text('beta') }
    const { id } = await start()
    let resumed: Promise<unknown> | undefined
    tree.before = async (call) => {
      if (call !== 'open b.txt 0' || resumed) return
      await cancelImport(as('bob'), { id })
      resumed = start()
      await resumed
      world.pass(1000)
    }
    // The worker of the first job finds that it has lost it, the second goes on.
    expect(await run()).toBe(2)
    const end = await found(id)
    // How far the first one was had not been kept yet.
    expect(end).toMatchObject({ state: 'done', progress: { imported: 1, unchanged: 1 } })
    expect(opened()).toEqual(['open a.txt 0', 'open b.txt 0', 'open b.txt 0'])
    const types = await eventTypes()
    expect(types.slice(-5).filter((type) => type.startsWith('import'))).toEqual([
      ...['import.ended', 'import.started', 'import.ended'],
    ])
  })

  test('names, sizes, cycles and depths of the other side are not believed', async () => {
    const nested = { 1: { 2: { 3: { 4: { 5: { 6: { 7: { 8: {} } } } } } } } }
    tree.root = { 'con.txt': text('x'), b: text('bb'), c: text('c'), d: {}, ...nested }
    tree.told = (entry) => {
      if (entry.name === 'b') return { ...entry, md5: '0'.repeat(32) }
      if (entry.name === 'c') return { ...entry, size: 100 }
      if (entry.name === 'd') return { ...entry, ref: { room: 'x', node: '' } }
      return entry
    }
    const { id } = await start()
    await run()
    // Of 'c' fewer bytes come than were told: the source may have broken off.
    expect(await found(id)).toMatchObject({
      state: 'running',
      progress: { trouble: { code: 'unavailable', data: { rule: 'cut' } } },
    })
    tree.told = (entry) => (entry.name === 'd' ? { ...entry, ref: { room: 'x', node: '' } } : entry)
    world.pass(60_000)
    await run()
    const { state, progress } = await found(id)
    expect(state).toBe('done')
    expect(progress.problems).toEqual([
      'In/1/2/3/4/5/6: invalid (depth)',
      'In/con.txt: invalid-name (reserved)',
      'In/b: checksum-mismatch',
      'In/d: invalid (cycle)',
    ])
  })

  test('no more than so many, and nothing too large', async () => {
    const names = Array.from({ length: 41 }, (_, at) => [`e${at}`, {}] as const)
    tree.root = Object.fromEntries(names)
    expect((await done()).failure).toMatchObject({ code: 'too-many', data: { limit: 40 } })
    tree.root = { huge: text('x') }
    tree.told = (entry) => (entry.name === 'huge' ? { ...entry, size: 2 ** 52 } : entry)
    expect((await done({ name: 'Two' })).progress.problems).toEqual(['Two/huge: too-large'])
    tree.told = (entry) => (entry.name === 'huge' ? { ...entry, size: null } : entry)
    expect((await done({ name: 'Three' })).progress.problems).toEqual([
      'Three/huge: invalid (size)',
    ])
  })

  test('a right that is lost on the way ends it', async () => {
    tree.root = { 'a.txt': text('alpha'), 'b.txt': text('beta') }
    const { id } = await start()
    tree.before = async (call) => {
      if (call !== 'open a.txt 0') return
      const grants = [{ userId: world.nodes.ids.bob, permissions: READ }]
      await setRoomGrants(world.as('ann'), { room: { id: room }, grants })
    }
    await run()
    expect(await found(id)).toMatchObject({ state: 'failed', failure: { code: 'forbidden' } })
    expect(await paths()).toEqual(['In'])
  })

  test('a folder that is deleted here, or gone there', async () => {
    tree.root = { sub: { 'a.txt': text('alpha') }, 'z.txt': text('zeta') }
    tree.before = (call) => {
      if (call === 'list sub 1') fault('not-found', 'import')
    }
    expect((await done()).progress).toMatchObject({ imported: 1, problems: ['In/sub: not-found'] })
    const { id } = await start({ name: 'Other' })
    tree.before = async (call) => {
      if (call !== 'open z.txt 0') return
      const { entries } = await manifest(as('ann'), { node: { id: room } })
      const other = entries.find(({ node }) => node.name === 'Other')!
      await deleteNodes(as('ann'), { nodes: [{ id: other.node.id }], mode: 'all' })
    }
    await run()
    expect(await found(id)).toMatchObject({ state: 'failed', failure: { code: 'not-found' } })
  })

  test('a single file', async () => {
    tree.root = { 'a.txt': text('alpha') }
    const file = { kind: 'file', ref: { room: 'r', node: 'a.txt' }, name: 'b.txt' } as const
    expect(await done(file)).toMatchObject({ state: 'done', progress: { imported: 1, told: 5 } })
    expect((await done(file)).progress).toMatchObject({ imported: 0, unchanged: 1 })
    tree.root = { 'a.txt': text('other') }
    expect((await done(file)).failure).toMatchObject({ code: 'name-taken' })
    expect(await paths()).toEqual(['b.txt'])
    expect(await faultOf(start({ ...file, kind: 'folder' }))).toBe('wrong-kind import')
  })

  test('who may, and what is refused before anything is called', async () => {
    const inRoom = await createFolder(as('ann'), { parent: { id: room }, name: 'closed' })
    const file = await storeFile(as('ann'), {
      ...{ parent: { id: room }, name: 'file', source: pieces(text('x')) },
    })
    const into = (id: number) => ({ into: { id } })
    expect(await faultOf(start(into(file.node.id)))).toBe('wrong-kind node target')
    expect(await faultOf(start(into(9_999_999)))).toBe('not-found node target')
    const grants = [{ userId: world.nodes.ids.bob, permissions: READ }]
    await setRoomGrants(world.as('ann'), { room: { id: room }, grants })
    expect(await faultOf(start(into(inRoom.node.id)))).toBe('forbidden node target')
    expect(await faultOf(startImport(world.as('ann'), order()))).toBe('unsupported import')
    expect(await faultOf(start({ token: '' }, 'ann'))).toBe('invalid import')
    expect(await faultOf(start({ url: 'x'.repeat(3000) }, 'ann'))).toBe('invalid import')
    expect(await faultOf(start({ name: 'a/b' }, 'ann'))).toBe('invalid-name node')
    expect(await faultOf(startImport(world.anonymous(), order()))).toBe('unauthenticated session')
    expect(tree.calls.filter((call) => !call.startsWith('describe'))).toEqual([])
  })
})
