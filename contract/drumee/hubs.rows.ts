import type { EventType } from '../../server/core/event.ts'
import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Persona, Scene, Want } from '../row.ts'

type Values = Readonly<Record<string, unknown>>

const inHub =
  (values: (scene: Scene) => Values = () => ({})) =>
  (scene: Scene) => ({ body: { hub_id: scene.id('/'), ...values(scene) } })
const uid = (scene: Scene, who: Exclude<Persona, null>) => userCode(scene.userId(who))

/** The members of an answer, with the word that each holds. */
const members = (words: (scene: Scene) => Values) => (scene: Scene) => (list: unknown) => {
  const told = new Map(
    (list as { id: string; privilege: number }[]).map((m) => [m.id, m.privilege]),
  )
  return Object.entries(words(scene)).every(([id, word]) => told.get(id) === word)
}
const holding =
  (words: (scene: Scene) => Values, ...events: EventType[]) =>
  (scene: Scene): Want => ({ status: 200, body: { data: members(words)(scene) }, events })
const denied = { status: 403, code: 'PERMISSION_DENIED' } as const
const missing = (name: string) =>
  ({ status: 412, code: `VARIABLE **${name}** IS MANDATORY` }) as const

const make = { op: 'desk.create_hub', as: 'admin' } as const
const add = { op: 'hub.add_contributors', as: 'manager' } as const
const set = { op: 'hub.set_member_privilege', as: 'manager' } as const
const remove = { op: 'hub.delete_contributor', as: 'manager' } as const
const list = { op: 'hub.get_members_by_type', as: 'reader' } as const

type Row = { readonly hub_id: string; readonly area: string; readonly share_id: string | null }
type Facts = { readonly area: string; readonly privilege: number }

/** What strangers may do in a hub just made, and what it is called once its link is gone. */
async function opensAsFar(scene: Scene, area: 'public' | 'share'): Promise<void> {
  const ask = async <T>(op: string, who: Persona, body: Values) => {
    const { body: answer } = await scene.call(op, who, { body })
    return (answer as { readonly data: T }).data
  }
  const desk = await ask<Row[]>('desk.home', 'admin', {})
  const hub = desk.find((one) => one.area === area)
  if (!hub) throw new Error(`no ${area} hub stands on the desk`)
  const place = { hub_id: hub.hub_id, nid: hub.hub_id }
  const openings = await ask<Row[]>('sharebox.get_outbound_node_attr', 'admin', place)
  const token = openings.find(({ share_id }) => share_id !== null)?.share_id
  const { privilege } = await ask<Facts>('dmz.info', null, { token })
  if (privilege !== (area === 'share' ? 7 : 3)) throw new Error(`strangers hold ${privilege}`)
  await ask('sharebox.remove_open_link', 'admin', place)
  const closed = await ask<Facts>('hub.get_attributes', 'admin', place)
  if (closed.area !== 'private') throw new Error(`a closed hub is called ${closed.area}`)
}

const making: readonly ContractRow[] = [
  {
    ...make,
    name: 'a hub is a room of its maker',
    send: (scene) => ({ body: { filename: `Hub ${scene.nodeId('/')}`, area: 'private' } }),
    want: (scene) => ({
      status: 200,
      body: { data: { filename: `Hub ${scene.nodeId('/')}`, category: 'hub', privilege: 63 } },
      events: ['room.created'],
    }),
  },
  ...(['public', 'share'] as const).map(
    (area): ContractRow => ({
      ...make,
      name: `a ${area} hub lets in who has the address`,
      send: (scene) => ({ body: { filename: `Hub ${area} ${scene.nodeId('/')}`, area } }),
      want: { status: 200, body: { data: { area } }, events: ['room.created', 'link.created'] },
      then: (scene) => opensAsFar(scene, area),
    }),
  ),
  {
    ...make,
    name: 'an area that is none',
    send: { body: { filename: 'no', area: 'moon' } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    ...make,
    name: 'is for who may make rooms',
    as: 'writer',
    send: { body: { filename: 'no' } },
    want: denied,
  },
  { ...make, name: 'needs a name', send: { body: {} }, want: missing('filename') },
  {
    ...make,
    name: 'a bad name',
    send: { body: { filename: '-x' } },
    want: { status: 400, code: 'INVALID_FILENAME' },
  },
  {
    op: 'hub.get_attributes',
    name: 'tells name, owner and what the caller holds',
    as: 'reader',
    send: inHub(),
    want: (scene) => ({
      status: 200,
      body: { data: { id: scene.id('/'), area: 'private', privilege: 3, exists: 1 } },
    }),
  },
  {
    op: 'hub.get_attributes',
    name: 'of a hub that is not the caller’s',
    as: 'member',
    send: inHub(),
    want: { status: 404, code: 'HUB_NOT_FOUND' },
  },
]

const reading: readonly ContractRow[] = [
  {
    ...list,
    name: 'all of them',
    send: inHub(),
    want: holding((scene) => ({ [uid(scene, 'manager')]: 63, [uid(scene, 'reader')]: 3 })),
  },
  {
    ...list,
    name: 'those who govern',
    send: inHub(() => ({ type: 'owner' })),
    want: (scene) => ({
      status: 200,
      body: {
        data: (rows) =>
          (rows as { id: string; is_owner: number }[]).every(({ is_owner }) => is_owner === 1) &&
          !(rows as { id: string }[]).some(({ id }) => id === uid(scene, 'reader')),
      },
    }),
  },
  {
    ...list,
    name: 'of a word that is none',
    send: inHub(() => ({ type: 'king' })),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    ...list,
    name: 'nobody else sees them',
    as: 'member',
    send: inHub(),
    want: { status: 404, code: 'HUB_NOT_FOUND' },
  },
]

const changing: readonly ContractRow[] = [
  {
    ...add,
    name: 'by address',
    send: inHub(() => ({ users: ['member@example.test'], privilege: 7 })),
    want: holding((scene) => ({ [uid(scene, 'member')]: 7 }), 'grant.changed'),
  },
  {
    ...add,
    name: 'by id, for some days',
    send: inHub((scene) => ({ users: [uid(scene, 'member')], privilege: 3, days: 2, hours: 1 })),
    want: holding((scene) => ({ [uid(scene, 'member')]: 3 }), 'grant.changed'),
  },
  {
    ...add,
    name: 'an address that nobody has',
    send: inHub(() => ({ users: ['nobody@example.test'], privilege: 3 })),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    ...add,
    name: 'with nothing',
    send: inHub(() => ({ users: ['member@example.test'], privilege: 0 })),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  { ...add, name: 'needs users', send: inHub(() => ({ privilege: 3 })), want: missing('users') },
  {
    ...add,
    name: 'writers do not',
    as: 'writer',
    send: inHub(() => ({ users: ['member@example.test'], privilege: 3 })),
    want: denied,
  },
  ...[add, set, remove].map(
    (one): ContractRow => ({
      ...one,
      name: 'of a hub that is not the caller’s',
      as: 'member',
      send: inHub((scene) => ({
        users: [uid(scene, 'reader')],
        uid: uid(scene, 'reader'),
        privilege: 3,
      })),
      want: { status: 404, code: 'HUB_NOT_FOUND' },
    }),
  ),
  {
    ...make,
    name: 'a name that is no text',
    send: { body: { filename: { a: 1 } } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    ...remove,
    name: 'not the last who govern',
    send: inHub((scene) => ({ users: [uid(scene, 'manager'), uid(scene, 'admin')] })),
    want: { status: 400, code: 'OWNER_CANNOT_BE_REMOVED' },
  },
  {
    ...set,
    name: 'changes what a member holds',
    send: inHub((scene) => ({ uid: uid(scene, 'reader'), privilege: 15 })),
    want: holding((scene) => ({ [uid(scene, 'reader')]: 15 }), 'grant.changed'),
  },
  {
    ...set,
    name: 'a number that is no word',
    send: inHub((scene) => ({ uid: uid(scene, 'reader'), privilege: 'x' })),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  { ...set, name: 'needs a member', send: inHub(() => ({ privilege: 3 })), want: missing('uid') },
  {
    ...set,
    name: 'writers do not',
    as: 'writer',
    send: inHub((scene) => ({ uid: uid(scene, 'reader'), privilege: 63 })),
    want: denied,
  },
  {
    ...remove,
    name: 'a member is out at once',
    send: inHub((scene) => ({ users: [uid(scene, 'reader')] })),
    want: { status: 200, events: ['grant.removed'] },
    then: async (scene) => {
      const { status } = await scene.call('hub.get_attributes', 'reader', inHub()(scene))
      if (status !== 404) throw new Error(`who was removed is answered ${status}`)
    },
  },
  {
    ...remove,
    name: 'nobody of this id',
    send: inHub(() => ({ users: ['d0000000ffffffff'] })),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  { ...remove, name: 'needs users', send: inHub(), want: missing('users') },
  {
    ...remove,
    name: 'users that are no list',
    send: inHub(() => ({ users: { a: 1 } })),
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    ...remove,
    name: 'writers do not',
    as: 'writer',
    send: inHub((scene) => ({ users: [uid(scene, 'reader')] })),
    want: denied,
  },
]

const removing: readonly ContractRow[] = [
  {
    op: 'hub.delete_hub',
    name: 'it is gone for everybody, with what lies in it',
    as: 'manager',
    given: { '/f': 'folder', '/f/a.txt': { file: 'a' } },
    send: inHub(),
    want: (scene) => ({
      status: 200,
      body: { data: { hub_id: scene.id('/'), nid: scene.id('/') } },
      events: ['room.deleted'],
    }),
    then: async (scene) => {
      const { status } = await scene.call('hub.get_attributes', 'reader', inHub()(scene))
      if (status !== 404) throw new Error(`a hub that is gone is answered ${status}`)
    },
  },
  {
    op: 'hub.delete_hub',
    name: 'writers do not',
    as: 'writer',
    send: inHub(),
    want: denied,
  },
  {
    op: 'hub.delete_hub',
    name: 'nobody removes his own personal hub',
    as: 'manager',
    send: (scene) => ({ body: { hub_id: uid(scene, 'manager') } }),
    want: denied,
  },
  {
    op: 'hub.delete_hub',
    name: 'a folder is no hub',
    as: 'manager',
    given: { '/f': 'folder' },
    send: (scene) => ({ body: { hub_id: scene.id('/f') } }),
    want: { status: 404, code: 'HUB_NOT_FOUND' },
  },
  {
    op: 'hub.delete_hub',
    name: 'a hub that nobody named is not guessed',
    as: 'manager',
    send: { body: {} },
    want: missing('hub_id'),
  },
  {
    op: 'hub.delete_hub',
    name: 'a hub that is a list',
    as: 'manager',
    send: { body: { hub_id: ['a', 'b'] } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
]

export const hubRows: readonly ContractRow[] = [...making, ...reading, ...changing, ...removing]
