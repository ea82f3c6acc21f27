import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MemoryPreviewer, memoryPreviewer } from '../../adapters/previews/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { checkEverything } from '../check/check-everything.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { sweep } from '../jobs/sweep.ts'
import { createLink } from '../links/create-link.ts'
import { openLink } from '../links/open-link.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { smallPng } from '../suites/previewer.suite.ts'
import { type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { storeFile } from '../uploads/store-file.ts'
import { createPreview, getPreview } from './get-preview.ts'
import { createLinkPreview, getLinkPreview } from './link-preview.ts'
import { failureKeptMs, leastPauseMs } from './preview.ts'

const hour = 3_600_000

describe.each(await testDatabases())('previews on $kind', (databases) => {
  let world: TransferWorld
  let previewer: MemoryPreviewer
  let roomId: number
  let count = 0

  beforeAll(async () => {
    previewer = memoryPreviewer()
    world = await transferWorld(databases, { previewer, limits: { smallFileBytes: 50 } })
    roomId = await world.room('Room')
  })
  afterAll(() => world.stop())

  const ann = () => world.as('ann')
  const file = async (bytes: Uint8Array, name = `file ${++count}.txt`) => {
    const source = Readable.from([bytes])
    const place = { parent: { id: roomId }, name, source, onClash: 'overwrite' } as const
    const { node } = await storeFile(ann(), place)
    return { node: { id: node.id }, versionId: node.currentId }
  }
  const get = (node: { id: number }, ctx: Ctx = ann(), versionId?: number) =>
    getPreview(ctx, { node, versionId, kind: 'small' })
  const timesOf = async (work: () => Promise<unknown>) => {
    const before = previewer.made()
    await work()
    return previewer.made() - before
  }

  test('are made when they are first asked for, once for all who ask, and kept', async () => {
    const { node } = await file(smallPng)
    const bytes = await world.tenantBytes()
    const made = await timesOf(() => Promise.all(Array.from({ length: 5 }, () => get(node))))
    expect(made).toBe(1)
    const preview = await get(node)
    expect(preview).toMatchObject({ size: smallPng.length, content: { mediaType: 'image/png' } })
    expect(Buffer.concat(await (await preview.open()).toArray())).toEqual(smallPng)
    const again = () => getPreview(ann(), { node, kind: 'large' })
    expect(await timesOf(again)).toBe(0)
    expect(await world.tenantBytes()).toBe(bytes)
  })

  test('are for who may read the file, and of files alone', async () => {
    const { node } = await file(smallPng)
    expect(await faultOf(get(node, world.as('bob')))).toBe('not-found node file')
    expect(await faultOf(get(node, world.anonymous()))).toMatch(/not-found|unauthenticated/)
    expect(await faultOf(createPreview(world.as('bob'), { node }))).toBe('not-found node file')
    expect(await faultOf(get({ id: roomId }))).toBe('wrong-kind node file')
    expect(await faultOf(get(node, { ...ann(), previewer: null }))).toBe('not-found preview')
  })

  test('of an older version show that version', async () => {
    const older = await file(smallPng, 'versions.png')
    const { node } = await file(Buffer.from('text'), 'versions.png')
    expect(await faultOf(get(node))).toBe('not-found preview')
    expect((await get(node, ann(), older.versionId)).size).toBe(smallPng.length)
    expect(await faultOf(get(node, ann(), 999_999))).toBe('not-found version')
  })

  test('what failed is not tried for a while, unless somebody asks for it', async () => {
    const { node } = await file(smallPng.subarray(0, 60))
    const tried = async () => expect(await faultOf(get(node))).toBe('not-found preview')
    const create = () => createPreview(ann(), { node })
    expect(await timesOf(tried)).toBe(1)
    expect(await timesOf(tried)).toBe(0)
    expect(await timesOf(create)).toBe(0)
    world.pass(leastPauseMs)
    const { token } = await createLink(ann(), { kind: 'download', node })
    const stranger = () => createLinkPreview(world.anonymous(), { token, path: [] })
    expect(await stranger()).toEqual({ started: false })
    expect(await create()).toEqual({ started: true })
    await tried()
    world.pass(failureKeptMs)
    expect(await timesOf(tried)).toBe(1)
  })

  test('nothing is started for what nothing takes', async () => {
    const { node } = await file(Buffer.from('text'))
    expect(await createPreview(ann(), { node })).toEqual({ started: false })
    const empty = await file(Buffer.alloc(0))
    expect(await createPreview(ann(), empty)).toEqual({ started: false })
    expect(await createPreview({ ...ann(), previewer: null }, { node })).toEqual({ started: false })
  })

  test('that cannot be made now are not remembered as failed', async () => {
    const { node } = await file(smallPng)
    const make = async () => fault('unavailable', 'preview')
    const busy = { ...ann(), previewer: { ...memoryPreviewer(), make } }
    expect(await faultOf(get(node, busy))).toBe('unavailable preview')
    expect((await get(node)).size).toBe(smallPng.length)
  })

  test('stay as long as their file, and their bytes go after it', async () => {
    const { node } = await file(smallPng)
    await get(node)
    const sweepOften = async () => {
      for (let round = 0; round < 2; round++) {
        await sweep(world.app)
        world.pass(2 * hour)
      }
    }
    await sweepOften()
    expect(await timesOf(() => get(node))).toBe(0)
    const system = world.nodes.asSystem()
    const findings = async () => {
      const found: unknown[] = []
      await checkEverything(world.app, { onFinding: (one) => found.push(one), deep: true })
      return found
    }
    expect(await findings()).toEqual([])
    const before = (await world.keys()).length
    await system.write((tx) => tx.nodes.purge(node.id))
    await sweepOften()
    await sweepOften()
    expect((await world.keys()).length).toBe(before - 4)
  })

  test('through a link take no download, but need one that is left', async () => {
    const { node } = await file(smallPng)
    const { token } = await createLink(ann(), { kind: 'download', node, maxDownloads: 1 })
    const through = (kind: 'small' | 'document' = 'small', more = {}) =>
      getLinkPreview(world.anonymous(), { token, path: [], kind, ...more })
    expect((await through()).size).toBe(smallPng.length)
    expect(await faultOf(through('document'))).toBe('not-found preview')
    expect(await faultOf(through('small', { versionId: 1 }))).toBe('not-found version')
    world.pass(hour)
    const create = () => createLinkPreview(world.anonymous(), { token, path: [] })
    expect(await timesOf(create)).toBe(0)
    expect(await create()).toEqual({ started: true })
    const before = previewer.made()
    await createPreview(ann(), { node })
    await expect.poll(() => previewer.made()).toBe(before + 1)
    await openLink(world.anonymous(), { token })
    expect(await faultOf(through())).toBe('limit-reached link')
  })

  test('a document is the file itself, where it is one', async () => {
    const { node } = await file(Buffer.from('%PDF-1.7 and more'))
    const document = await getPreview(ann(), { node, kind: 'document' })
    expect(document).toMatchObject({ size: 17, content: { mediaType: 'application/pdf' } })
    const none = await file(Buffer.from('%PD'))
    const asked = getPreview(ann(), { node: none.node, kind: 'document' })
    expect(await faultOf(asked)).toBe('not-found preview')
  })
})
