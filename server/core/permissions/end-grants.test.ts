import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { isFault } from '../fault.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { sweep } from '../jobs/sweep.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { findNode } from '../nodes/find-node.ts'
import { ownNotices } from '../notices/own-notices.ts'
import { acceptInvitation } from '../shares/accept-invitation.ts'
import { changeCollaborator } from '../shares/change-collaborator.ts'
import { collaborators } from '../shares/collaborators.ts'
import { invite } from '../shares/invite.ts'
import { listInvitations } from '../shares/list-invitations.ts'
import { faultOf, type NodeWorld, nodeWorld, startOfTime } from '../suites/node-world.suite.ts'
import { ALL, CREATE, READ } from './permission.ts'
import { roomGrants } from './room-grants.ts'
import { setRoomGrants } from './set-room-grants.ts'

const hour = 3_600_000

describe.each(await testDatabases())('what was given for a while on $kind', (databases) => {
  let world: NodeWorld
  let now = startOfTime
  let count = 0
  beforeAll(async () => {
    world = await nodeWorld(databases)
  })
  afterAll(() => world.stop())

  const ann = () => world.as('ann')
  const bob = () => world.as('bob')
  const pass = (time: number) => {
    now += time
    world.setNow(now)
  }
  const work = () => runJobs(world.app, world.tenant, 'rest')
  const folder = async () => {
    const view = await createFolder(ann(), { path: [`folder ${++count}`] })
    return { id: view.node.id }
  }
  const to = { login: 'bob' }
  /** Bob is in a folder for an hour. */
  const shared = async () => {
    const node = await folder()
    const expireAt = now + hour
    const { token = '' } = await invite(ann(), { node, to, permissions: READ, expireAt })
    await acceptInvitation(bob(), { token })
    return node
  }
  const give = (room: { id: number }, userId: number, permissions: number, expireAt?: number) =>
    setRoomGrants(ann(), { room, grants: [{ userId, permissions, expireAt }] })
  const sees = (node: { id: number }) =>
    findNode(bob(), { node }).then(
      () => true,
      (error) => (isFault(error, 'not-found') ? false : Promise.reject(error)),
    )
  const facts = ({ id }: { id: number }) =>
    world.asSystem().read(async (tx) => ({
      grants: (await tx.access.grantsOf(id)).length,
      rows: (await tx.access.rowsOf(id)).filter(({ userId }) => userId === world.ids.bob).length,
      mounts: (await tx.nodes.mountsTo(id)).length,
    }))

  test('a grant gives nothing from its end on, and what followed from it goes', async () => {
    const node = await shared()
    const page = { offset: 0, limit: 10 }
    const [row] = (await roomGrants(ann(), { room: node, page })).items
    expect(row).toMatchObject({ permissions: READ, expireAt: now + hour })
    pass(hour - 1)
    expect(await sees(node)).toBe(true)
    expect(await work()).toBe(0)
    pass(1)
    expect(await sees(node)).toBe(false)
    expect(await facts(node)).toEqual({ grants: 1, rows: 1, mounts: 1 })
    expect(await work()).toBe(1)
    expect(await facts(node)).toEqual({ grants: 0, rows: 0, mounts: 0 })
    expect((await world.events()).at(-1)).toMatchObject({
      type: 'grant.removed',
      nodeId: node.id,
      subjectId: world.ids.bob,
      actorId: null,
      data: { permissions: 0 },
    })
  })

  test('what was given anew meanwhile stays', async () => {
    const [later, forever] = [await shared(), await shared()]
    await give(later, world.ids.bob, CREATE, now + 2 * hour)
    await changeCollaborator(ann(), { node: forever, member: to, permissions: READ })
    pass(hour)
    expect(await work()).toBe(2)
    expect([await sees(later), await sees(forever)]).toEqual([true, true])
    pass(hour)
    expect(await work()).toBe(1)
    expect([await sees(later), await sees(forever)]).toEqual([false, true])
    expect((await facts(forever)).grants).toBe(1)
  })

  test('a worker that dies is replaced, and what no job knows of is swept', async () => {
    const node = await shared()
    pass(hour)
    const dead = await world.asSystem().write((tx) => tx.jobs.lease(now, 60, 'rest'))
    expect(dead?.kind).toBe('end-grants')
    expect(await work()).toBe(0)
    pass(60_000)
    expect(await work()).toBe(1)
    expect((await facts(node)).grants).toBe(0)
    const lost = await shared()
    pass(hour)
    await world.asSystem().write(async (tx) => {
      const job = await tx.jobs.lease(now, 60, 'rest')
      await tx.jobs.finish(job?.id ?? 0, job?.fence ?? 0)
    })
    expect((await sweep(world.app, { listStore: false })).grants).toBe(1)
    expect(await facts(lost)).toEqual({ grants: 0, rows: 0, mounts: 0 })
    expect((await sweep(world.app, { listStore: false })).grants).toBe(0)
  })

  test('the last administrator has no end', async () => {
    const node = await shared()
    const home = await world.asSystem().read((tx) => tx.nodes.homesOf([world.ids.ann]))
    const room = { id: home.get(world.ids.ann)?.id ?? 0 }
    expect(await faultOf(give(room, world.ids.ann, ALL, now + hour))).toBe('last-admin node room')
    await give(node, world.ids.ann, ALL, now + hour)
    pass(hour)
    await work()
    expect((await findNode(ann(), { node })).permissions).toBe(ALL)
    expect(await faultOf(give(node, world.ids.bob, READ, now))).toBe('invalid grant')
  })

  test('an open invitation is gone at its end, and can be made again', async () => {
    const node = await folder()
    const wish = { node, to, permissions: READ, expireAt: now + hour }
    const { token = '' } = await invite(ann(), wish)
    expect((await listInvitations(bob())).at(-1)?.expireAt).toBe(now + hour)
    pass(hour)
    expect(await faultOf(acceptInvitation(bob(), { token }))).toBe('not-found invitation')
    expect(await listInvitations(bob())).toEqual([])
    expect(await collaborators(ann(), { node })).toHaveLength(1)
    expect(await faultOf(invite(ann(), wish))).toBe('invalid grant')
    const { token: again } = await invite(ann(), { ...wish, expireAt: now + hour })
    expect(again).not.toBe(token)
    await invite(ann(), { ...wish, expireAt: null })
    pass(hour)
    await work()
    expect(await listInvitations(bob())).toHaveLength(1)
    await acceptInvitation(bob(), { token: again ?? '' })
    pass(100 * hour)
    expect(await sees(node)).toBe(true)
  })

  test('an invitation that nobody took is taken away with its notice', async () => {
    const node = await folder()
    await invite(ann(), { node, to, permissions: READ, expireAt: now + hour })
    const noticed = async () => {
      const { items } = await ownNotices(bob(), { page: { offset: 0, limit: 100 } })
      return items.some(({ notice }) => notice.nodeId === node.id)
    }
    expect(await noticed()).toBe(true)
    pass(hour)
    expect(await work()).toBe(1)
    expect(await noticed()).toBe(false)
    expect((await world.events()).at(-1)).toMatchObject({ type: 'invitation.revoked' })
  })

  test('accepted beside a grant that lasts, it makes nothing last longer', async () => {
    const node = await folder()
    const expireAt = now + hour
    const { token = '' } = await invite(ann(), { node, to, permissions: CREATE, expireAt })
    await give(node, world.ids.bob, READ)
    await acceptInvitation(bob(), { token })
    expect((await findNode(bob(), { node })).permissions).toBe(READ)
    pass(hour)
    await work()
    expect(await sees(node)).toBe(true)
  })
})
