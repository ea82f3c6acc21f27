import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { App } from '../ctx.ts'
import { startArchiveTask } from '../downloads/archive-task.ts'
import { openOrder } from '../downloads/order-archive.ts'
import { leaseSeconds } from '../jobs/lease.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { sweep } from '../jobs/sweep.ts'
import { READ } from '../permissions/permission.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { startConfirmTask } from '../uploads/confirm-uploads-task.ts'
import { startUpload } from '../uploads/start-upload.ts'
import { storeFile } from '../uploads/store-file.ts'
import { writeChunk } from '../uploads/write-chunk.ts'
import { findTask, taskResult } from './find-task.ts'

describe.each(await testDatabases())('tasks on $kind', (databases) => {
  let world: TransferWorld
  let room: number
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases)
    room = await world.room('Room', { bob: READ })
  })
  afterAll(() => world.stop())

  const ann = () => world.as('ann')
  const run = (app: App = world.app) => runJobs(app, world.nodes.tenant, 'tasks')
  const arrived = async () => {
    const place = { parent: { id: room }, name: `file ${++count}` }
    const started = await startUpload(ann(), place)
    if (started.kind !== 'open') throw new Error('deduplicated')
    const source = pieces(Buffer.from('hello'))
    await writeChunk(ann(), { upload: { token: started.token }, source })
    return started.token
  }

  test('its owner sees it wait, and what came of it', async () => {
    const tokens = [await arrived(), 'unknown', await arrived()]
    const { token } = await startConfirmTask(ann(), { tokens })
    expect(await findTask(ann(), { token })).toMatchObject({ state: 'waiting', progress: 0 })
    expect(await run()).toBe(1)
    const end = { state: 'done', progress: 100, result: { success: 2, failed: 1 } }
    expect(await taskResult(ann(), { token })).toMatchObject(end)
    expect(await run()).toBe(0)
  })

  test('nobody else sees it, and nobody for longer than a day', async () => {
    const { token } = await startConfirmTask(ann(), { tokens: [] })
    await run()
    expect(await faultOf(findTask(world.as('bob'), { token }))).toBe('not-found task')
    expect(await faultOf(findTask(world.anonymous(), { token }))).toBe('unauthenticated session')
    for (const wrong of ['', 'x', 'y'.repeat(999)]) {
      expect(await faultOf(findTask(ann(), { token: wrong }))).toBe('not-found task')
    }
    world.pass(86_400_000)
    expect(await faultOf(findTask(ann(), { token }))).toBe('not-found task')
    expect((await sweep(world.app, { listStore: false })).tasks).toBeGreaterThan(0)
  })

  test('another worker goes on where one died, and the dead one writes nothing more', async () => {
    const { token, task } = await startConfirmTask(ann(), { tokens: [await arrived()] })
    const system = world.nodes.asSystem()
    const now = world.now()
    const held = await system.write((tx) => tx.jobs.lease(now, leaseSeconds, 'tasks'))
    await system.write((tx) => tx.tasks.update(task.id, { state: 'running', updatedAt: now }))
    expect(await run()).toBe(0)
    world.pass(leaseSeconds * 1000 + 1)
    expect(await run()).toBe(1)
    expect(await findTask(ann(), { token })).toMatchObject({ state: 'done' })
    expect(await system.write((tx) => tx.jobs.finish(held!.id, held!.fence))).toBe(false)
  })

  test('what fails for a moment is tried again, what is decided ends it', async () => {
    const { token } = await startConfirmTask(ann(), { tokens: [await arrived()] })
    let fails = true
    const blobs = { ...world.app.blobs }
    const failing: App = {
      ...world.app,
      blobs,
      secrets: {
        ...world.app.secrets,
        unseal(text) {
          if (fails) throw new Error('the key is not there')
          return world.app.secrets.unseal(text)
        },
      },
    }
    expect(await run(failing)).toBe(1)
    expect(await findTask(ann(), { token })).toMatchObject({ state: 'running' })
    fails = false
    world.pass(2000)
    expect(await run(failing)).toBe(1)
    expect(await findTask(ann(), { token })).toMatchObject({ state: 'done' })
  })

  test('an archive is looked through before its address is told', async () => {
    const source = pieces(Buffer.from('some bytes'))
    const file = await storeFile(ann(), { parent: { id: room }, name: 'some', source })
    const nodes = [{ id: room }]
    const { token } = await startArchiveTask(world.as('bob'), { nodes, name: 'Mine.zip' })
    await run()
    const { result } = await taskResult(world.as('bob'), { token })
    expect(result).toMatchObject({ name: 'Mine.zip', files: count + 1 })
    const archive = await openOrder(world.anonymous(), { token: String(result?.token) })
    expect(archive.size).toBe(result?.size)
    const hidden = startArchiveTask(world.as('bob'), { nodes: [{ id: 999_999 }] })
    expect(await faultOf(hidden)).toBe('not-found node target')
    expect(idOf(file).id).toBeGreaterThan(0)
  })

  test('it runs on what its owner may do then', async () => {
    const { token } = await startArchiveTask(world.as('bob'), { nodes: [{ id: room }] })
    const lock = (isLocked: boolean) =>
      world.nodes.asSystem().write((tx) => tx.users.update(world.nodes.ids.bob, { isLocked }))
    await lock(true)
    await run()
    await lock(false)
    const fault = await thrown(taskResult(world.as('bob'), { token }))
    expect([fault.code, fault.subject, fault.data.code]).toEqual(['failed', 'task', 'not-found'])
  })

  test('nobody has more than so many waiting', async () => {
    for (let at = 0; at < 5; at++) await startConfirmTask(world.as('bob'), { tokens: [] })
    const sixth = startConfirmTask(world.as('bob'), { tokens: [] })
    expect(await faultOf(sixth)).toBe('too-many task')
    await run()
    await startConfirmTask(world.as('bob'), { tokens: [] })
    await run()
    const many = Array.from({ length: 999 }, () => 'x')
    expect(await faultOf(startConfirmTask(ann(), { tokens: many }))).toBe('too-many upload')
  })
})
