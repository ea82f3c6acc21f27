import type { ContractRow } from '../row.ts'
import { done, inRoom } from './group-scene.ts'
import { refusals } from './refusals.ts'

const invisible = { status: 404, code: -40000 }
const set = { op: 'setRoomPolicies', as: 'manager' } as const

/** What holds for the files of rooms. */
export const roomPoliciesRows: readonly ContractRow[] = [
  {
    op: 'requestRoomPolicies',
    name: 'nothing at first',
    as: 'reader',
    send: inRoom(),
    want: { status: 200, body: { defaultExpirationPeriod: 0 } },
  },
  {
    op: 'requestRoomPolicies',
    name: 'not of a folder',
    as: 'manager',
    given: { '/f': 'folder' },
    send: (scene) => ({ params: { room_id: scene.id('/f') } }),
    want: invisible,
  },
  ...refusals({ op: 'requestRoomPolicies', send: inRoom(), forbidden: [], invisible }),
  {
    op: 'requestRoomPolicies',
    name: 'who passes through reads nothing',
    as: 'member',
    given: { '/sub': 'room' },
    before: async (scene) => {
      const permissions = {
        ...{ manage: false, read: true, create: false, change: false, delete: false },
        ...{ manageDownloadShare: false, manageUploadShare: false, readRecycleBin: false },
        ...{ restoreRecycleBin: false, deleteRecycleBin: false },
      }
      await done(scene, 'updateRoomUsers', 'manager', {
        params: { room_id: scene.id('/sub') },
        body: { items: [{ id: scene.userId('member'), permissions }] },
      })
    },
    send: inRoom(),
    want: { status: 403 },
  },
  {
    ...set,
    name: 'files that are there end, too',
    given: { '/a.txt': { file: 'a' } },
    send: inRoom({ defaultExpirationPeriod: 3600 }),
    want: { status: 204, body: undefined, events: ['node.changed'] },
    then: async (scene) => {
      const send = { params: { node_id: scene.id('/a.txt') } }
      const node = (await done(scene, 'requestNode', 'reader', send)) as { expireAt?: string }
      if (!node.expireAt) throw new Error('it has no end')
      await done(scene, 'setRoomPolicies', 'manager', inRoom({ defaultExpirationPeriod: 0 })(scene))
      const again = (await done(scene, 'requestNode', 'reader', send)) as { expireAt?: string }
      if (again.expireAt) throw new Error('it still has an end')
    },
  },
  { ...set, name: 'nothing is said', send: inRoom({}), want: { status: 204 } },
  {
    ...set,
    name: 'a negative period',
    send: inRoom({ defaultExpirationPeriod: -1 }),
    want: { status: 400, code: -80001 },
  },
  {
    ...set,
    name: 'a period that is no number',
    send: inRoom({ defaultExpirationPeriod: 'x' }),
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'setRoomPolicies',
    send: inRoom({ defaultExpirationPeriod: 60 }),
    forbidden: ['reader', 'writer'],
    invisible,
  }),
]
