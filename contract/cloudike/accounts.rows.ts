import type { ContractRow, Scene, Send } from '../row.ts'
import { password } from '../scene.ts'
import { fourEncodings } from './four-encodings.ts'

const basic = (login: string, secret = password) => ({
  authorization: `Basic ${Buffer.from(`${login}:${secret}`).toString('base64')}`,
})

const isToken = (value: unknown) => typeof value === 'string' && value.length >= 20
const inFuture = (value: unknown) => typeof value === 'number' && value > Date.now()

async function tokenOf(scene: Scene): Promise<string> {
  const body = { login: 'manager', password }
  return ((await scene.call('accountsLogin', null, { body })).body as { token: string }).token
}

const withToken = (name: string) => (scene: Scene) => ({
  headers: { [name]: String(scene.kept.token) },
})

const signedIn = async (scene: Scene) => {
  scene.kept.token = await tokenOf(scene)
}

async function fail(scene: Scene, login: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    await scene.call('accountsLogin', null, { body: { login, password: 'wrong' } })
  }
}

/** Nobody's name, so that the failures of one row do not lock the people of the others. */
const stranger = (scene: Scene) => `nobody ${scene.nodeId('/')}`
const wrong = (scene: Scene): Send => ({ body: { login: stranger(scene), password: 'wrong' } })

export const accountRows: readonly ContractRow[] = [
  ...fourEncodings({
    op: 'accountsLogin',
    name: 'answers a token',
    as: null,
    send: { body: { login: 'writer', password, permanent_auth: false } },
    want: (scene) => ({
      status: 200,
      body: {
        token: isToken,
        userid: scene.userId('writer'),
        expires: inFuture,
        login: 'writer',
        name: 'writer Person',
        remote_wipe: false,
      },
      events: ['session.started'],
    }),
  }),
  ...['email:writer@example.test', 'writer@example.test', 'EMAIL:writer@example.test'].map(
    (login): ContractRow => ({
      op: 'accountsLogin',
      name: `knows ${login}`,
      as: null,
      send: { body: { login, password } },
      want: (scene) => ({
        status: 200,
        body: { userid: scene.userId('writer') },
        events: ['session.started'],
      }),
    }),
  ),
  {
    op: 'accountsLogin',
    name: 'knows userid:',
    as: null,
    send: (scene) => ({ body: { login: `userid:${scene.userId('writer')}`, password } }),
    want: (scene) => ({
      status: 200,
      body: { userid: scene.userId('writer') },
      events: ['session.started'],
    }),
  },
  {
    op: 'accountsLogin',
    name: 'keeps the name of the device',
    as: null,
    send: { body: { email: 'writer', password, permanent_auth: 1, device_description: 'Phone' } },
    want: {
      status: 200,
      body: { device_description: 'Phone', expires: null },
      events: ['session.started'],
    },
  },
  {
    op: 'accountsLogin',
    name: 'a wrong password is 401',
    as: null,
    send: wrong,
    want: { status: 401, code: 'Unauthorized', events: ['session.failed'] },
  },
  {
    op: 'accountsLogin',
    name: 'the failure before the lock says so',
    as: null,
    before: (scene) => fail(scene, stranger(scene), 8),
    send: wrong,
    want: { status: 401, code: 'LastAttempt', events: ['session.failed'] },
  },
  {
    op: 'accountsLogin',
    name: 'ten failures lock',
    as: null,
    before: (scene) => fail(scene, stranger(scene), 10),
    send: wrong,
    want: { status: 401, code: 'UserTemporarilyLocked' },
  },
  {
    op: 'accountsLogin',
    name: 'a key that nobody gave out is wrong',
    as: null,
    send: { body: { key: 'abc' } },
    want: { status: 401, code: 'Unauthorized' },
  },
  {
    op: 'accountsLogin',
    name: 'without a password it is 400',
    as: null,
    send: { body: { login: 'writer' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsLogin',
    name: 'a list is not a login',
    as: null,
    send: { body: { login: ['writer', 'reader'], password } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  ...['mountbit-auth', 'MountbitAuth', 'authorization'].map(
    (header): ContractRow => ({
      op: 'accountsGet',
      name: `takes the token in ${header}`,
      as: null,
      before: signedIn,
      send: withToken(header),
      want: (scene) => ({
        status: 200,
        body: { userid: scene.userId('manager'), logins: (list) => Array.isArray(list) },
      }),
    }),
  ),
  ...['writer', 'email:writer@example.test'].map(
    (login): ContractRow => ({
      op: 'accountsGet',
      name: `takes ${login} by HTTP Basic`,
      as: null,
      send: { headers: basic(login) },
      want: (scene) => ({
        status: 200,
        body: {
          userid: scene.userId('writer'),
          name: 'writer Person',
          is_active: true,
          quota_size: -1,
          storage_usage: { image: 0, audio: 0, video: 0, other: 0 },
        },
        events: 'any',
      }),
    }),
  ),
  {
    op: 'accountsGet',
    name: 'a wrong password by HTTP Basic is 401, without a question to the browser',
    as: null,
    send: { headers: basic('nobody at all', 'wrong') },
    want: {
      status: 401,
      code: 'Unauthorized',
      headers: { 'www-authenticate': 'Mountbit-Auth' },
      events: ['session.failed'],
    },
  },
  {
    op: 'accountsGet',
    name: 'a token in the query is none',
    as: null,
    before: signedIn,
    send: (scene) => ({ query: { token: String(scene.kept.token) } }),
    want: { status: 401, code: 'Unauthorized' },
  },
  {
    op: 'accountsGet',
    name: 'rule 31: user_id is not looked at for others than administrators',
    as: 'reader',
    send: (scene) => ({ query: { user_id: scene.userId('writer') } }),
    want: (scene) => ({ status: 200, body: { userid: scene.userId('reader'), role: 'user' } }),
  },
  {
    op: 'accountsGet',
    name: 'rule 31: an administrator gets the account, also by POST',
    as: 'admin',
    send: (scene) => ({ method: 'POST', body: { user_id: scene.userId('writer') } }),
    want: (scene) => ({ status: 200, body: { userid: scene.userId('writer') } }),
  },
  {
    op: 'accountsGet',
    name: 'an unknown account is 404 for an administrator',
    as: 'admin',
    send: { query: { user_id: 9_000_000_000 } },
    want: { status: 404, code: 'UserNotFound' },
  },
  {
    op: 'accountsGet',
    name: 'another tenant is another world',
    as: 'stranger',
    send: (scene) => ({ query: { user_id: scene.userId('writer') } }),
    want: { status: 404, code: 'UserNotFound' },
  },
  {
    op: 'accountsLogout',
    name: 'ends the token',
    as: null,
    before: signedIn,
    send: withToken('mountbit-auth'),
    want: { status: 200, body: { logout: true }, events: ['session.ended'] },
    then: async (scene) => {
      const again = await scene.call('accountsGet', null, withToken('mountbit-auth')(scene))
      if (again.status !== 401) throw new Error(`the token still opens: ${again.status}`)
    },
  },
  {
    op: 'accountsLogout',
    name: 'has nothing to end with HTTP Basic',
    as: null,
    send: { headers: basic('writer') },
    want: { status: 401, code: 'Unauthorized' },
  },
  {
    op: 'adminSetEffectiveUserid',
    name: 'what is documented but not reached says so',
    as: 'writer',
    send: { body: { user_id: 1 } },
    want: { status: 501, code: 'NotImplemented' },
  },
]
