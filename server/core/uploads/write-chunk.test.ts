import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { completeUpload } from './complete-upload.ts'
import { type StartUpload, startUpload } from './start-upload.ts'
import type { UploadRef } from './upload.ts'
import { writeChunk } from './write-chunk.ts'

const small = 1000

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

describe.each(await testDatabases())('chunks on $kind', (databases) => {
  let world: TransferWorld
  let roomId: number
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases, { disk: true, limits: { smallFileBytes: small } })
    roomId = await world.room('Chunks')
  })
  afterAll(() => world.stop())

  const open = async (input: Partial<StartUpload> = {}): Promise<{ id: number; token: string }> => {
    const place = { parent: { id: roomId }, name: `file-${++count}` }
    const started = await startUpload(world.as('ann'), { ...place, ...input } as StartUpload)
    if (started.kind !== 'open') throw new Error('stored at once')
    return { id: started.upload.id, token: started.token }
  }
  const send = (upload: UploadRef, bytes: Uint8Array, start?: number) =>
    writeChunk(world.as('ann'), { upload, source: pieces(bytes, 300), start })
  const keysOf = (id: number) =>
    world.as('ann').read(async (tx) => (await tx.uploads.parts(id)).map(({ key }) => key))

  test('answers total, bytes and MD5 of the chunk', async () => {
    const upload = await open()
    const [first, second] = [randomBytes(400), randomBytes(50)]
    expect(await send(upload, first)).toEqual({ size: 400, received: 400, md5: md5(first) })
    expect(await send(upload, second)).toEqual({ size: 450, received: 50, md5: md5(second) })
    const view = await completeUpload(world.as('ann'), { upload })
    expect(view.node.content).toMatchObject({
      size: 450,
      md5: md5(Buffer.concat([first, second])),
    })
    expect(await world.bytesOf(world.as('ann'), idOf(view))).toEqual(Buffer.concat([first, second]))
  })

  test('few bytes make no object; when they grow, they become one', async () => {
    const upload = await open()
    const bytes = randomBytes(1500)
    const before = await world.keys()
    await send(upload, bytes.subarray(0, 400))
    await send(upload, bytes.subarray(400, 1000))
    expect(await world.keys()).toEqual(before)
    expect(await keysOf(upload.id)).toEqual([null, null])
    await send(upload, bytes.subarray(1000))
    expect(await world.keys()).toHaveLength(before.length + 1)
    const [key] = await keysOf(upload.id)
    expect(key).toMatch(/^[0-9a-f]{32}$/)
    expect((await world.blobs.stat(key!))?.size).toBe(1500)
  })

  test('the token is authority enough, for an anonymous caller', async () => {
    const { token } = await open()
    const source = pieces(Buffer.from('hello'))
    const anonymous = world.anonymous()
    expect((await writeChunk(anonymous, { upload: { token }, source })).size).toBe(5)
    const view = await completeUpload(anonymous, { upload: { token } })
    expect(view.createdBy.userName).toBe('ann')
  })

  test('nobody else finds an upload by its id, and no token is not one', async () => {
    const { id } = await open()
    const source = () => pieces(Buffer.from('x'))
    const asBob = () => writeChunk(world.as('bob'), { upload: { id }, source: source() })
    expect(await faultOf(asBob())).toBe('not-found upload')
    const wrong = { upload: { token: 'x' }, source: source() }
    expect(await faultOf(writeChunk(world.anonymous(), wrong))).toBe('not-found upload')
    const anonymous = () => writeChunk(world.anonymous(), { upload: { id }, source: source() })
    expect(await faultOf(anonymous())).toBe('not-found upload')
  })

  test('a start beyond the end is refused and says where the end is', async () => {
    const upload = await open()
    await send(upload, Buffer.alloc(10))
    for (const start of [11, -1, 1.5, Number.NaN]) {
      const fault = await thrown(send(upload, Buffer.alloc(1), start))
      expect([fault.code, fault.subject, fault.data]).toEqual(['range', 'upload', { stored: 10 }])
    }
    expect((await send(upload, Buffer.alloc(1), 10)).size).toBe(11)
  })

  test('more than was announced is refused, and so is more than the limit', async () => {
    const upload = await open({ size: 100 })
    expect(await faultOf(send(upload, Buffer.alloc(101)))).toBe('checksum-mismatch body')
    await send(upload, Buffer.alloc(60))
    expect(await faultOf(send(upload, Buffer.alloc(41)))).toBe('checksum-mismatch body')
    const limited = { upload, source: pieces(Buffer.alloc(30)), maxBytes: 20 }
    expect(await faultOf(writeChunk(world.as('ann'), limited))).toBe('too-large body')
    expect((await send(upload, Buffer.alloc(40))).size).toBe(100)
  })

  test.each([500, 5000])('a stream that breaks after %i bytes changes nothing', async (size) => {
    const upload = await open()
    const bytes = randomBytes(6000)
    await send(upload, bytes.subarray(0, 700))
    async function* broken() {
      yield* pieces(bytes.subarray(700, 700 + size), 100)
      throw new Error('gone')
    }
    const failing = writeChunk(world.as('ann'), { upload, source: broken() })
    await expect(failing).rejects.toThrow('gone')
    expect((await send(upload, bytes.subarray(700))).size).toBe(6000)
    const view = await completeUpload(world.as('ann'), { upload })
    expect(view.node.content?.md5).toBe(md5(bytes))
    expect((await world.bytesOf(world.as('ann'), idOf(view))).equals(bytes)).toBe(true)
  })

  test('chunks side by side are taken one after the other', async () => {
    const upload = await open()
    const parts = Array.from({ length: 12 }, (_, at) => Buffer.alloc(250, at + 1))
    const answers = await Promise.all(parts.map((part) => send(upload, part)))
    expect(answers.map(({ size }) => size)).toEqual(parts.map((_, at) => (at + 1) * 250))
    const view = await completeUpload(world.as('ann'), { upload })
    expect(await world.bytesOf(world.as('ann'), idOf(view))).toEqual(Buffer.concat(parts))
  })

  test('any sequence of chunks and chunks sent again is what the model says', async () => {
    const chunk = fc.record({
      size: fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 3000 })),
      back: fc.oneof(fc.constant(undefined), fc.constant(0), fc.integer({ min: 0, max: 4000 })),
      seed: fc.integer({ min: 0, max: 255 }),
    })
    const runs = fc.asyncProperty(fc.array(chunk, { maxLength: 8 }), async (chunks) => {
      const upload = await open()
      let model = Buffer.alloc(0)
      for (const { size, back, seed } of chunks) {
        const start = back === undefined ? undefined : Math.max(0, model.length - back)
        const bytes = Buffer.from(Array.from({ length: size }, (_, at) => (at * 7 + seed) % 256))
        const answer = await send(upload, bytes, start)
        if (size > 0) model = Buffer.concat([model.subarray(0, start ?? model.length), bytes])
        expect(answer).toEqual({ size: model.length, received: size, md5: md5(bytes) })
      }
      const view = await completeUpload(world.as('ann'), { upload })
      expect(view.node.content).toMatchObject({ size: model.length, md5: md5(model) })
      expect((await world.bytesOf(world.as('ann'), idOf(view))).equals(model)).toBe(true)
      expect(await world.tenantBytes()).toBe(await counted())
    })
    await fc.assert(runs, { numRuns: databases.kind === 'sqlite' ? 40 : 15 })
  })

  const counted = () => world.nodes.asSystem().read((tx) => tx.checks.countBytes())

  test('past its end an upload takes nothing more', async () => {
    const upload = await open()
    await send(upload, Buffer.alloc(10))
    world.pass(86_400_001)
    expect(await faultOf(send(upload, Buffer.alloc(10)))).toBe('expired upload')
    expect(await faultOf(completeUpload(world.as('ann'), { upload }))).toBe('expired upload')
  })
})
