import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { findNode } from '../nodes/find-node.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { type StartUpload, startUpload } from './start-upload.ts'
import { storeFile } from './store-file.ts'

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

describe.each(await testDatabases())('starting uploads on $kind', (databases) => {
  let world: TransferWorld
  let roomId: number
  let secretId: number

  beforeAll(async () => {
    world = await transferWorld(databases, { limits: { smallFileBytes: 1000 } })
    roomId = await world.room('Room', { bob: CREATE | READ })
    secretId = await world.room('Secret')
  })
  afterAll(() => world.stop())

  const start = (who: 'ann' | 'bob', name: string, more: Partial<StartUpload> = {}) =>
    startUpload(world.as(who), { parent: { id: roomId }, name, ...more } as StartUpload)
  const store = (parentId: number, name: string, bytes: Uint8Array) =>
    storeFile(world.as('ann'), { parent: { id: parentId }, name, source: pieces(bytes) })

  test('names, places and rights are looked at first', async () => {
    expect(await faultOf(start('ann', 'a|b'))).toBe('invalid-name node')
    const elsewhere = start('bob', 'x', { parent: { id: secretId } } as Partial<StartUpload>)
    expect(await faultOf(elsewhere)).toBe('not-found node parent')
    const file = await store(roomId, 'a file', Buffer.from('x'))
    const below = { parent: idOf(file) } as Partial<StartUpload>
    expect(await faultOf(start('ann', 'x', below))).toBe('wrong-kind node parent')
    expect(await faultOf(start('ann', 'x', { size: -1 }))).toBe('invalid upload')
    expect(await faultOf(start('ann', 'x', { size: 1e12 }))).toBe('too-large upload')
    expect(await faultOf(start('ann', 'x', { md5: 'zz' }))).toBe('invalid upload')
    expect(await faultOf(start('ann', 'x', { classification: 9 }))).toBe('invalid node')
    const anonymous = startUpload(world.anonymous(), { parent: { id: roomId }, name: 'x' })
    expect(await faultOf(anonymous)).toBe('unauthenticated session')
  })

  test('a clash that is asked for is told at once', async () => {
    await store(roomId, 'there', Buffer.from('x'))
    expect((await start('ann', 'there')).kind).toBe('open')
    const fail = start('ann', 'THERE', { onClash: 'fail' })
    expect(await faultOf(fail)).toBe('name-taken node target')
    const over = start('bob', 'there', { onClash: 'overwrite' })
    expect(await faultOf(over)).toBe('forbidden node target')
    expect((await start('ann', 'there', { onClash: 'overwrite' })).kind).toBe('open')
  })

  test.each([200, 5000])('what is readable already need not be sent (%i bytes)', async (size) => {
    const bytes = randomBytes(size)
    await store(roomId, `known ${size}`, bytes)
    const wanted = { size, md5: md5(bytes).toUpperCase(), mayDeduplicate: true }
    const stored = await start('bob', `copy ${size}`, wanted)
    if (stored.kind !== 'stored') throw new Error('the bytes are asked for')
    expect(stored.view).toEqual(await findNode(world.as('bob'), { node: idOf(stored.view) }))
    expect(await world.bytesOf(world.as('bob'), idOf(stored.view))).toEqual(bytes)
    expect((await start('bob', 'other', { ...wanted, size: size + 1 })).kind).toBe('open')
    expect((await start('bob', 'other', { ...wanted, mayDeduplicate: false })).kind).toBe('open')
  })

  test('an unreadable checksum answers what an unknown one does', async () => {
    const bytes = randomBytes(300)
    const secret = await store(secretId, 'secret', bytes)
    const ask = async (sum: string) => {
      const more = { size: 300, md5: sum, mayDeduplicate: true }
      const started = await start('bob', 'asked', more)
      if (started.kind !== 'open') return started.kind
      const { id, md5: _, createdAt: _at, expiresAt: _end, ...rest } = started.upload
      return rest
    }
    expect(await ask(md5(bytes))).toEqual(await ask('0'.repeat(32)))
    const grants = [{ userId: world.nodes.ids.bob, permissions: READ, expireAt: world.now() + 10 }]
    await setRoomGrants(world.as('ann'), { room: { id: secretId }, grants })
    const wanted = { size: 300, md5: md5(bytes), mayDeduplicate: true }
    expect((await start('bob', 'now readable', wanted)).kind).toBe('stored')
    world.pass(11)
    const mine = await world.as('ann').read((tx) => tx.nodes.findChild(roomId, 'now readable'))
    await deleteNodes(world.as('ann'), { nodes: [{ id: mine!.id }], mode: 'all' })
    expect((await start('bob', 'no longer', wanted)).kind).toBe('open')
    await deleteNodes(world.as('ann'), { nodes: [idOf(secret)], mode: 'all' })
    expect((await start('ann', 'in the trash', wanted)).kind).toBe('open')
  })
})
