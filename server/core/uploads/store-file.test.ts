import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { sweep } from '../jobs/sweep.ts'
import { findNode } from '../nodes/find-node.ts'
import { CREATE, DELETE, READ } from '../permissions/permission.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { storeFile } from './store-file.ts'

const small = 1000

describe.each(await testDatabases())('storing files in one call on $kind', (databases) => {
  let world: TransferWorld
  let roomId: number
  let count = 0

  beforeAll(async () => {
    const limits = { smallFileBytes: small, uploadBytes: 2_000_000 }
    world = await transferWorld(databases, { disk: true, limits })
    roomId = await world.room('Room', { bob: READ })
  })
  afterAll(() => world.stop())

  const place = () => ({ parent: { id: roomId }, name: `file-${++count}` })

  test.each([0, 1, small, small + 1, 1_500_000])('keeps %i bytes as they were', async (size) => {
    const bytes = randomBytes(size)
    const before = await world.keys()
    const source = pieces(bytes, 40_000)
    const view = await storeFile(world.as('ann'), { ...place(), source, size })
    expect(view).toEqual(await findNode(world.as('ann'), { node: idOf(view) }))
    expect(view.node.content).toMatchObject({
      size,
      md5: createHash('md5').update(bytes).digest('hex'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    expect((await world.bytesOf(world.as('ann'), idOf(view))).equals(bytes)).toBe(true)
    expect((await world.keys()).length - before.length).toBe(size > small ? 1 : 0)
  })

  test('in the own home the path is the way from there', async () => {
    const path = ['made', 'on the way', 'file.txt']
    const source = () => pieces(Buffer.from('x'))
    const missing = storeFile(world.as('ann'), { path, source: source() })
    expect(await faultOf(missing)).toBe('not-found node parent')
    const view = await storeFile(world.as('ann'), { path, createParents: true, source: source() })
    expect(view.rootPath).toEqual(path)
    expect(view).toEqual(await findNode(world.as('ann'), { node: { path } }))
    const deep = randomBytes(5000)
    const large = { path: ['other', 'large.bin'], createParents: true, source: pieces(deep) }
    expect((await storeFile(world.as('ann'), large)).rootPath).toEqual(large.path)
    const mounted = await storeFile(world.as('bob'), {
      path: ['bobs.txt'],
      source: source(),
    })
    expect(mounted.rootPath).toEqual(['bobs.txt'])
  })

  test.each([10, 5000])('who may not create is refused (%i bytes)', async (size) => {
    const before = await world.keys()
    let taken = 0
    async function* source() {
      for await (const chunk of pieces(Buffer.alloc(size), 500)) {
        taken += chunk.byteLength
        yield chunk
      }
    }
    const refused = storeFile(world.as('bob'), { ...place(), source: source() })
    expect(await faultOf(refused)).toBe('forbidden node parent')
    // Many bytes are refused before they are taken.
    expect(taken).toBeLessThanOrEqual(small + 500)
    const hidden = await world.room(`Hidden ${size}`)
    const blind = { parent: { id: hidden }, name: 'x', source: source() }
    expect(await faultOf(storeFile(world.as('bob'), blind))).toBe('not-found node parent')
    expect(await world.keys()).toEqual(before)
  })

  test.each([500, 90_000])('a stream that breaks after %i bytes leaves nothing', async (size) => {
    const before = { keys: await world.keys(), bytes: await world.tenantBytes() }
    const input = place()
    async function* broken() {
      yield* pieces(randomBytes(size), 10_000)
      throw new Error('gone')
    }
    const failing = storeFile(world.as('ann'), { ...input, source: broken() })
    await expect(failing).rejects.toThrow('gone')
    const source = pieces(Buffer.from('again'))
    expect((await storeFile(world.as('ann'), { ...input, source })).node.name).toBe(input.name)
    expect(await world.keys()).toEqual(before.keys)
    expect(await world.tenantBytes()).toBe(before.bytes + 5)
  })

  test('bytes that are refused at the commit are left to the sweep', async () => {
    const before = await world.keys()
    const input = place()
    await storeFile(world.as('ann'), { ...input, source: pieces(Buffer.from('first')) })
    const second = storeFile(world.as('ann'), { ...input, source: pieces(randomBytes(5000)) })
    expect(await faultOf(second)).toBe('name-taken node target')
    expect(await world.keys()).toHaveLength(before.length + 1)
    await sweep(world.app)
    expect(await world.keys()).toHaveLength(before.length + 1)
    world.pass(3_700_000)
    await sweep(world.app)
    expect(await world.keys()).toEqual(before)
  })

  test('sizes and checksums that were announced hold', async () => {
    const send = (bytes: number, more: object) =>
      storeFile(world.as('ann'), { ...place(), source: pieces(Buffer.alloc(bytes), 100), ...more })
    expect(await faultOf(send(10, { size: 9 }))).toBe('checksum-mismatch body')
    expect(await faultOf(send(10, { size: 11 }))).toBe('checksum-mismatch body')
    expect(await faultOf(send(5000, { size: 4999 }))).toBe('checksum-mismatch body')
    expect(await faultOf(send(10, { md5: '0'.repeat(32) }))).toBe('checksum-mismatch body')
    expect(await faultOf(send(1, { size: 2_000_001 }))).toBe('too-large upload')
    expect(await faultOf(send(1, { size: -1 }))).toBe('invalid upload')
    const large = storeFile(world.as('ann'), {
      ...place(),
      source: pieces(Buffer.alloc(2_000_001), 50_000),
    })
    expect(await faultOf(large)).toBe('too-large body')
    const named = { parent: { id: roomId }, name: 'CON.txt', source: pieces(Buffer.alloc(1)) }
    const fault = await thrown(storeFile(world.as('ann'), named))
    expect([fault.code, fault.data.rule]).toEqual(['invalid-name', 'reserved'])
  })

  test('a file that is named gets the bytes as its new version', async () => {
    const shared = await world.room('Shared', { bob: CREATE | DELETE })
    const first = await storeFile(world.as('ann'), {
      parent: { id: shared },
      name: 'doc.txt',
      source: pieces(Buffer.from('one')),
    })
    const bytes = randomBytes(3000)
    const source = pieces(bytes)
    const view = await storeFile(world.as('bob'), { nodeToReplace: idOf(first), source })
    expect(view.node).toMatchObject({ id: first.node.id, name: 'doc.txt' })
    expect(view).toEqual(await findNode(world.as('bob'), { node: idOf(first) }))
    expect((await world.bytesOf(world.as('ann'), idOf(first))).equals(bytes)).toBe(true)
    const folder = { nodeToReplace: { id: shared }, source: pieces(Buffer.alloc(1)) }
    expect(await faultOf(storeFile(world.as('ann'), folder))).toBe('wrong-kind node target')
    const foreign = { nodeToReplace: idOf(first), source: pieces(Buffer.alloc(1)) }
    expect(await faultOf(storeFile(world.as('admin'), foreign))).toBe('not-found node target')
  })

  test('the type is what was claimed, or what the name says', async () => {
    const typeOf = async (name: string, mediaType?: string) => {
      const source = pieces(Buffer.from('x'))
      const input = { parent: { id: roomId }, name, mediaType, source }
      return (await storeFile(world.as('ann'), input)).node.content?.mediaType
    }
    expect(await typeOf('a.pdf')).toBe('application/pdf')
    expect(await typeOf('b.pdf', 'application/octet-stream')).toBe('application/pdf')
    expect(await typeOf('c.pdf', 'Text/Plain; charset=utf-8')).toBe('text/plain')
    expect(await typeOf('d.unknown-ending', 'not a type\r\nx: y')).toBe('application/octet-stream')
  })
})
