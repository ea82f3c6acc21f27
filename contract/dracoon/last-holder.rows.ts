import type { ContractRow, Scene } from '../row.ts'
import { account, accountId, done, group, groupId, inGroup, ofAccount } from './group-scene.ts'

const ahead = { enableExpiration: true, expireAt: '2099-01-01T00:00:00Z' }
const auditors = (body: object) => ({ params: { role_id: 5 }, body })
const lastHolder = { status: 400, code: -71006 } as const

/** Member audits by a group, besides the administrator. */
const byGroup = async (scene: Scene) => {
  await group(['member'])(scene)
  await done(scene, 'addRoleGroups', 'admin', auditors({ ids: [groupId(scene)] }))
}
const takeFromAdmin = (scene: Scene) =>
  done(scene, 'revokeRoleUsers', 'member', auditors({ ids: [scene.userId('admin')] }))

/** Nobody but the group's one member audits. */
const onlyGroup = async (scene: Scene) => {
  await byGroup(scene)
  await takeFromAdmin(scene)
}
/** The group that audits ends, so that it does not count. */
const endingGroup = async (scene: Scene) => {
  await byGroup(scene)
  await done(scene, 'updateGroup', 'admin', inGroup({ expiration: ahead })(scene))
}
/** Nobody who lasts audits but the row's account. */
const onlyAccount = async (scene: Scene) => {
  await account()(scene)
  await done(scene, 'addRoleUsers', 'admin', auditors({ ids: [accountId(scene)] }))
  await endingGroup(scene)
  await takeFromAdmin(scene)
}
/** As it was, for the rows that follow. */
const then = async (scene: Scene) => {
  await done(scene, 'addRoleUsers', 'member', auditors({ ids: [scene.userId('admin')] }))
  await done(scene, 'removeGroup', 'admin', inGroup()(scene))
}

const guest = async (scene: Scene) => {
  await account()(scene)
  const send = { params: { role_id: 8 }, body: { ids: [accountId(scene)] } }
  await done(scene, 'addRoleUsers', 'admin', send)
}
const toRole = (role: number) => (scene: Scene) => ({
  params: { role_id: role },
  body: { ids: [accountId(scene)] },
})
const named = (body: unknown) =>
  (body as { items: { id: number }[] }).items.map(({ id }) => Number(id))

/** Somebody who lasts has every manager's role; guests have none. */
export const lastHolderRows: readonly ContractRow[] = [
  {
    op: 'revokeRoleGroups',
    name: 'somebody must keep it',
    as: 'member',
    before: onlyGroup,
    send: (scene) => auditors({ ids: [groupId(scene)] }),
    want: lastHolder,
    then,
  },
  {
    op: 'revokeRoleUsers',
    name: 'somebody must keep it without end',
    as: 'member',
    before: endingGroup,
    send: (scene) => auditors({ ids: [scene.userId('admin')] }),
    want: lastHolder,
  },
  {
    op: 'removeGroup',
    name: 'somebody must keep its role',
    as: 'admin',
    before: onlyGroup,
    send: inGroup(),
    want: lastHolder,
    then,
  },
  {
    op: 'updateGroup',
    name: 'somebody must keep its role without end',
    as: 'admin',
    before: onlyGroup,
    send: inGroup({ expiration: ahead }),
    want: lastHolder,
    then,
  },
  {
    op: 'removeGroupMembers',
    name: 'somebody must keep its role',
    as: 'admin',
    before: onlyGroup,
    send: inGroup((scene) => ({ ids: [scene.userId('member')] })),
    want: lastHolder,
    then,
  },
  {
    op: 'removeUser',
    name: 'somebody must keep the role',
    as: 'admin',
    before: onlyAccount,
    send: ofAccount(),
    want: lastHolder,
    then,
  },
  {
    op: 'addRoleUsers',
    name: 'makes a guest, who is one from then on',
    as: 'admin',
    before: account(),
    send: toRole(8),
    want: { status: 200, events: ['role.given'] },
    then: async (scene, { body }) => {
      if (!named(body).includes(accountId(scene))) throw new Error(JSON.stringify(body))
      const list = await done(scene, 'requestUsers', 'admin', {
        query: { filter: 'hasRole:eq:GUEST_USER' },
      })
      if (!named(list).includes(accountId(scene))) throw new Error(JSON.stringify(list))
    },
  },
  {
    op: 'addRoleUsers',
    name: 'makes an internal user of a guest',
    as: 'admin',
    before: guest,
    send: toRole(7),
    want: { status: 200, events: ['role.given'] },
  },
  {
    op: 'addRoleUsers',
    name: 'a guest has no other role',
    as: 'admin',
    before: guest,
    send: toRole(5),
    want: { status: 400, code: -71010 },
  },
  {
    op: 'addGroupMembers',
    name: 'a guest is in no group',
    as: 'admin',
    before: async (scene) => {
      await guest(scene)
      await group()(scene)
    },
    send: inGroup((scene) => ({ ids: [accountId(scene)] })),
    want: { status: 400, code: -71012 },
  },
]
