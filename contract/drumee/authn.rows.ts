import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow } from '../row.ts'
import { password } from '../scene.ts'

const isSecret = (text: unknown) => typeof text === 'string' && /^[\w-]{22,}$/.test(text)

/** Programs without a browser. */
export const authnRows: readonly ContractRow[] = [
  ...(['member', null] as const).map(
    (as): ContractRow => ({
      op: 'bootstrap.authn',
      name: `a ticket for the push connection of ${as}`,
      as,
      want: { status: 200, body: { data: { token: (text) => String(text).length > 40 } } },
    }),
  ),
  {
    op: 'authn.create',
    name: 'a token for name and password',
    as: null,
    send: { headers: { authorization: `Basic ${btoa(`member:${password}`)}` } },
    want: { status: 200, body: { data: { token: isSecret } }, events: ['session.started'] },
  },
  ...[undefined, 'Basic !', `Basic ${btoa('member')}`, `Basic ${btoa('member:no')}`].map(
    (authorization): ContractRow => ({
      op: 'authn.create',
      name: `not for ${authorization}`,
      as: null,
      send: { headers: authorization === undefined ? {} : { authorization } },
      want: { status: 401, code: 'WRONG_CREDENTIALS', events: ['session.failed'] },
    }),
  ),
  {
    op: 'authn.begin',
    name: 'a code for people and one for the program',
    as: null,
    send: { body: { label: 'CLI' } },
    want: {
      status: 200,
      body: {
        data: {
          device_code: isSecret,
          user_code: (text) => /^[A-Z]{4}-[A-Z]{4}$/.test(String(text)),
          interval_seconds: 5,
        },
      },
    },
  },
  {
    op: 'authn.approve',
    name: 'lets the program in',
    as: 'member',
    before: async (scene) => {
      const { body } = await scene.call('authn.begin', null, { body: {} })
      Object.assign(scene.kept, (body as { data: object }).data)
    },
    send: ({ kept }) => ({ body: { user_code: kept.user_code } }),
    want: { status: 200, body: { data: { status: 'approved' } }, events: ['code.issued'] },
    then: async (scene) => {
      const device = { body: { device_code: scene.kept.device_code } }
      const { body } = await scene.call('authn.poll', null, device)
      const { token } = (body as { data: { token: string } }).data
      const headers = { authorization: `Bearer ${token}` }
      const profile = await scene.call('drumate.get_profile', null, { headers })
      if (profile.status !== 200) throw new Error('the token opens nothing')
    },
  },
  {
    op: 'authn.approve',
    name: 'a code that no program shows',
    as: 'member',
    send: { body: { user_code: 'BBBB-BBBB' } },
    want: { status: 200, body: { data: { status: 'unknown' } } },
  },
  {
    op: 'authn.poll',
    name: 'pending until somebody says yes',
    as: null,
    before: async (scene) => {
      const { body } = await scene.call('authn.begin', null, { body: {} })
      Object.assign(scene.kept, (body as { data: object }).data)
    },
    send: ({ kept }) => ({ body: { device_code: kept.device_code } }),
    want: { status: 200, body: { data: { status: 'pending', token: undefined } } },
  },
  {
    op: 'authn.poll',
    name: 'unknown',
    as: null,
    send: { body: { device_code: 'x' } },
    want: { status: 200, body: { data: { status: 'unknown' } } },
  },
  {
    op: 'yp.reset_session',
    name: 'says whose the session is',
    as: 'member',
    send: { body: { socket_id: 'abc' } },
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          socket_id: 'abc',
          uid: userCode(scene.userId('member')),
          connection: 'online',
        },
      },
    }),
  },
  {
    op: 'yp.login',
    name: "by a user's id",
    as: null,
    send: (scene) => ({ body: { vars: { uid: userCode(scene.userId('member')), password } } }),
    want: { status: 200, body: { data: { status: 'ok' } }, events: ['session.started'] },
  },
]
