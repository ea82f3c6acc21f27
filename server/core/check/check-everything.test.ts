import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import type { NodeView } from '../nodes/node.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { startUpload } from '../uploads/start-upload.ts'
import { storeFile } from '../uploads/store-file.ts'
import { writeChunk } from '../uploads/write-chunk.ts'
import { checkEverything } from './check-everything.ts'
import type { Finding } from './finding.ts'

describe.each(await testDatabases())('the check of everything on $kind', (databases) => {
  let world: TransferWorld
  let roomId: number
  let folder: NodeView
  let large: NodeView
  let tiny: NodeView

  beforeAll(async () => {
    world = await transferWorld(databases, { limits: { smallFileBytes: 1000 } })
    roomId = await world.room('Room', { bob: CREATE })
    await createRoom(world.as('ann'), { parent: { id: roomId }, name: 'Below', inherit: true })
    folder = await createFolder(world.as('ann'), { parent: { id: roomId }, name: 'f' })
    large = await store(randomBytes(5000))
    tiny = await store(randomBytes(50))
    const replaced = { nodeToReplace: idOf(tiny), source: pieces(randomBytes(60)) }
    tiny = await storeFile(world.as('ann'), replaced)
    await upload()
  })
  afterAll(() => world.stop())

  /** What earlier tests left behind. */
  const known = new Set<string>()
  const all = (options = {}) => checkEverything(world.app, options)
  afterEach(async () => {
    for (const finding of await all({ deep: true, repair: true })) known.add(nameOf(finding))
  })
  const nameOf = ({ repaired: _, ...finding }: Finding) => JSON.stringify(finding)

  const store = (bytes: Uint8Array) =>
    storeFile(world.as('ann'), {
      parent: idOf(folder),
      name: `file-${bytes.length}`,
      source: pieces(bytes),
    })
  const upload = async () => {
    const started = await startUpload(world.as('ann'), { parent: { id: roomId }, name: 'open' })
    const id = started.kind === 'open' ? started.upload.id : 0
    await writeChunk(world.as('ann'), { upload: { id }, source: pieces(randomBytes(2000)) })
  }
  const check = async (options = {}) =>
    (await all(options)).filter((finding) => !known.has(nameOf(finding)))
  const kinds = (findings: readonly Finding[]) => findings.map(({ kind }) => kind)
  const system = () => world.nodes.asSystem()
  const keyOf = async (view: NodeView) => {
    const content = await system().read((tx) => tx.blobs.content(view.node.content!.blobId))
    if (!content || !('segments' in content)) throw new Error('no segments')
    return content.segments[0]!.key
  }
  /** Puts other bytes under a key, as a broken disk would. */
  const damage = async (key: string, bytes: Uint8Array) => {
    await world.blobs.remove(key)
    await world.blobs.put(key, pieces(bytes))
  }

  test('finds nothing where nothing is wrong, and says how far it is', async () => {
    const steps = new Set<string>()
    const onProgress = ({ step }: { step: string }) => steps.add(step)
    expect(await check({ deep: true, onProgress })).toEqual([])
    world.pass(10_000_000)
    expect(await check({ onProgress })).toEqual([])
    const expected = 'versions nodes references blobs tallies access objects'
    expect([...steps].join(' ')).toBe(expected)
  })

  test('a missing object, one of another size, a flipped byte', async () => {
    const key = await keyOf(large)
    const blobId = large.node.content!.blobId
    const size = 5000
    const whole = await world.bytesOf(world.as('ann'), idOf(large))
    const flipped = Buffer.from(whole)
    flipped[4321]! ^= 1
    await damage(key, flipped)
    expect(await check()).toEqual([])
    expect(await check({ deep: true })).toMatchObject([
      { kind: 'hash', blobId, expected: large.node.content?.sha256, repaired: false },
    ])
    await damage(key, whole.subarray(1))
    const shorter = { kind: 'segment-size', key, blobId, expected: `${size}`, found: '4999' }
    expect(await check({ deep: true, repair: true })).toMatchObject([shorter])
    await world.blobs.remove(key)
    expect(await check()).toMatchObject([{ kind: 'segment-missing', key, blobId }])
    await world.blobs.put(key, pieces(whole))
  })

  test('a flipped byte in a row, bytes of another length, a blob that is not there', async () => {
    const right = await world.bytesOf(world.as('ann'), idOf(tiny))
    const content = tiny.node.content!
    /** An old version of the tiny file whose blob has the right hashes, and these bytes. */
    const plant = async (bytes: Uint8Array | null) => {
      const id = randomBytes(16).toString('hex')
      await system().write(async (tx) => {
        if (bytes) await tx.blobs.insertSmall({ ...content, id, createdAt: 1 }, bytes)
        const versionId = await tx.nodes.takeIds(1)
        await tx.nodes.insertVersion({
          id: versionId,
          nodeId: tiny.node.id,
          content: { ...content, versionId, blobId: id },
          createdAt: 1,
          createdBy: null,
          supersededAt: 1,
        })
        await tx.tallies.book(content.size)
      })
      return id
    }
    await plant(right)
    expect(await check({ deep: true })).toEqual([])
    const flipped = await plant(Buffer.alloc(60))
    expect(await check()).toEqual([])
    expect(await check({ deep: true })).toMatchObject([{ kind: 'hash', blobId: flipped }])
    const shorter = await plant(Buffer.alloc(59))
    const lost = await plant(null)
    expect(await check()).toMatchObject([
      { kind: 'blob-missing', nodeId: tiny.node.id, blobId: lost },
      { kind: 'blob-size', blobId: shorter, expected: '60', found: '59' },
    ])
  })

  test('an object of an upload that is lost', async () => {
    const stored = await keyOf(large)
    const key = (await world.keys()).find((one) => one !== stored)!
    await world.blobs.remove(key)
    expect(await check()).toMatchObject([{ kind: 'segment-missing', key }])
  })

  test('objects to which nothing refers, once they are old', async () => {
    const key = randomBytes(16).toString('hex')
    await world.blobs.put(key, pieces(randomBytes(10)))
    expect(await check()).toEqual([])
    world.pass(10_000_000)
    expect(await check()).toEqual([
      { kind: 'orphan', tenantId: null, key, found: '10', repaired: false },
    ])
    await world.blobs.remove(key)
  })

  test('wrong counters, which it repairs', async () => {
    const wrong = { rooms: 0, folders: 0, files: 1, size: 100 }
    await system().write((tx) => tx.checks.correctTally(folder.node.id, wrong, 1))
    const finding = {
      kind: 'tally',
      nodeId: folder.node.id,
      expected: 'files=2 size=5060',
      found: 'files=3 size=5160',
    }
    expect(await check()).toMatchObject([{ ...finding, repaired: false }])
    expect(await check({ repair: true })).toMatchObject([{ ...finding, repaired: true }])
    expect(await check()).toEqual([])
  })

  test('counters that are wrong all the way up', async () => {
    for (const id of [folder.node.id, roomId]) {
      const wrong = { rooms: 0, folders: 0, files: 0, size: 7 }
      await system().write((tx) => tx.checks.correctTally(id, wrong, 1))
    }
    const found = await check({ repair: true })
    expect(found.map(({ nodeId }) => nodeId).sort()).toEqual([roomId, folder.node.id].sort())
    expect(await check()).toEqual([])
  })

  test('bytes of the tenant that do not add up, which it repairs', async () => {
    const kept = await world.tenantBytes()
    await system().write((tx) => tx.tallies.book(1234))
    const finding = { kind: 'tenant-bytes', expected: `${kept}`, found: `${kept + 1234}` }
    expect(await check()).toMatchObject([{ ...finding, repaired: false }])
    expect(await check({ repair: true })).toMatchObject([{ ...finding, repaired: true }])
    expect(await world.tenantBytes()).toBe(kept)
    expect(await check()).toEqual([])
  })

  test('access rows that do not follow from grants, which it repairs', async () => {
    const { bob, ann } = world.nodes.ids
    await system().write(async (tx) => {
      await tx.access.removeVia(roomId, bob)
      const row = { boundaryId: roomId, userId: ann, permissions: READ, expireAt: null }
      await tx.access.insert([{ ...row, viaId: 987_654 }])
    })
    const found = await check()
    expect(found).toMatchObject([
      { kind: 'access', nodeId: roomId, repaired: false },
      { kind: 'access', nodeId: 987_654, expected: '', found: `${roomId}:${ann}=${READ}` },
    ])
    expect(kinds(await check({ repair: true }))).toEqual(['access', 'access'])
    expect(await check()).toEqual([])
    const held = await system().read((tx) => tx.access.of(roomId, bob, world.now()))
    expect(held).toBe(READ | CREATE)
  })

  test('files whose version is not theirs, nodes without parent or room', async () => {
    await system().write(async (tx) => {
      await tx.nodes.supersedeVersion(large.node.content!.versionId, 1)
      await tx.nodes.update(tiny.node.id, { boundaryId: folder.node.id })
    })
    const found = await check({ repair: true })
    expect(found.filter(({ kind }) => kind.startsWith('no-'))).toMatchObject([
      { kind: 'no-version', nodeId: large.node.id, repaired: false },
      { kind: 'no-boundary', nodeId: tiny.node.id, repaired: false },
    ])
    await system().write((tx) => tx.nodes.update(tiny.node.id, { parentId: 987_654 }))
    expect(kinds(await check())).toContain('no-parent')
  })
})
