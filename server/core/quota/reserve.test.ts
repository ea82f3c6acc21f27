import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { sweep } from '../jobs/sweep.ts'
import { changeNode } from '../nodes/change-node.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { cancelUpload } from '../uploads/cancel-upload.ts'
import { completeUpload } from '../uploads/complete-upload.ts'
import { startUpload } from '../uploads/start-upload.ts'
import { storeFile } from '../uploads/store-file.ts'
import { writeChunk } from '../uploads/write-chunk.ts'

describe.each(await testDatabases())('quotas on $kind', (databases) => {
  let world: TransferWorld
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases, { limits: { smallFileBytes: 1000 } })
  })
  afterAll(() => world.stop())

  const room = (quota?: number) => world.room(`Room ${++count}`, { quota })
  const left = async (bytes: number) => ({ quota: (await world.tenantBytes()) + bytes })
  const store = (parentId: number, size: number, tenant = {}) =>
    storeFile(world.as('ann', tenant), {
      parent: { id: parentId },
      name: `file-${++count}`,
      source: pieces(Buffer.alloc(size), 500),
    })
  const start = async (parentId: number, size?: number, tenant = {}) => {
    const place = { parent: { id: parentId }, name: `file-${++count}` }
    const started = await startUpload(world.as('ann', tenant), { ...place, size })
    return { id: started.kind === 'open' ? started.upload.id : 0 }
  }
  const refusal = async (work: Promise<unknown>) => {
    const { code, data } = await thrown(work)
    return [code, data.of]
  }

  test('the tenant is full to the byte', async () => {
    const id = await room()
    const tenant = await left(100)
    expect(await refusal(store(id, 101, tenant))).toEqual(['quota-exceeded', 'tenant'])
    await store(id, 60, tenant)
    await store(id, 40, tenant)
    expect(await refusal(store(id, 1, tenant))).toEqual(['quota-exceeded', 'tenant'])
    await store(id, 0, tenant)
    expect(await refusal(store(id, 5000, tenant))).toEqual(['quota-exceeded', 'tenant'])
    expect(await refusal(start(id, 1, tenant))).toEqual(['quota-exceeded', 'tenant'])
  })

  test('what was announced is taken until it is cancelled, done or over', async () => {
    const id = await room()
    const tenant = await left(100)
    const [a, b] = [await start(id, 50, tenant), await start(id, 50, tenant)]
    expect(await refusal(store(id, 1, tenant))).toEqual(['quota-exceeded', 'tenant'])
    await cancelUpload(world.as('ann'), { upload: a })
    await store(id, 50, tenant)
    await writeChunk(world.as('ann', tenant), { upload: b, source: pieces(Buffer.alloc(50)) })
    await completeUpload(world.as('ann', tenant), { upload: b })
    expect(await world.tenantBytes()).toBe(tenant.quota)
    const wider = await left(70)
    await start(id, 70, wider)
    world.pass(86_400_001)
    await sweep(world.app)
    await store(id, 70, wider)
  })

  test('what was not announced is taken as it comes', async () => {
    const id = await room()
    const tenant = await left(1500)
    const upload = await start(id, undefined, tenant)
    const ann = world.as('ann', tenant)
    const chunk = (size: number) => ({ upload, source: pieces(Buffer.alloc(size)) })
    await writeChunk(ann, chunk(900))
    const more = writeChunk(ann, chunk(601))
    expect(await refusal(more)).toEqual(['quota-exceeded', 'tenant'])
    await writeChunk(ann, chunk(600))
    await completeUpload(ann, { upload })
    expect(await world.tenantBytes()).toBe(tenant.quota)
  })

  test('rooms count what lives in them, at any depth, and what is on its way', async () => {
    const id = await room(1000)
    const folder = await createFolder(world.as('ann'), { parent: { id }, name: 'f' })
    const upload = await start(folder.node.id, 400)
    expect(await refusal(store(folder.node.id, 601))).toEqual(['quota-exceeded', 'room'])
    const file = await store(id, 600)
    expect(await refusal(start(id, 1))).toEqual(['quota-exceeded', 'room'])
    await writeChunk(world.as('ann'), { upload, source: pieces(Buffer.alloc(400)) })
    await completeUpload(world.as('ann'), { upload })
    expect(await refusal(store(id, 1))).toEqual(['quota-exceeded', 'room'])
    await deleteNodes(world.as('ann'), { nodes: [idOf(file)], mode: 'all' })
    await store(id, 600)
    await changeNode(world.as('admin'), { node: { id }, change: { quota: 2000 } })
    await store(id, 1000)
    expect(await refusal(store(folder.node.id, 1))).toEqual(['quota-exceeded', 'room'])
  })

  test('the own home is told from rooms', async () => {
    const ann = world.nodes.ids.ann
    const homes = await world.as('ann').read((tx) => tx.nodes.homesOf([ann]))
    const home = homes.get(ann)?.id ?? 0
    await changeNode(world.nodes.asSystem(), { node: { id: home }, change: { quota: 10 } })
    await store(home, 10)
    expect(await refusal(store(home, 1))).toEqual(['quota-exceeded', 'home'])
    const more = { parent: { id: home }, name: 'more', source: pieces(Buffer.alloc(1)) }
    const byOther = storeFile(world.nodes.asSystem(), more)
    expect(await refusal(byOther)).toEqual(['quota-exceeded', 'room'])
  })

  test('a new version counts what it grows by in rooms, and whole in the tenant', async () => {
    const id = await room(1000)
    const file = await store(id, 800)
    const before = await world.tenantBytes()
    const replace = (size: number) =>
      storeFile(world.as('ann'), {
        nodeToReplace: idOf(file),
        source: pieces(Buffer.alloc(size)),
      })
    expect(await faultOf(replace(1001))).toBe('quota-exceeded node target')
    await replace(1000)
    expect(await world.tenantBytes()).toBe(before + 1000)
    await replace(100)
    await store(id, 900)
    expect(await refusal(store(id, 1))).toEqual(['quota-exceeded', 'room'])
  })

  test.each([
    ['tenant', 10],
    ['room', 10],
    ['tenant', 2000],
  ] as const)('of 25 at once exactly as many fit as there is place (%s, %i)', async (of, size) => {
    const id = await room(of === 'room' ? size * 10 + 5 : undefined)
    const tenant = of === 'tenant' ? await left(size * 10 + 5) : {}
    const work = Array.from({ length: 25 }, (_, at) =>
      at % 2 === 0 ? store(id, size, tenant) : start(id, size, tenant),
    )
    const results = await Promise.allSettled(work)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    const counted = await world.nodes.asSystem().read((tx) => tx.checks.countBytes())
    expect(await world.tenantBytes()).toBe(counted)
  })
})
