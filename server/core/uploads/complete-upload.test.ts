import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { findNode } from '../nodes/find-node.ts'
import { ALL, CREATE, DELETE, READ } from '../permissions/permission.ts'
import { removeRoomGrants } from '../permissions/remove-room-grants.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { cancelUpload } from './cancel-upload.ts'
import { completeUpload } from './complete-upload.ts'
import { type StartUpload, startUpload } from './start-upload.ts'
import { storeFile } from './store-file.ts'
import { uploadStatus } from './upload-status.ts'
import { writeChunk } from './write-chunk.ts'

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

describe.each(await testDatabases())('completing uploads on $kind', (databases) => {
  let world: TransferWorld
  let roomId: number
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases, { limits: { smallFileBytes: 1000 } })
    roomId = await world.room('Room', { bob: CREATE })
  })
  afterAll(() => world.stop())

  const prepared = async (
    bytes: Uint8Array = Buffer.from('hello'),
    input: Partial<StartUpload> = {},
    who: 'ann' | 'bob' = 'ann',
  ) => {
    const place = { parent: { id: roomId }, name: `file-${++count}.txt` }
    const started = await startUpload(world.as(who), { ...place, ...input } as StartUpload)
    if (started.kind !== 'open') throw new Error('stored at once')
    const { id } = started.upload
    await writeChunk(world.as(who), { upload: { id }, source: pieces(bytes, 400) })
    return { id, token: started.token, name: started.upload.name }
  }

  test.each([0, 5, 5000])('answers what is found afterwards (%i bytes)', async (size) => {
    const bytes = randomBytes(size)
    const facts = { notes: 'n', classification: 2, clientModifiedAt: 5, clientCreatedAt: 4 }
    const { id, name } = await prepared(bytes, { ...facts, size, md5: md5(bytes) })
    const view = await completeUpload(world.as('ann'), { upload: { id } })
    expect(view.node).toMatchObject({ name, kind: 'file', boundaryId: roomId, ...facts })
    expect(view.node.content).toMatchObject({ size, md5: md5(bytes), mediaType: 'text/plain' })
    expect(view.node.content?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(view).toEqual(await findNode(world.as('ann'), { node: idOf(view) }))
    expect(view.rootPath).toEqual(['Room', name])
    const status = await uploadStatus(world.as('ann'), { upload: { id } })
    expect(status).toMatchObject({ state: 'done', view, failure: null })
  })

  test('an upload without any chunk is an empty file', async () => {
    const place = { parent: { id: roomId }, name: 'empty' }
    const started = await startUpload(world.as('ann'), place)
    const upload = { id: started.kind === 'open' ? started.upload.id : 0 }
    const view = await completeUpload(world.as('ann'), { upload })
    expect(view.node.content).toMatchObject({ size: 0, md5: md5(Buffer.alloc(0)) })
    expect(await world.bytesOf(world.as('ann'), idOf(view))).toHaveLength(0)
  })

  test('completing again answers the same file and makes no other', async () => {
    const { id, token } = await prepared()
    const first = await completeUpload(world.as('ann'), { upload: { id } })
    expect(await completeUpload(world.as('ann'), { upload: { id } })).toEqual(first)
    expect(await completeUpload(world.anonymous(), { upload: { token } })).toEqual(first)
    const created = (await world.nodes.events()).filter(({ nodeId }) => nodeId === first.node.id)
    expect(created.map(({ type }) => type)).toEqual(['file.created'])
    await deleteNodes(world.as('ann'), { nodes: [idOf(first)], mode: 'all' })
    const again = completeUpload(world.as('ann'), { upload: { id } })
    expect(await faultOf(again)).toBe('not-found node target')
  })

  test('of two that complete at once, by id and by token, both get the one file', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, token } = await prepared(randomBytes(3000))
      const views = await Promise.all([
        completeUpload(world.as('ann'), { upload: { id } }),
        completeUpload(world.anonymous(), { upload: { token } }),
      ])
      expect(views[0]).toEqual(views[1])
    }
  })

  test('twenty of one name at once: one file, or twenty numbered ones', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => prepared(randomBytes(20), { name: 'same.txt' })),
    )
    const fails = await Promise.allSettled(
      all.map(({ id }) => completeUpload(world.as('ann'), { upload: { id } })),
    )
    expect(fails.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const rest = all.filter((_, at) => fails[at]!.status === 'rejected')
    const views = await Promise.all(
      rest.map(({ id }) => completeUpload(world.as('ann'), { upload: { id }, onClash: 'rename' })),
    )
    const names = views.map(({ node }) => node.name)
    expect(new Set(names).size).toBe(19)
    for (const name of names) expect(name).toMatch(/^same \(\d+\)\.txt$/)
  })

  test('twenty over one file at once: each is a version, the last is current', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, at) => prepared(Buffer.alloc(at + 1), { name: 'over' })),
    )
    const views = await Promise.all(
      all.map(({ id }) =>
        completeUpload(world.as('ann'), { upload: { id }, onClash: 'overwrite' }),
      ),
    )
    const ids = new Set(views.map(({ node }) => node.id))
    expect(ids.size).toBe(1)
    const [id] = [...ids] as [number]
    const now = await findNode(world.as('ann'), { node: { id } })
    expect(now.oldVersions).toBe(19)
    const versions = await world.as('ann').read((tx) => tx.nodes.versions(id))
    expect(versions.filter(({ supersededAt }) => supersededAt === null)).toHaveLength(1)
    expect(now.node.content?.versionId).toBe(now.node.currentId)
  })

  test('overwriting keeps the id, takes a new version id and needs DELETE', async () => {
    const first = await storeFile(world.as('ann'), {
      parent: { id: roomId },
      name: 'versions.txt',
      source: pieces(Buffer.from('one')),
      notes: 'kept',
    })
    const { id } = await prepared(Buffer.from('second'), { name: 'VERSIONS.txt' }, 'bob')
    const over = { upload: { id }, onClash: 'overwrite' } as const
    expect(await faultOf(completeUpload(world.as('bob'), over))).toBe('forbidden node target')
    const grants = [{ userId: world.nodes.ids.bob, permissions: READ | CREATE | DELETE }]
    await setRoomGrants(world.as('ann'), { room: { id: roomId }, grants })
    const second = await completeUpload(world.as('bob'), over)
    expect(second.node.id).toBe(first.node.id)
    expect(second.node.currentId).not.toBe(first.node.currentId)
    expect(second.node).toMatchObject({ name: 'versions.txt', notes: 'kept' })
    expect([second.createdBy.userName, second.updatedBy.userName]).toEqual(['ann', 'bob'])
    expect(second.oldVersions).toBe(1)
    const events = await world.nodes.events()
    expect(events.at(-1)).toMatchObject({
      type: 'file.version-created',
      nodeId: first.node.id,
      roomId,
      actorId: world.nodes.ids.bob,
      data: { size: 6, version: second.node.currentId },
    })
  })

  test('a version that must be current is compared at the commit', async () => {
    const place = { parent: { id: roomId }, name: 'expect.txt' }
    const first = await storeFile(world.as('ann'), { ...place, source: pieces(Buffer.alloc(1)) })
    const expectVersion = first.node.currentId
    const [a, b] = await Promise.all([
      prepared(Buffer.from('a'), { name: place.name, expectVersion, onClash: 'overwrite' }),
      prepared(Buffer.from('b'), { name: place.name, expectVersion, onClash: 'overwrite' }),
    ])
    const won = await completeUpload(world.as('ann'), { upload: { id: a.id } })
    expect(won.node.id).toBe(first.node.id)
    const lost = completeUpload(world.as('ann'), { upload: { id: b.id } })
    expect(await faultOf(lost)).toBe('version-mismatch version')
    const old = prepared(Buffer.from('c'), { name: place.name, expectVersion })
    expect(await faultOf(old)).toBe('version-mismatch version')
  })

  test('a container in the way is refused, a taken name can be chosen anew', async () => {
    await createFolder(world.as('ann'), { parent: { id: roomId }, name: 'box' })
    const { id } = await prepared(Buffer.from('x'), { name: 'box' })
    const upload = { id }
    const over = completeUpload(world.as('ann'), { upload, onClash: 'overwrite' })
    expect(await faultOf(over)).toBe('wrong-kind node target')
    const plain = completeUpload(world.as('ann'), { upload })
    expect(await faultOf(plain)).toBe('name-taken node target')
    const bad = completeUpload(world.as('ann'), { upload, name: 'a/b' })
    expect(await faultOf(bad)).toBe('invalid-name node')
    const view = await completeUpload(world.as('ann'), { upload, name: 'box-file' })
    expect(view.node.name).toBe('box-file')
  })

  test('bytes that differ from what was announced are refused and can be sent again', async () => {
    const bytes = Buffer.from('right')
    const { id } = await prepared(Buffer.from('wrong'), { size: 5, md5: md5(bytes) })
    const upload = { id }
    const complete = () => completeUpload(world.as('ann'), { upload })
    expect(await faultOf(complete())).toBe('checksum-mismatch upload')
    await writeChunk(world.as('ann'), { upload, source: pieces(bytes), start: 0 })
    const expect5 = { upload, expect: { size: 4 } }
    expect(await faultOf(completeUpload(world.as('ann'), expect5))).toBe('checksum-mismatch upload')
    expect((await complete()).node.content?.md5).toBe(md5(bytes))
    const short = await prepared(Buffer.from('abc'), { size: 4 })
    const tooFew = completeUpload(world.as('ann'), { upload: { id: short.id } })
    expect(await faultOf(tooFew)).toBe('checksum-mismatch upload')
  })

  test('rights are those of the moment', async () => {
    const own = await world.room('Rights', { bob: CREATE })
    const folder = await createFolder(world.as('ann'), { parent: { id: own }, name: 'f' })
    const place = { parent: idOf(folder) }
    const [a, b, c] = await Promise.all([
      prepared(Buffer.from('a'), place, 'bob'),
      prepared(Buffer.from('b'), place, 'bob'),
      prepared(Buffer.from('c'), place, 'ann'),
    ])
    const bobs = [{ userId: world.nodes.ids.bob, permissions: READ }]
    await setRoomGrants(world.as('ann'), { room: { id: own }, grants: bobs })
    const revoked = completeUpload(world.as('bob'), { upload: { id: a.id } })
    expect(await faultOf(revoked)).toBe('forbidden node parent')
    const byToken = completeUpload(world.anonymous(), { upload: { token: b.token } })
    expect(await faultOf(byToken)).toBe('forbidden node parent')
    const userIds = [world.nodes.ids.bob]
    await removeRoomGrants(world.as('ann'), { room: { id: own }, userIds })
    const blind = completeUpload(world.as('bob'), { upload: { id: a.id } })
    expect(await faultOf(blind)).toBe('not-found node parent')
    await deleteNodes(world.as('ann'), { nodes: [idOf(folder)], mode: 'all' })
    const gone = completeUpload(world.as('ann'), { upload: { id: c.id } })
    expect(await faultOf(gone)).toBe('not-found node parent')
  })

  test('a locked or expired account sends, completes and cancels nothing by token', async () => {
    const { token } = await prepared(Buffer.from('x'), {}, 'bob')
    const grants = [{ userId: world.nodes.ids.bob, permissions: ALL & ~512 }]
    await setRoomGrants(world.as('ann'), { room: { id: roomId }, grants })
    const lock = (isLocked: boolean) =>
      world.nodes.asSystem().write((tx) => tx.users.update(world.nodes.ids.bob, { isLocked }))
    await lock(true)
    const complete = () => completeUpload(world.anonymous(), { upload: { token } })
    expect(await faultOf(complete())).toBe('not-found ticket')
    const cancel = cancelUpload(world.anonymous(), { upload: { token } })
    expect(await faultOf(cancel)).toBe('not-found ticket')
    const chunk = () =>
      writeChunk(world.anonymous(), { upload: { token }, source: pieces(Buffer.from('y')) })
    expect(await faultOf(chunk())).toBe('not-found ticket')
    await lock(false)
    const end = (expireAt: number | null) =>
      world.nodes.asSystem().write((tx) => tx.users.update(world.nodes.ids.bob, { expireAt }))
    await end(world.now())
    expect(await faultOf(chunk())).toBe('not-found ticket')
    await end(world.now() + 1000)
    expect(await chunk()).toMatchObject({ size: 2 })
    await end(null)
    expect((await complete()).createdBy.userName).toBe('bob')
  })

  test('what is cancelled is closed and frees its bytes', async () => {
    const before = await world.tenantBytes()
    const { id } = await prepared(randomBytes(5000))
    expect(await world.tenantBytes()).toBe(before + 5000)
    const keys = await world.keys()
    await cancelUpload(world.as('ann'), { upload: { id } })
    expect(await world.tenantBytes()).toBe(before)
    expect(await world.keys()).toHaveLength(keys.length - 1)
    const ann = world.as('ann')
    const upload = { id }
    expect(await faultOf(cancelUpload(ann, { upload }))).toBe('closed upload')
    expect(await faultOf(completeUpload(ann, { upload }))).toBe('closed upload')
    const chunk = writeChunk(ann, { upload, source: pieces(Buffer.alloc(1)) })
    expect(await faultOf(chunk)).toBe('closed upload')
    expect(await faultOf(cancelUpload(ann, { upload: { id: 99_999 } }))).toBe('not-found upload')
  })
})
