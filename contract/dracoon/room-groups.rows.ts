import type { ContractRow, Scene } from '../row.ts'
import { done, group, groupId, groupName, inRoom, permissions, sees } from './group-scene.ts'
import { refusals } from './refusals.ts'

const invisible = { status: 404, code: -40000 }
const noGroup = { status: 404, code: -30000 }
const badRange = { status: 400, code: -80024 }
const lacking = { forbidden: ['reader', 'writer'], invisible } as const

const asked = (query: (scene: Scene) => Record<string, string | number>) => (scene: Scene) => ({
  params: { room_id: scene.id('/') },
  query: query(scene),
})
const named = (answer: unknown) =>
  (answer as { items: { name: string }[] }).items.map(({ name }) => name)
const own = (yes: boolean) => (scene: Scene) => ({
  status: 200,
  body: (body: unknown) => named(body).includes(groupName(scene)) === yes,
})
const list = { op: 'requestRoomGroups', as: 'manager' } as const
const giving =
  (given: object, acceptance?: string) =>
  (scene: Scene): { params: { room_id: string | number }; body?: object } =>
    inRoom({
      items: [{ id: groupId(scene), permissions: given, newGroupMemberAcceptance: acceptance }],
    })(scene)

const listing: readonly ContractRow[] = [
  {
    ...list,
    name: 'groups that were given something',
    before: group(['member'], permissions.read, 'pending'),
    send: inRoom(),
    want: (scene) => ({
      status: 200,
      body: {
        range: { offset: 0, total: 1 },
        items: [
          {
            id: Number(scene.kept.groupId ?? 0) || ((id: unknown) => Number(id) > 0),
            isGranted: true,
            newGroupMemberAcceptance: 'pending',
            permissions: permissions.read,
          },
        ],
      },
    }),
  },
  {
    ...list,
    name: 'members of the room may ask, through a group as well',
    as: 'member',
    before: group(['member'], permissions.read),
    send: inRoom(),
    want: own(true),
  },
  {
    ...list,
    name: 'groups that were given nothing',
    before: group(),
    send: asked((scene) => ({
      filter: `isGranted:eq:false|name:cn:${groupName(scene).toUpperCase()}`,
    })),
    want: own(true),
  },
  {
    ...list,
    name: 'one group, granted or not',
    before: group(),
    send: asked((scene) => ({ filter: `isGranted:eq:any|groupId:eq:${groupId(scene)}` })),
    want: own(true),
  },
  {
    ...list,
    name: 'those that manage',
    before: group(['member'], permissions.read),
    send: asked(() => ({ filter: 'permissionsManage:eq:true', sort: 'name:desc' })),
    want: own(false),
  },
  {
    ...list,
    name: 'what is inherited, where it is asked for',
    given: { '/sub': 'room' },
    before: group(['member'], permissions.read),
    send: (scene) => ({
      params: { room_id: scene.id('/sub') },
      query: { filter: 'effectivePerm:eq:true' },
    }),
    want: own(true),
  },
  {
    ...list,
    name: 'nothing was given on an inheriting room',
    given: { '/sub': 'room' },
    before: group(['member'], permissions.read),
    send: (scene) => ({ params: { room_id: scene.id('/sub') } }),
    want: own(false),
  },
  {
    ...list,
    name: 'only administrators see the others',
    as: 'reader',
    send: asked(() => ({ filter: 'isGranted:eq:any' })),
    want: { status: 403 },
  },
  { ...list, name: 'a limit above 500', send: asked(() => ({ limit: 501 })), want: badRange },
  {
    ...list,
    name: 'an unknown filter',
    send: asked(() => ({ filter: 'x:eq:y' })),
    want: { status: 400 },
  },
  {
    ...list,
    name: 'a number that is none',
    send: { params: { room_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  {
    ...list,
    name: 'a room that is none',
    send: { params: { room_id: 8_888_888 } },
    want: invisible,
  },
  ...refusals({ op: 'requestRoomGroups', send: inRoom(), forbidden: [], invisible }),
]

const change = { op: 'updateRoomGroups', as: 'manager' } as const

const granting: readonly ContractRow[] = [
  {
    ...change,
    name: 'members see the room at once',
    before: group(['member']),
    send: giving(permissions.read),
    want: { status: 204, body: undefined, events: ['grant.changed'] },
    then: (scene) => sees(scene, 'member', true),
  },
  {
    ...change,
    name: 'a member holds what the group and he himself were given',
    before: group(['reader']),
    send: giving({ ...permissions.none, create: true }),
    want: { status: 204, events: ['grant.changed'] },
    then: async (scene) => {
      const body = { parentId: scene.id('/'), name: 'by the group' }
      await done(scene, 'createFolder', 'reader', { body })
    },
  },
  {
    ...change,
    name: 'a group alone can govern',
    before: async (scene) => {
      await group(['manager', 'admin'], permissions.manage)(scene)
    },
    send: giving(permissions.manage),
    want: { status: 204, events: ['grant.changed'] },
    then: async (scene) => {
      const ids = [scene.userId('manager'), scene.userId('admin')]
      await done(scene, 'revokeRoomUsers', 'manager', inRoom({ ids })(scene))
    },
  },
  {
    ...change,
    name: 'an administrator must remain',
    before: async (scene) => {
      await group(['manager'], permissions.manage)(scene)
      const ids = [scene.userId('manager'), scene.userId('admin')]
      await done(scene, 'revokeRoomUsers', 'manager', inRoom({ ids })(scene))
    },
    send: giving(permissions.read),
    want: { status: 400, code: -40006 },
  },
  {
    ...change,
    name: 'a home is not given away',
    before: async (scene) => {
      await group(['member'])(scene)
      const own = (await done(scene, 'requestUserInfo', 'manager', {})) as { homeRoomId: number }
      scene.kept.home = own.homeRoomId
    },
    send: (scene) => ({
      ...giving(permissions.manage)(scene),
      params: { room_id: Number(scene.kept.home) },
    }),
    want: { status: 400, code: -40022 },
  },
  {
    ...change,
    name: 'an unknown group',
    send: inRoom({ items: [{ id: 8_888_888, permissions: permissions.read }] }),
    want: noGroup,
  },
  {
    ...change,
    name: 'an unknown acceptance',
    before: group(),
    send: giving(permissions.read, 'maybe'),
    want: { status: 400, code: -80025 },
  },
  { ...change, name: 'nothing to give', send: inRoom({}), want: { status: 400, code: -80000 } },
  {
    ...change,
    name: 'a number that is none',
    send: { params: { room_id: 'x' }, body: { items: [] } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'updateRoomGroups',
    before: group(),
    send: giving(permissions.read),
    ...lacking,
  }),
]

const revoke = { op: 'revokeRoomGroups', as: 'manager' } as const
const revoking = (scene: Scene) => inRoom({ ids: [groupId(scene)] })(scene)

const taking: readonly ContractRow[] = [
  {
    ...revoke,
    name: 'takes the room out of the members’ sight',
    before: group(['member'], permissions.read),
    send: revoking,
    want: { status: 204, events: ['grant.removed'] },
    then: (scene) => sees(scene, 'member', false),
  },
  {
    ...revoke,
    name: 'what a member was given himself stays',
    before: group(['reader'], permissions.read),
    send: revoking,
    want: { status: 204, events: ['grant.removed'] },
    then: (scene) => sees(scene, 'reader', true),
  },
  {
    ...revoke,
    name: 'what was given nothing is passed over',
    before: group(),
    send: revoking,
    want: { status: 204 },
  },
  {
    ...revoke,
    name: 'an administrator must remain',
    before: async (scene) => {
      await group(['manager'], permissions.manage)(scene)
      const ids = [scene.userId('manager'), scene.userId('admin')]
      await done(scene, 'revokeRoomUsers', 'manager', inRoom({ ids })(scene))
    },
    send: revoking,
    want: { status: 400, code: -40006 },
  },
  { ...revoke, name: 'an unknown group', send: inRoom({ ids: [8_888_888] }), want: noGroup },
  { ...revoke, name: 'no list', send: inRoom({}), want: { status: 400, code: -80000 } },
  {
    ...revoke,
    name: 'a number that is none',
    send: { params: { room_id: 'x' }, body: { ids: [] } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({ op: 'revokeRoomGroups', before: group(), send: revoking, ...lacking }),
]

const waits = async (scene: Scene) => {
  await group([], permissions.read, 'pending')(scene)
  const send = { params: { group_id: groupId(scene) }, body: { ids: [scene.userId('member')] } }
  await done(scene, 'addGroupMembers', 'admin', send)
  await sees(scene, 'member', false)
}
const pending = { op: 'requestPendingAssignments', as: 'manager', before: waits } as const
const ofRoom =
  (more = '') =>
  (scene: Scene) => ({
    query: { filter: `roomId:eq:${scene.id('/')}${more}`, sort: 'state:asc|userId:desc' },
  })
const decide = { op: 'changePendingAssignments', as: 'manager', before: waits } as const
const deciding =
  (state: string, other: object = {}) =>
  (scene: Scene) => ({
    body: {
      items: [
        {
          roomId: scene.id('/'),
          roomName: '',
          groupId: groupId(scene),
          userId: scene.userId('member'),
          state,
          ...other,
        },
      ],
    },
  })

const waiting: readonly ContractRow[] = [
  {
    ...pending,
    name: 'who waits in the rooms that one governs',
    send: ofRoom(),
    want: (scene) => ({
      status: 200,
      body: {
        range: { total: 1 },
        items: [
          {
            state: 'WAITING',
            userInfo: { id: scene.userId('member'), userName: 'member' },
            pendingUserData: { login: 'member', email: 'member@example.test' },
            groupInfo: { name: (name) => String(name).startsWith('Group ') },
          },
        ],
      },
    }),
  },
  {
    ...pending,
    name: 'who was denied',
    send: ofRoom('|state:eq:DENIED'),
    want: { status: 200, body: { items: [] } },
  },
  {
    ...pending,
    name: 'members do not see it',
    as: 'reader',
    send: ofRoom(),
    want: { status: 200, body: { range: { total: 0 }, items: [] } },
  },
  {
    ...pending,
    name: 'a limit above 500',
    send: { query: { limit: 501 } },
    want: { status: 400, code: -80024 },
  },
  {
    ...pending,
    name: 'an unknown state',
    send: { query: { filter: 'state:eq:LOST' } },
    want: { status: 400, code: -40301 },
  },
  {
    ...decide,
    name: 'lets one in',
    send: deciding('ACCEPTED'),
    want: { status: 204, body: undefined, events: ['admission.decided'] },
    then: (scene) => sees(scene, 'member', true),
  },
  {
    ...decide,
    name: 'denies it, and lets him in later',
    send: deciding('DENIED'),
    want: { status: 204, events: ['admission.decided'] },
    then: async (scene) => {
      await sees(scene, 'member', false)
      await done(scene, decide.op, 'manager', deciding('ACCEPTED')(scene))
      await sees(scene, 'member', true)
    },
  },
  {
    ...decide,
    name: 'nobody is set waiting',
    send: deciding('WAITING'),
    want: { status: 400, code: -40301 },
  },
  {
    ...decide,
    name: 'who does not wait',
    send: (scene) => deciding('ACCEPTED', { userId: scene.userId('writer') })(scene),
    want: { status: 404, code: -40300 },
  },
  {
    ...decide,
    name: 'a group that does not wait',
    send: deciding('ACCEPTED', { groupId: 8_888_888 }),
    want: { status: 404, code: -30000 },
  },
  {
    ...decide,
    name: 'somebody who is not there',
    send: deciding('ACCEPTED', { userId: 8_888_888 }),
    want: { status: 404, code: -70501 },
  },
  { ...decide, name: 'no list', send: { body: {} }, want: { status: 400, code: -80000 } },
  ...refusals({
    op: 'changePendingAssignments',
    before: group(),
    send: deciding('ACCEPTED'),
    ...lacking,
  }),
]

/** Groups in rooms. */
export const roomGroupsRows: readonly ContractRow[] = [
  ...listing,
  ...granting,
  ...taking,
  ...waiting,
]
