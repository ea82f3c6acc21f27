import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createGroup } from '../groups/create-group.ts'
import { addGroupMembers } from '../groups/group-members.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { findNode } from '../nodes/find-node.ts'
import { ownNotices } from '../notices/own-notices.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf, type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { acceptInvitation, declineInvitation } from './accept-invitation.ts'
import { changeCollaborator } from './change-collaborator.ts'
import { collaborators } from './collaborators.ts'
import { invite } from './invite.ts'
import { listInvitations } from './list-invitations.ts'
import { revokeInvitations } from './revoke-invitations.ts'

describe.each(await testDatabases())('invitations on $kind', (databases) => {
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
  const asked = async (to: Parameters<typeof invite>[1]['to'] = { login: 'bob' }) => {
    const node = await folder()
    const { token = '' } = await invite(ann(), { node, to, permissions: READ })
    return { node, token }
  }
  const stateOf = async (node: { id: number }) => {
    const all = await collaborators(ann(), { node })
    return all.map(({ person, status }) => `${person.userName} ${status}`)
  }

  const noticesOf = async ({ id }: { id: number }) => {
    const { items } = await ownNotices(bob(), { page: { offset: 0, limit: 100 } })
    return items.filter(({ notice }) => notice.nodeId === id).map(({ notice }) => notice.status)
  }

  test('accepted: the grant is there, the token opens nothing more', async () => {
    const { node, token } = await asked()
    expect(await stateOf(node)).toEqual(['ann accepted', 'bob waiting'])
    expect(await faultOf(findNode(bob(), { node }))).toBe('not-found node')
    expect(await noticesOf(node)).toEqual(['waiting'])
    await acceptInvitation(bob(), { token })
    expect(await noticesOf(node)).toEqual(['accepted'])
    expect((await findNode(bob(), { node })).permissions).toBe(READ)
    expect(await stateOf(node)).toEqual(['ann accepted', 'bob accepted'])
    expect(await faultOf(acceptInvitation(bob(), { token }))).toBe('not-found invitation')
    expect(await faultOf(declineInvitation(bob(), { token }))).toBe('not-found invitation')
    const revoking = revokeInvitations(ann(), { node, to: { login: 'bob' } })
    expect(await faultOf(revoking)).toBe('closed invitation')
  })

  test.each(['declined', 'revoked', 'deleted'] as const)(
    '%s: it cannot be accepted',
    async (end) => {
      const { node, token } = await asked()
      if (end === 'declined') await declineInvitation(bob(), { token })
      if (end === 'revoked') await revokeInvitations(ann(), { node })
      if (end === 'deleted')
        await deleteNodes(ann(), { nodes: [node], mode: 'all', trashOnly: true })
      expect(await faultOf(acceptInvitation(bob(), { token }))).toBe('not-found invitation')
      expect(await faultOf(declineInvitation(bob(), { token }))).toBe('not-found invitation')
      expect((await listInvitations(bob())).filter((one) => one.token === token)).toEqual([])
    },
  )

  test('of two who come with an open one the first is let in', async () => {
    const { node, token } = await asked('anyone')
    const both = [bob(), world.as('admin')].map((ctx) => acceptInvitation(ctx, { token }))
    const ends = await Promise.allSettled(both)
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await stateOf(node)).toHaveLength(2)
  })

  test('it is worth what its maker may do now', async () => {
    const node = await folder()
    await invite(ann(), { node, to: { login: 'admin' }, permissions: READ })
    await setRoomGrants(ann(), {
      room: node,
      grants: [{ userId: world.ids.admin, permissions: 1023 }],
    })
    const admin = world.as('admin')
    const { token = '' } = await invite(admin, { node, to: { login: 'bob' }, permissions: READ })
    const nothing = [{ userId: world.ids.admin, permissions: 0 }]
    await setRoomGrants(ann(), { room: node, grants: nothing })
    expect(await faultOf(acceptInvitation(bob(), { token }))).toBe('not-found invitation')
  })

  test('of a group everybody in it is asked, but not who asks', async () => {
    const group = await createGroup(world.as('admin'), { name: 'Group' })
    const members = [world.ids.ann, world.ids.bob, world.ids.admin]
    await addGroupMembers(world.as('admin'), { id: group.group.id, userIds: members })
    const to = { groupId: group.group.id }
    const { node, token } = await asked(to)
    expect(token).toBe('')
    expect(await stateOf(node)).toEqual(['ann accepted', 'admin waiting', 'bob waiting'])
    const open = (await listInvitations(bob())).at(-1)!
    await acceptInvitation(bob(), { token: open.token })
    await changeCollaborator(ann(), { node, member: to, permissions: READ | CREATE })
    expect((await findNode(bob(), { node })).permissions).toBe(READ | CREATE)
    await revokeInvitations(ann(), { node, to })
    expect(await stateOf(node)).toEqual(['ann accepted', 'bob accepted'])
  })
})
