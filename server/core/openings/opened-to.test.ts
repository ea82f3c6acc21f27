import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createGroup } from '../groups/create-group.ts'
import { addGroupMembers } from '../groups/group-members.ts'
import { createLink } from '../links/create-link.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { CHANGE, CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { acceptInvitation } from '../shares/accept-invitation.ts'
import { invite } from '../shares/invite.ts'
import { counting } from '../suites/counting.suite.ts'
import { faultOf, type NodeWorld, nodeWorld, startOfTime } from '../suites/node-world.suite.ts'
import { openedTo } from './opened-to.ts'
import { sharedWith } from './shared-with.ts'

describe.each(await testDatabases())('what opens a node to others on $kind', (databases) => {
  let world: NodeWorld
  let count = 0
  beforeAll(async () => {
    world = await nodeWorld(databases)
  })
  afterAll(() => world.stop())

  const ann = () => world.as('ann')
  const bob = () => world.as('bob')
  const folder = async () => {
    const view = await createFolder(ann(), { path: [`folder ${++count}`] })
    return { id: view.node.id }
  }
  const told = async (...nodes: { id: number }[]) =>
    (await openedTo(ann(), { nodes })).map((one) =>
      one.by === 'link'
        ? `link ${one.link.kind}`
        : `${one.by} ${one.person?.userName ?? '*'} ${one.permissions}`,
    )

  test('links, invitations and grants, node by node', async () => {
    const [node, plain] = [await folder(), await folder()]
    await createLink(ann(), { kind: 'upload', node: plain })
    const ended = { kind: 'download', node: plain, expireAt: startOfTime + 1000 } as const
    await createLink(ann(), ended)
    const permissions = READ
    const { token = '' } = await invite(ann(), { node, to: { login: 'bob' }, permissions })
    await invite(ann(), { node, to: 'anyone', permissions: READ | CREATE })
    expect(await told(plain, node)).toEqual([
      'link upload',
      'link download',
      'invitation bob 1',
      'invitation * 3',
    ])
    world.setNow(startOfTime + 1000)
    await acceptInvitation(bob(), { token })
    expect(await told(plain, node)).toEqual(['link upload', 'grant bob 1', 'invitation * 3'])
    world.setNow(startOfTime)
  })

  test('what a user holds, by a group too, is one thing until its last end', async () => {
    const admin = world.as('admin')
    const { group } = await createGroup(admin, { name: 'Both' })
    await addGroupMembers(admin, { id: group.id, userIds: [world.ids.bob] })
    const node = await folder()
    await invite(ann(), { node, to: { login: 'admin' }, permissions: READ })
    await setRoomGrants(ann(), {
      room: node,
      grants: [
        { userId: world.ids.bob, permissions: READ, expireAt: startOfTime + 10 },
        { groupId: group.id, permissions: CHANGE, expireAt: startOfTime + 20 },
      ],
    })
    const [grant] = await openedTo(ann(), { nodes: [node] })
    expect(grant).toMatchObject({ permissions: READ | CHANGE, expireAt: startOfTime + 20 })
    const [held] = await sharedWith(bob(), { nodes: [node] })
    expect(held).toMatchObject({ permissions: READ | CHANGE, expireAt: startOfTime + 20 })
  })

  test('the number of statements does not depend on the number of nodes', async () => {
    const nodes: { id: number }[] = []
    for (let n = 0; n < 9; n++) {
      const node = await folder()
      await createLink(ann(), { kind: 'download', node })
      if (n % 2 === 0) await invite(ann(), { node, to: { login: 'bob' }, permissions: READ })
      nodes.push(node)
    }
    const calls = async (some: typeof nodes) => {
      const counted = counting(ann())
      expect((await openedTo(counted.ctx, { nodes: some })).length).toBeGreaterThan(0)
      return counted.calls()
    }
    expect(await calls(nodes)).toBe(await calls(nodes.slice(0, 1)))
    expect(await calls(nodes)).toBeLessThan(20)
  })

  test('is for who manages it; who is invited is told of that alone', async () => {
    const node = await folder()
    expect(await faultOf(openedTo(bob(), { nodes: [node] }))).toBe('not-found node')
    expect(await faultOf(sharedWith(bob(), { nodes: [node] }))).toBe('not-found node')
    const wish = { node, to: { login: 'bob' }, permissions: READ, message: 'Look' }
    const { token = '' } = await invite(ann(), wish)
    expect(await faultOf(openedTo(bob(), { nodes: [node] }))).toBe('not-found node')
    const [asked] = await sharedWith(bob(), { nodes: [node] })
    const waiting = { status: 'waiting', permissions: READ, message: 'Look' }
    expect(asked).toMatchObject({ ...waiting, from: { userName: 'ann' } })
    expect(asked?.view.ancestors).toEqual([])
    await acceptInvitation(bob(), { token })
    expect(await faultOf(openedTo(bob(), { nodes: [node] }))).toBe('forbidden node')
    const [held] = await sharedWith(bob(), { nodes: [node] })
    expect(held).toMatchObject({ status: 'accepted', from: { userName: 'ann' } })
    expect(await sharedWith(ann(), { nodes: [node] })).toEqual([])
  })
})
