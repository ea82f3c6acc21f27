import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const tree = { '/sub': 'room', '/letters': 'folder' } as const
const invisible = { status: 404, code: -40000 }
const inside = (body: object) => (scene: Scene) => ({
  body: { parentId: scene.id('/'), name: 'new', ...body },
})
const make = { op: 'createRoom', as: 'manager', given: tree } as const
const change = { op: 'updateRoom', as: 'manager', given: tree } as const
const configure = { op: 'configureRoom', as: 'manager', given: tree } as const
const of = (path: string, body: object) => (scene: Scene) => ({
  params: { room_id: scene.id(path) },
  body,
})
let topRooms = 0

/** Making, changing and governing rooms. */
export const roomsRows: readonly ContractRow[] = [
  {
    ...make,
    name: 'below a room',
    send: inside({
      notes: 'n',
      quota: 1_000_000,
      recycleBinRetentionPeriod: 30,
      hasActivitiesLog: false,
      classification: 3,
    }),
    want: (scene) => ({
      status: 201,
      body: {
        type: 'room',
        name: 'new',
        parentId: scene.id('/'),
        notes: 'n',
        quota: 1_000_000,
        recycleBinRetentionPeriod: 30,
        hasActivitiesLog: false,
        classification: 3,
        inheritPermissions: true,
        permissions: { manage: true },
      },
      events: ['room.created'],
    }),
    then: async (scene, answer) => {
      const made = answer.body as { id: number }
      const { body } = await scene.call('requestNode', 'manager', { params: { node_id: made.id } })
      if (JSON.stringify(body) !== JSON.stringify(made)) throw new Error('another node was told')
    },
  },
  {
    ...make,
    name: 'with an administrator of its own',
    send: (scene) => ({
      body: {
        parentId: scene.id('/'),
        name: 'new',
        inheritPermissions: false,
        adminIds: [scene.userId('writer')],
      },
    }),
    want: { status: 201, body: { inheritPermissions: false }, events: ['room.created'] },
  },
  {
    ...make,
    name: 'at the top, whoever makes it manages it',
    as: 'admin',
    send: () => ({ body: { name: `top ${++topRooms}` } }),
    want: {
      status: 201,
      body: { parentId: undefined, parentPath: '/', permissions: { manage: true } },
      events: ['room.created'],
    },
  },
  {
    ...make,
    name: 'the top is for room managers',
    send: { body: { name: 'nope' } },
    want: { status: 403, body: { errorCode: undefined } },
  },
  {
    ...make,
    name: 'at the top nothing is inherited',
    as: 'admin',
    send: { body: { name: 'nope', inheritPermissions: true } },
    want: { status: 400, code: -40017 },
  },
  {
    ...make,
    name: 'administrators where permissions are inherited',
    send: (scene) => inside({ adminIds: [scene.userId('writer')] })(scene),
    want: { status: 400, code: -40006 },
  },
  {
    ...make,
    name: 'an unknown administrator',
    send: inside({ inheritPermissions: false, adminIds: [8888888] }),
    want: { status: 404, code: -70501 },
  },
  {
    ...make,
    name: 'an unknown group of administrators',
    send: inside({ inheritPermissions: false, adminGroupIds: [8888888] }),
    want: { status: 404, code: -30000 },
  },
  {
    ...make,
    name: 'in a folder',
    send: (scene) => ({ body: { parentId: scene.id('/letters'), name: 'x' } }),
    want: invisible,
  },
  { ...make, name: 'a taken name', send: inside({ name: 'Sub' }), want: { status: 409 } },
  {
    ...make,
    name: 'a bad name',
    send: inside({ name: '-x' }),
    want: { status: 400, code: -40755 },
  },
  {
    ...make,
    name: 'too many days of retention',
    send: inside({ recycleBinRetentionPeriod: 10_000 }),
    want: { status: 400, code: -80018 },
  },
  {
    ...make,
    name: 'an unknown acceptance',
    send: inside({ newGroupMemberAcceptance: 'maybe' }),
    want: { status: 400, code: -80025 },
  },
  ...refusals({
    op: 'createRoom',
    given: tree,
    send: inside({}),
    forbidden: ['reader', 'writer'],
    invisible,
  }),
  {
    ...change,
    name: 'name, notes and quota',
    send: of('/sub', { name: 'under', notes: 'x', quota: 5_000_000 }),
    want: {
      status: 200,
      body: { name: 'under', notes: 'x', quota: 5_000_000 },
      events: ['node.renamed'],
    },
  },
  {
    ...change,
    name: 'a quota of 0 takes it away',
    before: async (scene) => {
      await scene.call('updateRoom', 'manager', of('/sub', { quota: 5_000_000 })(scene))
    },
    send: of('/sub', { quota: 0 }),
    want: { status: 200, body: { quota: undefined }, events: ['node.changed'] },
  },
  { ...change, name: 'a negative quota', send: of('/sub', { quota: -1 }), want: { status: 400 } },
  { ...change, name: 'a taken name', send: of('/sub', { name: 'letters' }), want: { status: 409 } },
  {
    ...change,
    name: 'a folder is no room',
    send: of('/letters', { name: 'x' }),
    want: { status: 404 },
  },
  ...refusals({
    op: 'updateRoom',
    given: tree,
    send: of('/sub', { name: 'x' }),
    forbidden: ['reader', 'writer'],
    invisible: { status: 404, code: -41000 },
  }),
  {
    ...configure,
    name: 'retention, log and classification',
    send: of('/sub', {
      recycleBinRetentionPeriod: 7,
      hasActivitiesLog: false,
      classification: 1,
    }),
    want: {
      status: 200,
      body: { recycleBinRetentionPeriod: 7, hasActivitiesLog: false, classification: 1 },
      events: ['node.changed'],
    },
  },
  {
    ...configure,
    name: 'inheriting ends, what was inherited is taken over',
    send: of('/sub', { inheritPermissions: false, takeOverPermissions: true }),
    want: { status: 200, body: { inheritPermissions: false }, events: 'any' },
    then: async (scene) => {
      const params = { node_id: scene.id('/sub') }
      const { body } = await scene.call('requestNode', 'reader', { params })
      const { permissions } = body as { permissions: { read: boolean; create: boolean } }
      if (!permissions.read || permissions.create) throw new Error('another permission is left')
    },
  },
  {
    ...configure,
    name: 'inheriting ends for all but the administrators named',
    send: (scene) => ({
      params: { room_id: scene.id('/sub') },
      body: { inheritPermissions: false, adminIds: [scene.userId('manager')] },
    }),
    want: { status: 200, body: { inheritPermissions: false }, events: 'any' },
    then: async (scene) => {
      const params = { node_id: scene.id('/sub') }
      const { status } = await scene.call('requestNode', 'reader', { params })
      if (status !== 404) throw new Error(`reader still sees it: ${status}`)
    },
  },
  {
    ...configure,
    name: 'inheriting begins again',
    before: async (scene) => {
      const body = { inheritPermissions: false, adminIds: [scene.userId('manager')] }
      await scene.call('configureRoom', 'manager', of('/sub', body)(scene))
    },
    send: of('/sub', { inheritPermissions: true }),
    want: { status: 200, body: { inheritPermissions: true }, events: ['node.changed'] },
    then: async (scene) => {
      const params = { node_id: scene.id('/sub') }
      const { status } = await scene.call('requestNode', 'reader', { params })
      if (status !== 200) throw new Error(`reader does not see it: ${status}`)
    },
  },
  {
    ...configure,
    name: 'nobody would be left',
    send: of('/sub', { inheritPermissions: false }),
    want: { status: 400, code: -40006 },
  },
  {
    ...configure,
    name: 'inheriting that is on already',
    send: of('/sub', { inheritPermissions: true }),
    want: { status: 400, code: -40015 },
  },
  {
    ...configure,
    name: 'a top room cannot inherit',
    send: of('/', { inheritPermissions: true }),
    want: { status: 400, code: -40017 },
  },
  {
    ...configure,
    name: 'a top room has nothing to take over',
    send: of('/', { takeOverPermissions: true }),
    want: { status: 400, code: -40019 },
  },
  {
    ...configure,
    name: 'too many days',
    send: of('/sub', { recycleBinRetentionPeriod: 10_000 }),
    want: { status: 400, code: -80018 },
  },
  ...refusals({
    op: 'configureRoom',
    given: tree,
    send: of('/sub', { recycleBinRetentionPeriod: 1 }),
    forbidden: ['reader', 'writer'],
    invisible,
  }),
]
