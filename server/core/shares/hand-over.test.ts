import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { checkEverything } from '../check/check-everything.ts'
import type { App } from '../ctx.ts'
import { leaseSeconds } from '../jobs/lease.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { changeNode } from '../nodes/change-node.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { findNode } from '../nodes/find-node.ts'
import { listChildren } from '../nodes/list-children.ts'
import type { Store } from '../store.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { findTask, taskResult } from '../tasks/find-task.ts'
import { storeFile } from '../uploads/store-file.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { removeCollaborator } from './change-collaborator.ts'
import { startHandOver } from './hand-over.ts'
import { invite } from './invite.ts'
import { unshare } from './unshare.ts'

const all = 1023
const page = { offset: 0, limit: 100 }

describe.each(await testDatabases())('handing a shared folder over on $kind', (databases) => {
  let world: TransferWorld
  let name: string
  let shared: { id: number }
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases, { limits: { bulkItems: 2, smallFileBytes: 1024 } })
  })
  afterAll(() => world.stop())

  /** Ann's folder with three files and two folders in it, shared with bob and admin. */
  beforeEach(async () => {
    name = `share ${++count}`
    shared = idOf(await createFolder(ann(), { path: [name] }))
    await createFolder(ann(), { path: [name, 'in'] })
    const inner = idOf(await createFolder(ann(), { path: [name, 'in', 'deep'] }))
    await put('a.txt')
    await put('b.txt')
    await put('c.txt', inner)
    for (const who of ['bob', 'admin'] as const) {
      const to = { login: who }
      const { token = '' } = await invite(ann(), { node: shared, to, permissions: all })
      await acceptInvitation(world.as(who), { token })
    }
  })

  const ann = () => world.as('ann')
  const bob = () => world.as('bob')
  const put = (file: string, parent = shared, text = file) =>
    storeFile(ann(), { parent, name: file, source: pieces(Buffer.from(text)) })
  const begin = () => startHandOver(ann(), { node: shared, memberId: world.nodes.ids.bob })
  const run = (app: App = world.app) => runJobs(app, world.nodes.tenant, 'tasks')
  const namesIn = async (who: 'ann' | 'bob' | 'admin', ...path: string[]) => {
    const at = { parent: { path }, page, includeMounts: true }
    const { items } = await listChildren(world.as(who), at)
    return items.map(({ node }) => node.name).sort()
  }
  const ofRoot = async (who: 'ann' | 'bob' | 'admin') =>
    (await namesIn(who)).filter((each) => each.startsWith(name))

  /** What is true once bob has it, and only then. */
  async function isHandedOver() {
    expect(await ofRoot('bob')).toEqual([name])
    const given = await findNode(bob(), { node: { path: [name] } })
    expect(given).toMatchObject({ node: { kind: 'room' }, owner: { id: world.nodes.ids.bob } })
    expect(given.tally).toMatchObject({ folders: 1, files: 2, size: 15 })
    expect(await namesIn('bob', name)).toEqual(['a.txt', 'b.txt', 'in'])
    expect(await namesIn('bob', name, 'in', 'deep')).toEqual(['c.txt'])
    const others = await findNode(world.as('admin'), { node: { path: [name] } })
    expect([others.node.id, others.permissions]).toEqual([given.node.id, all])
    const kept = await findNode(ann(), { node: shared })
    expect(kept).toMatchObject({ node: { kind: 'folder', name }, tally: { files: 2, size: 15 } })
  }

  /** What is true when nothing came of it. */
  async function isAsBefore() {
    expect(await ofRoot('bob')).toEqual([name])
    const mount = await findNode(bob(), { node: { path: [name] } })
    expect(mount).toMatchObject({ node: shared, owner: { id: world.nodes.ids.ann } })
  }

  test('the mount steps aside, the folder fills, and everybody goes along', async () => {
    const { token } = await begin()
    expect(await ofRoot('bob')).toEqual([name])
    const between = stopAfter(world.app, 4)
    await run(between).catch(() => undefined)
    expect(await ofRoot('bob')).toEqual([name, `${name}_old`])
    expect(await namesIn('bob', `${name}_old`)).toEqual(['a.txt', 'b.txt', 'in'])
    world.pass(leaseSeconds * 1000 + 1)
    await run()
    expect(await taskResult(ann(), { token })).toMatchObject({
      state: 'done',
      result: { copied: 5 },
    })
    await isHandedOver()
  })

  test('a worker that dies between any two transactions is followed by another', async () => {
    await begin()
    // Of its job, of its state, of each step, before the end.
    for (const writes of [1, 2, 3, 3, 3, 3]) {
      expect(await run(stopAfter(world.app, writes)).catch(() => 'died')).toBe('died')
      world.pass(leaseSeconds * 1000 + 1)
    }
    await run()
    await isHandedOver()
  })

  test('a worker that was taken over writes nothing more', async () => {
    const { task } = await begin()
    let late: Promise<number> | undefined
    const slow = beforeWrite(world.app, 5, async () => {
      world.pass(leaseSeconds * 1000 + 1)
      late = run()
      await late
    })
    await run(slow)
    expect(await late).toBe(1)
    expect(await findTaskState(task.id)).toBe('done')
    await isHandedOver()
  })

  test('the copy follows what changes while it is made', async () => {
    await begin()
    const busy = beforeWrite(world.app, 7, async () => {
      await put('late.txt')
      await deleteNodes(ann(), { nodes: [{ path: [name, 'in', 'deep', 'c.txt'] }], mode: 'all' })
      await changeNode(ann(), { node: { path: [name, 'b.txt'] }, change: { name: 'd.txt' } })
      await put('a.txt', idOf(await createFolder(ann(), { path: [name, 'new'] })))
    })
    await run(busy)
    world.pass(2000)
    await run()
    expect(await namesIn('bob', name)).toEqual(['a.txt', 'd.txt', 'in', 'late.txt', 'new'])
    expect(await namesIn('bob', name, 'in', 'deep')).toEqual([])
    expect(await namesIn('bob', name, 'new')).toEqual(['a.txt'])
    expect(await ofRoot('bob')).toEqual([name])
  })

  test('the new owner has no room: refused at once, or taken back', async () => {
    await limitHome(14)
    expect(await faultOf(begin())).toBe('quota-exceeded node target')
    await limitHome(null)
    const { token } = await begin()
    const used = await world.tenantBytes()
    await limitHome(14)
    await run()
    await limitHome(null)
    const fault = await thrown(taskResult(ann(), { token }))
    expect(fault.data).toEqual({ code: 'quota-exceeded', subject: 'node' })
    expect(await world.tenantBytes()).toBe(used)
    await isAsBefore()
  })

  test.each([
    ['the member is removed', 'forbidden'],
    ['the share ends', 'not-found'],
    ['the owner is locked', 'not-found'],
    ['the new folder is deleted', 'not-found'],
  ] as const)('%s meanwhile: nothing comes of it', async (what, code) => {
    const { token } = await begin()
    await run(stopAfter(world.app, 4)).catch(() => undefined)
    const lock = (isLocked: boolean) =>
      world.nodes.asSystem().write((tx) => tx.users.update(world.nodes.ids.ann, { isLocked }))
    if (what === 'the member is removed') {
      await removeCollaborator(ann(), { node: shared, member: { login: 'bob' } })
    }
    if (what === 'the share ends') await unshare(ann(), { node: shared })
    if (what === 'the owner is locked') await lock(true)
    if (what === 'the new folder is deleted') {
      await deleteNodes(bob(), { nodes: [{ path: [name] }], mode: 'all' })
    }
    world.pass(leaseSeconds * 1000 + 1)
    await run()
    await lock(false)
    expect((await thrown(taskResult(ann(), { token }))).data.code).toBe(code)
    const isOut = what === 'the member is removed' || what === 'the share ends'
    if (isOut) expect(await ofRoot('bob')).toEqual([])
    else await isAsBefore()
  })

  test('what the new owner put into the folder outlives a failure, and is told', async () => {
    const { token } = await begin()
    await run(stopAfter(world.app, 4)).catch(() => undefined)
    const mine = { parent: { path: [name] }, name: 'mine.txt', source: pieces(Buffer.from('x')) }
    await storeFile(bob(), mine)
    await removeCollaborator(ann(), { node: shared, member: { login: 'bob' } })
    world.pass(leaseSeconds * 1000 + 1)
    await run()
    expect((await thrown(taskResult(ann(), { token }))).data.left).toBe(name)
    expect(await namesIn('bob', name)).toContain('mine.txt')
  })

  test('of one folder there is one at a time, of more there may be several', async () => {
    const first = await begin()
    expect(await faultOf(begin())).toBe('forbidden task')
    await run(stopAfter(world.app, 4)).catch(() => undefined)
    const { token: other } = await otherShare()
    const again = await begin()
    await run()
    world.pass(leaseSeconds * 1000 + 1)
    await run()
    expect(await taskResult(ann(), { token: other })).toMatchObject({ state: 'done' })
    const states = [await findTaskState(first.task.id), await findTaskState(again.task.id)]
    expect(states.sort()).toEqual(['done', 'failed'])
    expect(await ofRoot('bob')).toEqual([expect.stringMatching(new RegExp(`^${name}( .1.)?$`))])
  })

  test('is for its owner, and for who is in it', async () => {
    const to = (memberId: number, who: 'ann' | 'bob' = 'ann', node = shared) =>
      faultOf(startHandOver(world.as(who), { node, memberId }))
    const { ids } = world.nodes
    expect(await to(ids.admin, 'bob')).toBe('forbidden node')
    expect(await to(999_999)).toBe('not-found user')
    expect(await to(ids.ann)).toBe('forbidden user')
    const plain = idOf(await createFolder(ann(), { path: [`plain ${count}`] }))
    expect(await to(ids.bob, 'ann', plain)).toBe('not-found node room')
    expect(await faultOf(findTask(bob(), await begin()))).toBe('not-found task')
    await run()
  })

  test('after all of it everything holds together', async () => {
    expect(await checkEverything(world.app)).toEqual([])
  })

  const findTaskState = async (id: number) =>
    (await ann().read((tx) => tx.tasks.find(id)))?.state ?? 'none'

  async function otherShare() {
    const node = idOf(await createFolder(ann(), { path: [`other ${count}`] }))
    const { token = '' } = await invite(ann(), { node, to: { login: 'bob' }, permissions: all })
    await acceptInvitation(bob(), { token })
    return startHandOver(ann(), { node, memberId: world.nodes.ids.bob })
  }

  async function limitHome(quota: number | null): Promise<void> {
    const system = world.nodes.asSystem()
    await system.write(async (tx) => {
      const home = (await tx.nodes.homesOf([world.nodes.ids.bob])).get(world.nodes.ids.bob)!
      const used = (await tx.tallies.of([home.id])).get(home.id)?.size ?? 0
      const limit = quota === null ? null : used + quota
      await tx.nodes.update(home.id, { room: { ...home.room!, quota: limit } })
    })
  }
})

/** The process dies after so many transactions: none is made any more. */
function stopAfter(app: App, writes: number): App {
  return beforeWrite(app, writes + 1, async () => {
    throw new Error('the process died')
  })
}

/** Runs something before the n-th transaction; where that throws, before all that follow too. */
function beforeWrite(app: App, nth: number, work: () => Promise<void>): App {
  let count = 0
  let isDead = false
  const write: Store['write'] = async (tenantId, fn) => {
    count += 1
    if (count === nth || isDead) {
      isDead = true
      await work()
      isDead = false
    }
    return app.store.write(tenantId, fn)
  }
  return { ...app, store: { ...app.store, write } }
}
