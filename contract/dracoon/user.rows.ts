import type { ContractRow, Scene } from '../row.ts'
import { adminPassword } from '../world.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function keepAvatar(scene: Scene): Promise<void> {
  const { body } = await scene.call('requestAvatar', 'reader', {})
  scene.kept.uuid = (body as { avatarUuid: string }).avatarUuid
}

const avatarOf = (scene: Scene) => ({
  user_id: scene.userId('reader'),
  uuid: String(scene.kept.uuid),
})

/** The own account. */
export const userRows: readonly ContractRow[] = [
  {
    op: 'pingUser',
    name: 'says who it is',
    as: 'reader',
    want: { status: 200, body: 'OK reader' },
  },
  {
    op: 'pingUser',
    name: 'wants a token',
    as: null,
    want: { status: 401, code: -10012 },
  },
  {
    op: 'pingUser',
    name: 'wants a right one',
    as: null,
    send: { headers: { authorization: 'Bearer wrong' } },
    want: { status: 401, code: -10012 },
  },
  {
    op: 'requestUserInfo',
    name: 'has what clients read at start',
    as: 'reader',
    want: {
      status: 200,
      body: {
        userName: 'reader',
        login: 'reader',
        email: 'reader@example.test',
        authData: { method: 'basic', login: 'reader' },
        isLocked: false,
        lockStatus: 2,
        gender: 'n',
        needsToAcceptEULA: false,
        needsToChangePassword: false,
        hasManageableRooms: false,
        userRoles: { items: [{ id: 7, name: 'USER', description: 'Regular user' }] },
      },
    },
  },
  {
    op: 'requestUserInfo',
    name: 'an administrator of users has all roles',
    as: 'admin',
    want: {
      status: 200,
      body: {
        hasManageableRooms: true,
        userRoles: { items: (value) => Array.isArray(value) && value.length === 7 },
      },
    },
  },
  {
    op: 'requestCustomerInfo',
    name: 'counts accounts',
    as: 'reader',
    want: {
      status: 200,
      body: {
        isProviderCustomer: true,
        customerEncryptionEnabled: false,
        accountsUsed: (value) => Number(value) >= 5,
        cntGuestUser: 0,
      },
    },
  },
  {
    op: 'requestUserKeyPairs',
    name: 'nobody has one',
    as: 'reader',
    want: { status: 200, body: [] },
  },
  {
    op: 'requestAvatar',
    name: 'everybody has a picture',
    as: 'reader',
    want: {
      status: 200,
      body: { isCustomAvatar: false, avatarUuid: (value) => uuid.test(String(value)) },
    },
  },
  {
    op: 'requestUserAvatar',
    name: 'is told without a token',
    as: null,
    before: keepAvatar,
    send: (scene) => ({ params: avatarOf(scene) }),
    want: (scene) => ({ status: 200, body: { avatarUuid: String(scene.kept.uuid) } }),
  },
  {
    op: 'downloadAvatar',
    name: 'is a PNG',
    as: null,
    before: keepAvatar,
    send: (scene) => ({ params: avatarOf(scene) }),
    want: { status: 200, headers: { 'content-type': 'image/png' } },
  },
  {
    op: 'downloadAvatar',
    name: 'is not there under the id of somebody else',
    as: null,
    before: keepAvatar,
    send: (scene) => ({ params: { ...avatarOf(scene), user_id: scene.userId('writer') } }),
    want: { status: 404, code: -70028 },
  },
  {
    op: 'downloadAvatar',
    name: 'needs a number',
    as: null,
    send: { params: { user_id: 'me', uuid: 'x' } },
    want: { status: 400, code: -80002 },
  },
  {
    op: 'changeUserPassword',
    name: 'a wrong old one is no reason to throw the token away',
    as: 'member',
    send: { body: { oldPassword: 'not-this-one', newPassword: 'another-long-one' } },
    want: { status: 400, code: -80000, events: 'any' },
  },
  {
    op: 'changeUserPassword',
    name: 'a short one is refused by name',
    as: 'member',
    send: { body: { oldPassword: adminPassword, newPassword: 'short' } },
    want: {
      status: 400,
      code: -10002,
      body: { violatedPasswordPolicies: (value) => JSON.stringify(value).includes('too-short') },
    },
  },
]
