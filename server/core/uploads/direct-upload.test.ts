import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { Ctx } from '../ctx.ts'
import { onJobQueued } from '../jobs/job-signal.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import {
  directOf,
  idOf,
  pieces,
  type TransferWorld,
  transferWorld,
} from '../suites/transfer-world.suite.ts'
import { completeDirectUpload } from './complete-direct-upload.ts'
import { type PartTicket, partTickets } from './part-tickets.ts'
import { type StartUpload, startUpload } from './start-upload.ts'
import { storeFile } from './store-file.ts'
import { uploadStatus } from './upload-status.ts'
import { writeChunk } from './write-chunk.ts'
import { writePart } from './write-part.ts'

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

const stores = [
  { name: 'a folder', options: { disk: true, direct: false } },
  { name: 'an object store', options: { disk: false, direct: true } },
]
const engines = await testDatabases()
const cases = engines.flatMap((databases) => stores.map((store) => ({ databases, ...store })))

describe.each(cases)('direct uploads on $databases.kind and $name', ({ databases, options }) => {
  let world: TransferWorld
  let roomId: number
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases, { ...options, limits: { smallFileBytes: 1000 } })
    roomId = await world.room('Room', { bob: CREATE })
  })
  afterAll(() => world.stop())

  const open = async (input: Partial<StartUpload> = {}, who: 'ann' | 'bob' = 'ann') => {
    const place = { parent: { id: roomId }, name: `file-${++count}`, direct: true }
    const started = await startUpload(world.as(who), { ...place, ...input } as StartUpload)
    if (started.kind !== 'open') throw new Error('stored at once')
    return { id: started.upload.id }
  }
  const put = async ({ url, ticket }: PartTicket, bytes: Uint8Array) => {
    if (url !== undefined) return directOf(world).receive(url, bytes)
    const source = pieces(bytes, 300)
    return (await writePart(world.anonymous(), { ticket: ticket!, source })).etag
  }
  const send = async (upload: { id: number }, parts: readonly Uint8Array[], ctx?: Ctx) => {
    const sent: { partNumber: number; etag: string }[] = []
    for (const [at, bytes] of [...parts.entries()].reverse()) {
      const range = { first: at + 1, last: at + 1, size: bytes.byteLength }
      const [ticket] = await partTickets(ctx ?? world.as('ann'), { upload, ...range })
      sent.push({ partNumber: at + 1, etag: await put(ticket!, bytes) })
    }
    return sent
  }
  const statusOf = (upload: { id: number }) => uploadStatus(world.as('ann'), { upload })
  const work = () => runJobs(world.app, world.as('ann').tenant)

  test.each([[[5000, 5000, 17]], [[700]], [[0]]])('parts of %j bytes', async (sizes) => {
    const parts = sizes.map((size) => randomBytes(size))
    const whole = Buffer.concat(parts)
    const upload = await open({ size: whole.length, md5: md5(whole), notes: 'direct' })
    const sent = await send(upload, parts)
    expect((await statusOf(upload)).state).toBe('open')
    let told = 0
    const end = onJobQueued(world.app, () => told++)
    await completeDirectUpload(world.as('ann'), { upload, parts: sent })
    end()
    expect(told).toBe(1)
    expect(await statusOf(upload)).toMatchObject({ state: 'finishing', view: null, failure: null })
    await completeDirectUpload(world.as('ann'), { upload, parts: sent })
    expect(await work()).toBe(1)
    const { state, view } = await statusOf(upload)
    expect(state).toBe('done')
    expect(view?.node).toMatchObject({ notes: 'direct', createdBy: world.nodes.ids.ann })
    expect(view?.node.content).toMatchObject({ size: whole.length, md5: md5(whole) })
    expect((await world.bytesOf(world.as('ann'), idOf(view!))).equals(whole)).toBe(true)
    await completeDirectUpload(world.as('ann'), { upload, parts: sent })
    expect(await work()).toBe(0)
    const counted = await world.nodes.asSystem().read((tx) => tx.checks.countBytes())
    expect(await world.tenantBytes()).toBe(counted)
  })

  test('a part may be sent again, and the last one counts', async () => {
    const upload = await open()
    await send(upload, [Buffer.alloc(2000, 1), Buffer.alloc(2000, 2)])
    const parts = [Buffer.alloc(2500, 3), Buffer.alloc(2000, 4)]
    const sent = await send(upload, parts)
    await completeDirectUpload(world.as('ann'), { upload, parts: sent })
    await work()
    const { view } = await statusOf(upload)
    expect(await world.bytesOf(world.as('ann'), idOf(view!))).toEqual(Buffer.concat(parts))
  })

  test('wrong, missing and doubled parts are refused at once', async () => {
    const upload = await open()
    const sent = await send(upload, [randomBytes(2000), randomBytes(10)])
    const complete = (parts: typeof sent) =>
      completeDirectUpload(world.as('ann'), { upload, parts })
    const [first, second] = [sent[1]!, sent[0]!]
    const wrong = { ...second, etag: '0'.repeat(32) }
    const fault = await thrown(complete([first, wrong]))
    expect([fault.code, fault.data.part]).toEqual(['part-mismatch', 2])
    const third = { partNumber: 3, etag: first.etag }
    expect(await faultOf(complete([first, second, third]))).toBe('part-mismatch upload')
    expect(await faultOf(complete([first, first]))).toBe('part-mismatch upload')
    expect(await faultOf(complete([]))).toBe('part-mismatch upload')
    await complete([{ ...first, etag: `"${first.etag}"` }])
    await work()
    expect((await statusOf(upload)).view?.node.content?.size).toBe(2000)
  })

  test('the failure of the end is told, and frees what was reserved', async () => {
    const before = await world.tenantBytes()
    const place = { parent: { id: roomId }, name: 'taken' }
    const upload = await open({ name: 'taken', size: 2000 })
    const sent = await send(upload, [randomBytes(2000)])
    await completeDirectUpload(world.as('ann'), { upload, parts: sent, onClash: 'fail' })
    await storeFile(world.as('ann'), { ...place, source: pieces(Buffer.from('x')) })
    await work()
    const failure = 'name-taken node'
    expect(await statusOf(upload)).toMatchObject({ state: 'failed', view: null, failure })
    expect(await world.tenantBytes()).toBe(before + 1)
    const again = completeDirectUpload(world.as('ann'), { upload, parts: sent })
    expect(await faultOf(again)).toBe('closed upload')
  })

  test('a name that is taken already leaves the upload open for another', async () => {
    const place = { parent: { id: roomId }, name: 'early' }
    await storeFile(world.as('ann'), { ...place, source: pieces(Buffer.from('x')) })
    const upload = await open({ name: 'early', size: 2000 })
    const parts = await send(upload, [randomBytes(2000)])
    const complete = (name: string) =>
      completeDirectUpload(world.as('ann'), { upload, parts, name, onClash: 'fail' })
    expect(await faultOf(complete('EARLY'))).toBe('name-taken node target')
    expect((await statusOf(upload)).state).toBe('open')
    await complete('late')
    await work()
    expect((await statusOf(upload)).view?.node.name).toBe('late')
  })

  test('no addresses for who may not make files now, or for what does not fit', async () => {
    const own = await world.room(`Own ${++count}`, { bob: CREATE, quota: 1000 })
    const upload = await open({ parent: { id: own }, name: 'x' } as Partial<StartUpload>, 'bob')
    const ask = (last: number) =>
      faultOf(partTickets(world.as('bob'), { upload, first: 1, last, size: 400 }))
    expect(await ask(3)).toBe('quota-exceeded node target')
    expect(
      await partTickets(world.as('bob'), { upload, first: 1, last: 2, size: 400 }),
    ).toHaveLength(2)
    const grants = [{ userId: world.nodes.ids.bob, permissions: READ }]
    await setRoomGrants(world.as('ann'), { room: { id: own }, grants })
    expect(await ask(1)).toBe('forbidden node parent')
  })

  test('bytes that differ from what was announced fail', async () => {
    const upload = await open({ size: 2001, md5: '0'.repeat(32) })
    const sent = await send(upload, [randomBytes(2000)])
    await completeDirectUpload(world.as('ann'), { upload, parts: sent })
    await work()
    expect((await statusOf(upload)).failure).toBe('checksum-mismatch upload')
  })

  test('rights are looked at when it is completed and when it is done', async () => {
    const own = await world.room(`Own ${++count}`, { bob: CREATE })
    const revoke = async (permissions: number) => {
      const grants = [{ userId: world.nodes.ids.bob, permissions }]
      await setRoomGrants(world.as('ann'), { room: { id: own }, grants })
    }
    const place = { parent: { id: own }, name: 'x' } as Partial<StartUpload>
    const upload = await open(place, 'bob')
    const sent = await send(upload, [randomBytes(2000)], world.as('bob'))
    await revoke(READ)
    const refused = completeDirectUpload(world.as('bob'), { upload, parts: sent })
    expect(await faultOf(refused)).toBe('forbidden node parent')
    await revoke(READ | CREATE)
    await completeDirectUpload(world.as('bob'), { upload, parts: sent })
    await revoke(READ)
    await work()
    const status = await uploadStatus(world.as('bob'), { upload })
    expect([status.state, status.failure]).toEqual(['failed', 'forbidden node'])
  })

  test('tickets have limits, and an upload is either in chunks or in parts', async () => {
    const upload = await open({ size: 100 })
    const ask = (first: number, last: number, size: number) =>
      partTickets(world.as('ann'), { upload, first, last, size })
    expect(await ask(1, 3, 10)).toHaveLength(3)
    expect(await faultOf(ask(0, 1, 10))).toBe('invalid upload')
    expect(await faultOf(ask(2, 1, 10))).toBe('invalid upload')
    expect(await faultOf(ask(1, 10_001, 10))).toBe('invalid upload')
    expect(await faultOf(ask(1, 1000, 10))).toBe('too-many upload')
    expect(await faultOf(ask(1, 1, 101))).toBe('too-large upload')
    const chunk = writeChunk(world.as('ann'), { upload, source: pieces(Buffer.alloc(1)) })
    expect(await faultOf(chunk)).toBe('invalid upload')
    const plain = await open({ direct: false })
    const parts = partTickets(world.as('ann'), { upload: plain, first: 1, last: 1, size: 1 })
    expect(await faultOf(parts)).toBe('invalid upload')
  })

  const ownTickets = options.direct ? [] : [2000]
  test.each(ownTickets)('our own tickets are for one part of %i bytes', async (bytes) => {
    const upload = await open({ size: 3000 })
    const range = { first: 1, last: 1, size: bytes }
    const [{ ticket = '' } = {}] = await partTickets(world.as('ann'), { upload, ...range })
    const write = (text: string, size: number) =>
      writePart(world.anonymous(), { ticket: text, source: pieces(Buffer.alloc(size)) })
    expect(await faultOf(write(ticket, 1999))).toBe('checksum-mismatch body')
    expect(await faultOf(write(ticket, 2001))).toBe('checksum-mismatch body')
    expect(await faultOf(write(ticket.replace('.2000.', '.2001.'), 2001))).toBe('not-found ticket')
    expect(await faultOf(write('nonsense', 1))).toBe('not-found ticket')
    expect((await write(ticket, 2000)).size).toBe(2000)
  })
})
