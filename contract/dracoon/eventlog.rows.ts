import type { ContractRow, Scene } from '../row.ts'
import { nothing } from './sample-call.ts'

const given = { '/f': 'folder', '/sub': 'room' } as const
const admin = { as: 'admin', given } as const
const forbidden = (op: string, send: ContractRow['send'] = {}): ContractRow => ({
  op,
  name: 'is for auditors',
  as: 'manager',
  send,
  want: { status: 403, body: { errorCode: undefined } },
})

type Log = { items: { operationId: number; userId: number; status: number; time: string }[] }
const everyItem = (fits: (item: Log['items'][number]) => boolean) => (items: unknown) =>
  Array.isArray(items) && items.length > 0 && (items as Log['items']).every(fits)

const made = (op: string, as: 'writer' | 'manager') => async (scene: Scene) => {
  await scene.call(op, as, { body: { parentId: scene.id('/'), name: 'made' } })
}

const log = { ...admin, op: 'requestLogEventsAsJson' } as const
const events: readonly ContractRow[] = [
  {
    ...log,
    name: 'the newest first',
    before: made('createFolder', 'writer'),
    send: { query: { limit: 1 } },
    want: (scene) => ({
      status: 200,
      body: {
        items: [
          {
            operationId: 102,
            operationName: 'Folder created',
            status: 0,
            userId: scene.userId('writer'),
            userName: 'writer',
            objectName1: 'made',
            objectType1: 2,
          },
        ],
      },
    }),
  },
  {
    ...log,
    name: 'of one operation and one user',
    before: made('createFolder', 'writer'),
    send: (scene) => ({ query: { type: 102, user_id: scene.userId('writer') } }),
    want: (scene) => ({
      status: 200,
      body: {
        items: everyItem(
          ({ operationId, userId }) => operationId === 102 && userId === scene.userId('writer'),
        ),
      },
    }),
  },
  {
    ...log,
    name: 'what failed',
    before: async (scene) => {
      const body = { userName: 'nobody', password: 'wrong', authType: 'basic', language: 'de' }
      await scene.call('login', null, { body })
    },
    send: { query: { status: '2' } },
    want: { status: 200, body: { items: everyItem(({ status }) => status === 2) } },
  },
  {
    ...log,
    name: 'what succeeded',
    send: { query: { status: '0', sort: 'time:asc' } },
    want: { status: 200, body: { items: everyItem(({ status }) => status === 0) } },
  },
  {
    ...log,
    name: 'nothing of a time to come, nothing of a program that nobody has',
    send: { query: { date_start: '2100-01-01T00:00:00', user_client: 'no such program' } },
    want: { status: 200, body: { range: { total: 0 }, items: [] } },
  },
  {
    ...log,
    name: 'no other outcomes',
    send: { query: { status: '7' } },
    want: { status: 400, code: -80027 },
  },
  {
    ...log,
    name: 'no other operations',
    send: { query: { type: 9999 } },
    want: { status: 400, code: -80026 },
  },
  forbidden('requestLogEventsAsJson'),
  {
    op: 'requestLogOperations',
    name: 'all with their numbers',
    as: 'admin',
    want: {
      status: 200,
      body: { operationList: (list) => Array.isArray(list) && list.length > 20 },
    },
  },
  {
    op: 'requestLogOperations',
    name: 'none is out of use',
    as: 'admin',
    send: { query: { is_deprecated: true } },
    want: { status: 200, body: { operationList: [] } },
  },
  forbidden('requestLogOperations'),
]

const info = { ...admin, op: 'requestAuditNodeInfo' } as const
const nodes = { ...admin, op: 'requestAuditNodeUserData' } as const
const inRoom = (filter: string) => (scene: Scene) => ({
  query: { parent_id: scene.id('/'), filter },
})

const audits: readonly ContractRow[] = [
  {
    ...info,
    name: 'rooms below a room',
    send: (scene) => ({ query: { parent_id: scene.id('/'), sort: 'nodeName:asc|nodeId:desc' } }),
    want: (scene) => ({
      status: 200,
      body: {
        range: { total: 1 },
        items: [
          {
            nodeId: scene.id('/sub'),
            nodeName: 'sub',
            nodeParentId: scene.id('/'),
            nodeIsEncrypted: false,
            countChildren: 0,
          },
        ],
      },
    }),
  },
  {
    ...info,
    name: 'top rooms, those of others too',
    send: { query: { filter: 'nodeName:eq:HOMES' } },
    want: { status: 200, body: { items: [{ nodeName: 'Homes', nodeParentPath: '/' }] } },
  },
  {
    ...info,
    name: 'by the beginning of a name',
    send: inRoom('nodeName:sw:SU|nodeName:cn:ub|nodeIsEncrypted:eq:false'),
    want: { status: 200, body: { range: { total: 1 } } },
  },
  {
    ...info,
    name: 'none that is encrypted',
    send: inRoom('nodeIsEncrypted:eq:true'),
    want: { status: 200, body: { items: [] } },
  },
  {
    ...info,
    name: 'not below what is not there',
    send: { query: { parent_id: nothing } },
    want: { status: 404, code: -40000 },
  },
  forbidden('requestAuditNodeInfo'),
  {
    ...nodes,
    name: 'a room with all who hold something',
    send: (scene) => ({ query: { filter: `nodeId:eq:${scene.id('/')}` } }),
    want: (scene) => ({
      status: 200,
      body: [
        {
          nodeId: scene.id('/'),
          nodeCntChildren: 2,
          auditUserPermissionList: [
            { userLogin: 'admin', permissions: { manage: true } },
            { userLogin: 'manager', permissions: { manage: true } },
            { userLogin: 'reader', permissions: { manage: false, read: true, create: false } },
            { userLogin: 'writer', permissions: { manage: false, create: true } },
          ],
        },
      ],
    }),
  },
  {
    ...nodes,
    name: 'rooms of a person, names of people or-ed',
    send: (scene) => ({
      query: {
        filter: `nodeParentId:eq:${scene.id('/')}|userName:cn:READER|userFirstName:eq:nobody`,
        sort: 'nodeSize:desc|nodeQuota:asc|nodeParentId:asc|nodeId:asc',
      },
    }),
    want: {
      status: 200,
      body: [{ nodeName: 'sub', auditUserPermissionList: [{ userLogin: 'reader' }] }],
    },
  },
  {
    ...nodes,
    name: 'rooms that somebody manages, with their log',
    send: (scene) => ({
      query: {
        filter: [
          `nodeId:eq:${scene.id('/')}`,
          `userId:eq:${scene.userId('manager')}`,
          'permissionsManage:eq:true',
          'nodeHasActivitiesLog:eq:true',
        ].join('|'),
      },
    }),
    want: {
      status: 200,
      body: [{ auditUserPermissionList: [{ userLogin: 'manager' }], nodeHasActivitiesLog: true }],
    },
  },
  {
    ...nodes,
    name: 'none without a recycle bin',
    send: { query: { filter: 'nodeHasRecycleBin:eq:false' } },
    want: { status: 200, body: [] },
  },
  {
    ...nodes,
    name: 'ids are not negative',
    send: { query: { filter: 'userId:eq:-1' } },
    want: { status: 400, code: -80001 },
  },
  ...(['requestAuditNodeUserData', 'requestAuditNodeInfo'] as const).map(
    (op): ContractRow => ({
      op,
      name: 'ids are numbers',
      as: 'admin',
      send: { query: { filter: 'nodeId:eq:x' } },
      want: { status: 400, code: -80002 },
    }),
  ),
  forbidden('requestAuditNodeUserData'),
]

export const eventlogRows: readonly ContractRow[] = [...events, ...audits]
