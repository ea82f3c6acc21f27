import { createUser } from '../../server/core/users/create-user.ts'
import { nodeCode, userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'
import { password } from '../scene.ts'
import { inAllEncodings } from './encodings.ts'

const writerHub = (scene: Scene) => ({ hub_id: userCode(scene.userId('writer')) })
const isId = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value)
const hasSid = (value: string) => new RegExp(`^regsid=${value}; .*HttpOnly; SameSite=Strict$`)

/** Somebody who turned the second step on while the installation sent mail; now it does not. */
async function withSecondStep(scene: Scene): Promise<void> {
  const admin = scene.core('admin')
  const names = { userName: 'two-steps', firstName: 'Two', lastName: 'Steps' }
  const { user } = await createUser(admin, { ...names, email: 'two@example.test', password })
  await admin.write((tx) => tx.users.update(user.id, { profile: { secondStep: 'code' } }))
}

/** yp: who is there, and signing in. */
export const ypRows: readonly ContractRow[] = [
  {
    op: 'yp.get_env',
    name: 'for nobody',
    as: null,
    send: { method: 'GET' },
    want: {
      status: 200,
      body: {
        __status__: 'offline',
        data: {
          user: { id: 'ffffffffffffffff', signed_in: 0, connection: 'offline' },
          hub: { area: 'public' },
          platform: { services: { media: { upload: 'media.upload' } } },
          main_domain: '127.0.0.1',
        },
      },
    },
  },
  {
    op: 'yp.get_env',
    name: 'for somebody',
    as: 'writer',
    send: { method: 'GET', path: '/-/svc/yp.get_env?&socket_id=x&device_id=y&' },
    want: (scene) => ({
      status: 200,
      body: {
        __status__: 'online',
        data: {
          user: { id: userCode(scene.userId('writer')), signed_in: 1, privilege: 1 },
          hub: { hub_id: userCode(scene.userId('writer')), area: 'personal', home_id: isId },
          organization: { link: '127.0.0.1', privilege: 1 },
        },
      },
    }),
  },
  {
    op: 'yp.get_env',
    name: 'an administrator owns the organisation',
    as: 'admin',
    want: { status: 200, body: { data: { organization: { privilege: 63 } } } },
  },
  {
    op: 'yp.get_env',
    name: 'an unknown session is nobody',
    as: null,
    send: { headers: { 'x-param-regsid': 'a'.repeat(32) } },
    want: { status: 200, body: { __status__: 'offline', data: { user: { signed_in: 0 } } } },
  },
  {
    op: 'yp.hello',
    name: 'says who is there, with the echo of the call',
    as: 'reader',
    send: { body: { echoId: 7 } },
    want: { status: 200, body: { data: { username: 'reader', echoId: 7 } } },
  },
  {
    op: 'yp.login',
    name: 'an account with a second step, where no mail is sent any more',
    as: null,
    before: withSecondStep,
    send: { body: { vars: { ident: 'two-steps', password } } },
    want: { status: 503, code: 'OTP_NOT_AVAILABLE', headers: { 'retry-after': /^\d+$/ } },
  },
  {
    op: 'yp.login',
    name: 'signs in and sets the cookie',
    as: null,
    send: { body: { vars: { ident: 'member', password }, resent: 0 } },
    want: (scene) => ({
      status: 200,
      body: {
        __status__: 'offline',
        data: { status: 'ok', user: { id: userCode(scene.userId('member')), signed_in: 1 } },
      },
      headers: { 'set-cookie': hasSid('[A-Za-z0-9_-]{22,}') },
      events: ['session.started'],
    }),
  },
  {
    op: 'yp.login',
    name: 'by e-mail address, as a form',
    as: null,
    send: {
      bytes: new URLSearchParams({
        vars: JSON.stringify({ ident: 'member@example.test', password }),
      }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    want: { status: 200, body: { data: { status: 'ok' } }, events: ['session.started'] },
  },
  {
    op: 'yp.login',
    name: 'never takes a session id of the client',
    as: null,
    send: {
      body: { vars: { ident: 'member', password }, regsid: 'chosen-by-the-client' },
      headers: { cookie: 'regsid=chosen-by-the-client' },
    },
    want: {
      status: 200,
      headers: { 'set-cookie': hasSid('(?!chosen)[A-Za-z0-9_-]{22,}') },
      events: ['session.started'],
    },
  },
  {
    op: 'yp.login',
    name: 'a page of another site gets no cookie set',
    as: null,
    send: {
      body: { vars: { ident: 'member', password } },
      headers: { origin: 'https://elsewhere.example' },
    },
    want: { status: 200, headers: { 'set-cookie': '' }, events: ['session.started'] },
  },
  {
    op: 'yp.login',
    name: 'a wrong password is told in the data',
    as: null,
    send: { body: { vars: { ident: 'member', password: 'no' }, echoId: 1 } },
    want: {
      status: 200,
      body: { data: { status: 'WRONG_CREDENTIALS', error: 'user_error', echoId: 1 } },
      headers: { 'set-cookie': '' },
      events: ['session.failed'],
    },
  },
  {
    op: 'yp.login',
    name: 'an unknown account is told the same',
    as: null,
    send: { body: { vars: { ident: 'nobody-here', password: 'no' } } },
    want: {
      status: 200,
      body: { data: { status: 'WRONG_CREDENTIALS' } },
      events: ['session.failed'],
    },
  },
  {
    op: 'yp.login',
    name: 'no password in an address',
    as: null,
    send: { method: 'GET', query: { vars: JSON.stringify({ ident: 'member', password }) } },
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'yp.login',
    name: 'needs vars',
    as: null,
    send: { body: { ident: 'member' } },
    want: { status: 412, code: 'VARIABLE **vars** IS MANDATORY' },
  },
]

/** drumate and desk: the own account and hub. */
export const ownRows: readonly ContractRow[] = [
  ...inAllEncodings({
    op: 'drumate.get_profile',
    name: 'the own profile',
    as: 'writer',
    values: writerHub,
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          id: userCode(scene.userId('writer')),
          email: 'writer@example.test',
          fullname: 'writer Person',
          status: 'active',
          quota: { storage: 'Infinity' },
        },
      },
    }),
  }),
  {
    op: 'drumate.get_profile',
    name: "not somebody else's",
    as: 'writer',
    send: (scene) => ({ body: { hub_id: userCode(scene.userId('reader')) } }),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'drumate.get_profile',
    name: 'nobody has none',
    as: null,
    want: { status: 403, code: 'PERMISSION_DENIED', body: { __status__: 'offline', data: [] } },
  },
  {
    op: 'drumate.data_usage',
    name: 'bytes of the own hub',
    as: 'member',
    before: async (scene) => {
      const data = { filename: `${scene.path('/').slice(1)}.txt` }
      const headers = { 'x-param-xia-data': encodeURI(JSON.stringify(data)) }
      await scene.call('media.upload', 'member', { bytes: 'x'.repeat(1000), headers })
    },
    want: {
      status: 200,
      body: { data: { usage: { total: 1000, personal_usage: 1000, hub_usage: 0 } } },
    },
  },
  {
    op: 'desk.get_env',
    name: 'the own desk',
    as: 'writer',
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          hub_id: userCode(scene.userId('writer')),
          nid: isId,
          area: 'personal',
          privilege: 63,
          disk: { quota_disk: 'Infinity' },
        },
      },
    }),
  },
  {
    op: 'desk.get_env',
    name: 'nobody has none',
    as: null,
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'desk.home',
    name: 'hubs stand on the desk',
    as: 'reader',
    send: { query: { page: 1, pagelength: 100 }, method: 'GET' },
    want: (scene) => ({
      status: 200,
      body: {
        data: (rows: unknown) =>
          (rows as { id: string; category: string; hub_id: string; filepath: string }[]).some(
            (row) =>
              row.id === scene.id('/') &&
              row.category === 'hub' &&
              row.hub_id === row.id &&
              row.filepath === scene.path('/'),
          ),
      },
    }),
  },
  {
    op: 'desk.home',
    name: 'nobody has none',
    as: null,
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'desk.home',
    name: 'hidden from the desk, the hub stays',
    as: 'reader',
    before: async (scene) => {
      const path = scene.path('/')
      await scene.call('media.trash', 'reader', { body: { nid: path } })
    },
    send: { body: { pagelength: 100 } },
    want: (scene) => ({
      status: 200,
      body: {
        data: (rows: unknown) =>
          (rows as { id: string }[]).every(({ id }) => id !== nodeCode(scene.nodeId('/'))),
      },
    }),
  },
  {
    op: 'drumate.logout',
    name: 'ends the session and the cookie',
    as: 'stranger',
    send: { body: { device_id: 'ddi_1' } },
    want: {
      status: 200,
      body: { data: { session_id: '' } },
      headers: { 'set-cookie': /^regsid=; Max-Age=0; / },
    },
  },
  {
    op: 'drumate.get_profile',
    name: 'after that it is of nobody',
    as: 'stranger',
    want: { status: 403, code: 'PERMISSION_DENIED', body: { __status__: 'offline' } },
  },
]
