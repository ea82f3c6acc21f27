import type { ContractRow, Scene } from '../row.ts'
import { done, group, groupId, inGroup, inRoom, permissions } from './group-scene.ts'

const inGroupAsked = (filter: string) => (scene: Scene) => ({
  params: { group_id: groupId(scene) },
  query: { filter },
})
const groupGuards = (op: string): ContractRow[] => [
  {
    op,
    name: 'without a session',
    as: null,
    before: group(),
    send: inGroup(),
    want: { status: 401, code: -10012 },
  },
  {
    op,
    name: 'without the right',
    as: 'manager',
    before: group(),
    send: inGroup(),
    want: { status: 403 },
  },
  {
    op,
    as: 'admin',
    name: 'no group',
    send: { params: { group_id: 8_888_888 } },
    want: { status: 404, code: -30000 },
  },
  {
    op,
    as: 'admin',
    name: 'a number that is none',
    send: { params: { group_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  {
    op,
    as: 'admin',
    name: 'a negative number',
    send: { params: { group_id: -1 } },
    want: { status: 400, code: -80001 },
  },
]
const groupPage = (op: string): ContractRow => ({
  op,
  as: 'admin',
  name: 'a limit above 500',
  before: group(),
  send: (scene) => ({ params: { group_id: groupId(scene) }, query: { limit: 501 } }),
  want: { status: 400, code: -80024 },
})

/** Who is in a group, and what it was given. */
export const groupListsRows: readonly ContractRow[] = [
  {
    op: 'requestGroupMembers',
    as: 'admin',
    name: 'who is in it',
    before: group(['member', 'reader']),
    send: inGroup(),
    want: {
      status: 200,
      body: {
        range: { total: 2 },
        items: [
          { login: 'member', isMember: true, email: 'member@example.test' },
          { login: 'reader', isMember: true },
        ],
      },
    },
  },
  {
    op: 'requestGroupMembers',
    as: 'admin',
    name: 'who could be, by a part of the address',
    before: group(['member']),
    send: inGroupAsked('isMember:eq:false|user:cn:READER@'),
    want: { status: 200, body: { items: [{ login: 'reader', isMember: false }] } },
  },
  groupPage('requestGroupMembers'),
  ...groupGuards('requestGroupMembers'),
  {
    op: 'requestGroupRooms',
    as: 'admin',
    name: 'what it was given',
    before: group(['member'], permissions.read),
    send: inGroup(),
    want: (scene) => ({
      status: 200,
      body: { items: [{ id: scene.nodeId('/'), isGranted: true, permissions: permissions.read }] },
    }),
  },
  {
    op: 'requestGroupRooms',
    as: 'admin',
    name: 'what it inherits as well',
    given: { '/sub': 'room' },
    before: group(['member'], permissions.read),
    send: inGroupAsked('effectivePerm:eq:true'),
    want: { status: 200, body: { range: { total: 2 } } },
  },
  {
    op: 'requestGroupRooms',
    as: 'admin',
    name: 'and what it was not given',
    before: group(),
    send: inGroupAsked('isGranted:eq:false'),
    want: { status: 200, body: (body) => (body as { items: unknown[] }).items.length > 0 },
  },
  groupPage('requestGroupRooms'),
  ...groupGuards('requestGroupRooms'),
  {
    op: 'requestLastAdminRoomsGroups',
    as: 'admin',
    name: 'those that would have none',
    before: async (scene) => {
      await group(['manager'], permissions.manage)(scene)
      const ids = [scene.userId('manager'), scene.userId('admin')]
      await done(scene, 'revokeRoomUsers', 'manager', inRoom({ ids })(scene))
    },
    send: inGroup(),
    want: (scene) => ({
      status: 200,
      body: { items: [{ id: scene.nodeId('/'), parentPath: '/' }] },
    }),
  },
  ...groupGuards('requestLastAdminRoomsGroups'),
]
