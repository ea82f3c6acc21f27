import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const invisible = { status: 404, code: -40000 }
const none = {
  manage: false,
  read: false,
  create: false,
  change: false,
  delete: false,
  manageDownloadShare: false,
  manageUploadShare: false,
  readRecycleBin: false,
  restoreRecycleBin: false,
  deleteRecycleBin: false,
}
const readOnly = { ...none, read: true }
const all = Object.fromEntries(Object.keys(none).map((name) => [name, true]))

const of = (body?: object) => (scene: Scene) => ({ params: { room_id: scene.id('/') }, body })
const giving =
  (who: 'member' | 'manager' | 'admin' | 'reader', permissions: object) => (scene: Scene) =>
    of({ items: [{ id: scene.userId(who), permissions }] })(scene)
const asked = (query: Record<string, string | number>) => (scene: Scene) => ({
  params: { room_id: scene.id('/') },
  query,
})
const logins = (body: unknown) =>
  (body as { items: { login: string }[] }).items.map(({ login }) => login).join(' ')
const names = (wanted: string) => ({
  status: 200,
  body: (body: unknown) => logins(body) === wanted,
})
const list = { op: 'requestRoomUsers', as: 'manager' } as const
const log = { op: 'requestRoomActivitiesLogAsJson', as: 'manager' } as const
const badRange = { status: 400, code: -80024 }

/** Who may do what in a room, and what happened there. */
export const roomUsersRows: readonly ContractRow[] = [
  {
    ...list,
    name: 'who was given something, with everything that clients read',
    send: of(),
    want: (scene) => ({
      status: 200,
      body: {
        range: { offset: 0, total: 4 },
        items: [
          { login: 'admin', isGranted: true, permissions: { manage: true } },
          {
            id: scene.userId('manager'),
            login: 'manager',
            email: 'manager@example.test',
            displayName: 'manager Person',
            userInfo: { id: scene.userId('manager'), userType: 'internal' },
            permissions: all as Record<string, boolean>,
          },
          { login: 'reader', permissions: readOnly },
          { login: 'writer', permissions: { create: true, manage: false } },
        ],
      },
    }),
  },
  {
    ...list,
    name: 'members may ask too',
    as: 'reader',
    send: of(),
    want: names('admin manager reader writer'),
  },
  {
    ...list,
    name: 'by a part of the name',
    send: asked({ filter: 'user:cn:EAD' }),
    want: names('reader'),
  },
  {
    ...list,
    name: 'those who manage',
    send: asked({ filter: 'permissionsManage:eq:true' }),
    want: names('admin manager'),
  },
  {
    ...list,
    name: 'those who have nothing',
    send: asked({ filter: 'isGranted:eq:false' }),
    want: { status: 200, body: (body) => logins(body).includes('member') },
  },
  {
    ...list,
    name: 'a person',
    send: (scene) =>
      asked({ filter: `userId:eq:${scene.userId('writer')}|isGranted:eq:any` })(scene),
    want: names('writer'),
  },
  {
    ...list,
    name: 'a role',
    send: asked({ filter: 'hasRole:eq:ROOM_MANAGER' }),
    want: names('admin'),
  },
  {
    ...list,
    name: 'backwards, one page',
    send: asked({ sort: 'user:desc', limit: 2 }),
    want: names('writer reader'),
  },
  {
    ...list,
    name: 'what is inherited, where it is asked for',
    given: { '/sub': 'room' },
    send: (scene) => ({
      params: { room_id: scene.id('/sub') },
      query: { filter: 'effectivePerm:eq:true' },
    }),
    want: names('admin manager reader writer'),
  },
  {
    ...list,
    name: 'nothing was given on an inheriting room',
    given: { '/sub': 'room' },
    send: (scene) => ({ params: { room_id: scene.id('/sub') } }),
    want: names(''),
  },
  {
    ...list,
    name: 'only administrators see the others',
    as: 'reader',
    send: asked({ filter: 'isGranted:eq:any' }),
    want: { status: 403 },
  },
  { ...list, name: 'a limit above 500', send: asked({ limit: 501 }), want: badRange },
  { ...list, name: 'an unknown filter', send: asked({ filter: 'x:eq:y' }), want: { status: 400 } },
  ...refusals({ op: 'requestRoomUsers', send: of(), forbidden: [], invisible }),
  {
    op: 'updateRoomUsers',
    name: 'somebody new, the others stay',
    as: 'manager',
    send: giving('member', readOnly),
    want: { status: 204, body: undefined, events: ['grant.changed'] },
    then: async (scene) => {
      const { body } = await scene.call('requestRoomUsers', 'member', of()(scene))
      if (logins(body) !== 'admin manager member reader writer') throw new Error(logins(body))
    },
  },
  {
    op: 'updateRoomUsers',
    name: 'manage brings everything',
    as: 'manager',
    send: giving('member', { ...none, manage: true }),
    want: { status: 204, events: ['grant.changed'] },
  },
  {
    op: 'updateRoomUsers',
    name: 'all ten are needed',
    as: 'manager',
    send: giving('member', { read: true }),
    want: { status: 400 },
  },
  {
    op: 'updateRoomUsers',
    name: 'an unknown user',
    as: 'manager',
    send: of({ items: [{ id: 8888888, permissions: readOnly }] }),
    want: { status: 404, code: -70501 },
  },
  {
    op: 'updateRoomUsers',
    name: 'an administrator must remain',
    as: 'admin',
    before: async (scene) => {
      await scene.call('revokeRoomUsers', 'admin', of({ ids: [scene.userId('manager')] })(scene))
    },
    send: giving('admin', readOnly),
    want: { status: 400, code: -40006 },
  },
  ...refusals({
    op: 'updateRoomUsers',
    send: giving('member', readOnly),
    forbidden: ['reader', 'writer'],
    invisible,
  }),
  {
    op: 'revokeRoomUsers',
    name: 'takes the room out of sight',
    as: 'manager',
    send: (scene) => of({ ids: [scene.userId('reader')] })(scene),
    want: { status: 204, events: ['grant.removed'] },
    then: async (scene) => {
      const { status } = await scene.call('requestNode', 'reader', {
        params: { node_id: scene.id('/') },
      })
      if (status !== 404) throw new Error(`reader still sees it: ${status}`)
    },
  },
  {
    op: 'revokeRoomUsers',
    name: 'who has nothing is passed over',
    as: 'manager',
    send: (scene) => of({ ids: [scene.userId('member')] })(scene),
    want: { status: 204 },
  },
  {
    op: 'revokeRoomUsers',
    name: 'an administrator must remain',
    as: 'manager',
    send: (scene) => of({ ids: [scene.userId('manager'), scene.userId('admin')] })(scene),
    want: { status: 400, code: -40006 },
  },
  ...refusals({
    op: 'revokeRoomUsers',
    send: (scene) => of({ ids: [scene.userId('reader')] })(scene),
    forbidden: ['reader', 'writer'],
    invisible,
  }),
  {
    ...log,
    name: 'the newest first',
    given: { '/a.txt': { file: 'a' } },
    send: asked({ limit: 1 }),
    want: (scene) => ({
      status: 200,
      body: {
        range: { offset: 0, limit: 1 },
        items: [
          {
            userId: scene.userId('admin'),
            userName: 'admin',
            operationId: 103,
            status: 0,
            objectId1: scene.nodeId('/a.txt'),
            objectName1: 'a.txt',
            time: (time) => String(time).endsWith('Z'),
            message: (text) => String(text).includes('a.txt'),
          },
        ],
      },
    }),
  },
  {
    ...log,
    name: 'one kind, the oldest first',
    send: asked({ type: 101, sort: 'time:asc' }),
    want: {
      status: 200,
      body: { range: { total: 1 }, items: [{ operationName: 'Room created' }] },
    },
  },
  {
    ...log,
    name: 'one person',
    send: (scene) => asked({ user_id: scene.userId('reader') })(scene),
    want: { status: 200, body: { range: { total: 0 }, items: [] } },
  },
  {
    ...log,
    name: 'a time',
    send: asked({ date_start: '2099-01-01T00:00:00' }),
    want: { status: 200, body: { items: [] } },
  },
  {
    ...log,
    name: 'what failed',
    send: asked({ status: 2 }),
    want: { status: 200, body: { items: [] } },
  },
  {
    ...log,
    name: 'who may only read sees no addresses',
    as: 'reader',
    send: asked({ limit: 1 }),
    want: { status: 200, body: { items: [{ userIp: undefined, userClient: undefined }] } },
  },
  {
    ...log,
    name: 'an unknown operation',
    send: asked({ type: 9999 }),
    want: { status: 400, code: -80026 },
  },
  {
    ...log,
    name: 'an unknown status',
    send: asked({ status: 1 }),
    want: { status: 400, code: -80027 },
  },
  { ...log, name: 'a date that is none', send: asked({ date_end: 'soon' }), want: { status: 400 } },
  { ...log, name: 'a limit above 500', send: asked({ limit: 501 }), want: badRange },
  {
    ...log,
    name: 'a room that shows none',
    before: async (scene) => {
      await scene.call('configureRoom', 'manager', of({ hasActivitiesLog: false })(scene))
    },
    send: asked({}),
    want: { status: 403 },
  },
  ...refusals({ op: 'requestRoomActivitiesLogAsJson', send: asked({}), forbidden: [], invisible }),
]
