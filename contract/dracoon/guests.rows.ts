import type { ContractRow, Scene } from '../row.ts'
import { account, accountId, accountName, done, inRoom } from './group-scene.ts'
import { refusals } from './refusals.ts'

const invite = { op: 'addRoomGuestUsers', as: 'manager' } as const
const inviting = (email: string | ((scene: Scene) => string), more: object = {}) =>
  inRoom((scene) => ({
    roomGuestInvitations: [
      {
        email: typeof email === 'string' ? email : email(scene),
        firstName: 'Gu',
        lastName: 'Est',
        ...more,
      },
    ],
  }))
const stranger = (scene: Scene) => `guest${scene.nodeId('/')}@elsewhere.test`
const known = (scene: Scene) => `${accountName(scene)}@example.test`

const guest = async (scene: Scene) => {
  await account()(scene)
  const send = { params: { role_id: 8 }, body: { ids: [accountId(scene)] } }
  await done(scene, 'addRoleUsers', 'admin', send)
}
const logins = (body: unknown) =>
  (body as { items: { login: string }[] }).items.map(({ login }) => login)

/** People from outside are invited into a room. Needs a world with guests and mail. */
export const guestsRows: readonly ContractRow[] = [
  {
    ...invite,
    name: 'gets an account, a mail and the room',
    send: inviting(stranger),
    want: {
      status: 204,
      body: undefined,
      events: ['room.created', 'user.created', 'code.issued', 'grant.changed'],
    },
    then: async (scene) => {
      const list = await done(scene, 'requestRoomUsers', 'manager', inRoom()(scene))
      if (!logins(list).includes(stranger(scene))) throw new Error(logins(list).join())
      const query = { filter: `userName:eq:${stranger(scene)}|hasRole:eq:GUEST_USER` }
      const users = await done(scene, 'requestUsers', 'admin', { query })
      if (logins(users).length !== 1) throw new Error(JSON.stringify(users))
    },
  },
  {
    ...invite,
    name: 'a guest who has an account is let in with it',
    before: guest,
    send: inviting(known),
    want: { status: 204, events: ['grant.changed'] },
  },
  {
    ...invite,
    name: 'a guest who is in the room',
    before: async (scene) => {
      await guest(scene)
      await done(scene, 'addRoomGuestUsers', 'manager', inviting(known)(scene))
    },
    send: inviting(known),
    want: { status: 400, code: -80070 },
  },
  {
    ...invite,
    name: 'the address of an internal user',
    send: inviting('reader@example.test'),
    want: { status: 400, code: -80069 },
  },
  {
    ...invite,
    name: 'an address that is none',
    send: inviting('nowhere'),
    want: { status: 400, code: -80009 },
  },
  {
    ...invite,
    name: 'a name that is too long',
    send: inviting(stranger, { firstName: 'x'.repeat(151) }),
    want: { status: 400, code: -80007 },
  },
  { ...invite, name: 'no list', send: inRoom({}), want: { status: 400, code: -80000 } },
  {
    ...invite,
    name: 'a number that is none',
    send: { params: { room_id: 'x' }, body: { roomGuestInvitations: [] } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'addRoomGuestUsers',
    send: inviting(stranger),
    forbidden: ['reader', 'writer'],
    invisible: { status: 404, code: -40000 },
  }),
  {
    op: 'updateRoomUsers',
    name: 'a guest governs nothing',
    as: 'manager',
    before: guest,
    send: inRoom((scene) => ({
      items: [
        {
          id: accountId(scene),
          permissions: {
            ...{ manage: true, read: true, create: true, change: true, delete: true },
            ...{ manageDownloadShare: true, manageUploadShare: true, readRecycleBin: true },
            ...{ restoreRecycleBin: true, deleteRecycleBin: true },
          },
        },
      ],
    })),
    want: { status: 400, code: -80068 },
  },
  {
    op: 'createRoom',
    name: 'a guest is no administrator',
    as: 'manager',
    before: guest,
    send: (scene) => ({
      body: {
        name: 'of a guest',
        parentId: scene.id('/'),
        inheritPermissions: false,
        adminIds: [accountId(scene)],
      },
    }),
    want: { status: 400, code: -71013 },
  },
]

const read = { op: 'requestGuestUsersPoliciesConfig', as: 'admin' } as const
const change = { op: 'changeGuestUsersPoliciesConfig', as: 'admin' } as const
const off = { body: { isInviteUsersEnabled: false } }

/** Without guests in the tenant. */
export const guestPoliciesRows: readonly ContractRow[] = [
  {
    ...invite,
    name: 'where the tenant has no guests',
    send: inviting(stranger),
    want: { status: 400, code: -80064 },
  },
  { ...read, name: 'off at first', want: { status: 200, body: { isInviteUsersEnabled: false } } },
  { ...read, name: 'without a session', as: null, want: { status: 401, code: -10012 } },
  { ...read, name: 'without the right', as: 'manager', want: { status: 403 } },
  {
    ...change,
    name: 'to what is said',
    send: off,
    want: { status: 200, body: { isInviteUsersEnabled: false }, events: ['settings.changed'] },
  },
  { ...change, name: 'nothing is said', send: { body: {} }, want: { status: 400, code: -80000 } },
  {
    ...change,
    name: 'a flag that is none',
    send: { body: { isInviteUsersEnabled: 'maybe' } },
    want: { status: 400, code: -80005 },
  },
  {
    ...change,
    name: 'without a session',
    as: null,
    send: off,
    want: { status: 401, code: -10012 },
  },
  { ...change, name: 'without the right', as: 'manager', send: off, want: { status: 403 } },
]
