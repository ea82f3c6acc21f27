import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { App } from '../ctx.ts'
import { pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { completeDirectUpload } from '../uploads/complete-direct-upload.ts'
import { finishUpload } from '../uploads/finish-upload.ts'
import { partTickets } from '../uploads/part-tickets.ts'
import { startUpload } from '../uploads/start-upload.ts'
import { uploadStatus } from '../uploads/upload-status.ts'
import { writePart } from '../uploads/write-part.ts'
import { LostLease, leaseOf, leaseSeconds } from './lease.ts'
import { runJobs } from './run-jobs.ts'
import { queueSweep } from './sweep-job.ts'

describe.each(await testDatabases())('jobs on $kind', (databases) => {
  let world: TransferWorld
  let roomId: number
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases, { limits: { smallFileBytes: 1000 } })
    roomId = await world.room('Room')
  })
  afterAll(() => world.stop())

  const finishing = async () => {
    const place = { parent: { id: roomId }, name: `file-${++count}`, direct: true }
    const started = await startUpload(world.as('ann'), place)
    const upload = { id: started.kind === 'open' ? started.upload.id : 0 }
    const bytes = randomBytes(3000)
    const range = { first: 1, last: 1, size: bytes.length }
    const [{ ticket = '' } = {}] = await partTickets(world.as('ann'), { upload, ...range })
    const { etag } = await writePart(world.anonymous(), { ticket, source: pieces(bytes) })
    const parts = [{ partNumber: 1, etag }]
    await completeDirectUpload(world.as('ann'), { upload, parts })
    return upload
  }
  const statusOf = (upload: { id: number }) => uploadStatus(world.as('ann'), { upload })
  const run = (app: App = world.app) => runJobs(app, world.as('ann').tenant)
  const system = () => ({ ...world.as('ann'), actor: { kind: 'system' as const } })
  const failing = (fails: () => boolean): App => ({
    ...world.app,
    hasher: {
      ...world.app.hasher,
      begin() {
        if (fails()) throw new Error('the disk is gone')
        return world.app.hasher.begin()
      },
    },
  })

  test('one of many workers does it', async () => {
    const upload = await finishing()
    const counts = await Promise.all(Array.from({ length: 6 }, () => run()))
    expect(counts.reduce((sum, ran) => sum + ran)).toBe(1)
    expect((await statusOf(upload)).state).toBe('done')
  })

  test('what fails is tried again after pauses that grow', async () => {
    const upload = await finishing()
    let attempts = 0
    const app = failing(() => ++attempts < 3)
    expect(await run(app)).toBe(1)
    expect((await statusOf(upload)).state).toBe('finishing')
    expect(await run(app)).toBe(0)
    world.pass(1000)
    expect(await run(app)).toBe(1)
    world.pass(1000)
    expect(await run(app)).toBe(0)
    world.pass(1000)
    expect(await run(app)).toBe(1)
    expect((await statusOf(upload)).state).toBe('done')
    expect(attempts).toBe(3)
  })

  test('what fails ten times fails for good', async () => {
    const before = await world.tenantBytes()
    const upload = await finishing()
    const app = failing(() => true)
    for (let attempt = 0; attempt < 10; attempt++) {
      expect((await statusOf(upload)).state).toBe('finishing')
      expect(await run(app)).toBe(1)
      world.pass(600_000)
    }
    expect(await statusOf(upload)).toMatchObject({
      state: 'failed',
      failure: 'unavailable upload',
    })
    expect(await world.tenantBytes()).toBe(before)
    expect(await run(app)).toBe(0)
  })

  test('who has lost the lease writes nothing', async () => {
    const upload = await finishing()
    const slow = system()
    const first = await slow.write((tx) => tx.jobs.lease(slow.now, leaseSeconds))
    const slowLease = leaseOf(slow, first!)
    expect(await run()).toBe(0)
    world.pass(leaseSeconds * 1000)
    const fast = system()
    const second = await fast.write((tx) => tx.jobs.lease(fast.now, leaseSeconds))
    expect(second).toMatchObject({ id: first!.id, fence: first!.fence + 1, attempts: 2 })
    const late = () => finishUpload(slow, slowLease)
    await expect(late()).rejects.toBeInstanceOf(LostLease)
    await expect(slowLease.renew()).rejects.toBeInstanceOf(LostLease)
    expect((await statusOf(upload)).state).toBe('finishing')
    await finishUpload(fast, leaseOf(fast, second!))
    const done = await statusOf(upload)
    expect(done.state).toBe('done')
    await expect(late()).rejects.toBeInstanceOf(LostLease)
    expect(await statusOf(upload)).toEqual(done)
  })

  test('a lease that is renewed is not taken over', async () => {
    await finishing()
    const ctx = system()
    const job = await ctx.write((tx) => tx.jobs.lease(ctx.now, leaseSeconds))
    const lease = leaseOf(ctx, job!)
    world.pass(leaseSeconds * 900)
    await lease.renew()
    world.pass(leaseSeconds * 900)
    expect(await run()).toBe(0)
    expect(await ctx.read((tx) => tx.jobs.holds(job!.id, job!.fence, world.now()))).toBe(true)
    world.pass(leaseSeconds * 200)
    expect(await ctx.read((tx) => tx.jobs.holds(job!.id, job!.fence, world.now()))).toBe(false)
    expect(await run()).toBe(1)
  })

  test('the sweep queues its successor, once', async () => {
    await queueSweep(world.app)
    await queueSweep(world.app)
    expect(await system().read((tx) => tx.jobs.count())).toBe(1)
    expect(await run()).toBe(1)
    expect(await system().read((tx) => tx.jobs.count())).toBe(1)
    expect(await run()).toBe(0)
    world.pass(15 * 60_000)
    expect(await run()).toBe(1)
  })
})
