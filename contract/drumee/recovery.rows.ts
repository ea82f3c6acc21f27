import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'
import { password } from '../scene.ts'
import { inputRows, type Sample } from './refusals.ts'

const object = { x: 1 }
const email = 'writer@example.test'
const next = 'a-second-long-password'

const openSamples: readonly Sample[] = [
  {
    op: 'drumate.send_forgot_password_token',
    values: { email },
    needs: ['email'],
    bad: { email: object },
  },
  {
    op: 'drumate.validate_forgot_password_token',
    values: { email, code: 'x' },
    needs: ['email', 'code'],
    bad: { code: object },
  },
  {
    op: 'drumate.reset_forgot_password',
    values: { email, code: 'x', password: next },
    needs: ['email', 'code', 'password'],
    bad: { code: object },
  },
  {
    op: 'drumate.verify_email',
    values: { email, token: 'x' },
    needs: ['email', 'token'],
    bad: { token: object },
  },
  { op: 'butler.get_reset_token', values: { email }, needs: ['email'], bad: { email: object } },
  { op: 'butler.check_token', values: { secret: 'x' }, needs: ['secret'], bad: { secret: object } },
  ...['butler.set_password', 'butler.set_pass_phrase'].map((op) => ({
    op,
    values: { secret: 'x', id: 'd000000000000001', password: next },
    needs: ['secret', 'id', 'password'],
    bad: { secret: object },
  })),
  {
    op: 'yp.authenticate',
    values: { secret: 'x', code: '1' },
    needs: ['secret', 'code'],
    bad: { code: object },
  },
  {
    op: 'yp.reset_session',
    values: { socket_id: 'x' },
    needs: ['socket_id'],
    bad: { socket_id: object },
  },
  { op: 'authn.begin', bad: { label: object } },
  {
    op: 'authn.poll',
    values: { device_code: 'x' },
    needs: ['device_code'],
    bad: { device_code: object },
  },
  {
    op: 'authn.approve',
    values: { user_code: 'x' },
    needs: ['user_code'],
    bad: { user_code: object },
  },
]

/** Changes by GET need the session in a header; who has none cannot make them by an address. */
const byGet = [
  'drumate.send_forgot_password_token',
  'drumate.reset_forgot_password',
  'drumate.verify_email',
  'butler.get_reset_token',
  'butler.set_password',
  'butler.set_pass_phrase',
  'yp.authenticate',
  'authn.create',
  'authn.begin',
  'authn.approve',
  'authn.poll',
].map(
  (op): ContractRow => ({
    op,
    name: 'not by an address alone',
    as: null,
    send: { method: 'GET' },
    want: { status: 403, code: 'PERMISSION_DENIED' },
  }),
)

/** The secret in the link that was mailed. */
async function askedFor(scene: Scene, to = email): Promise<string> {
  await scene.call('butler.get_reset_token', null, { body: { email: to } })
  const mail = await scene.waitForMail(to)
  return mail.link().split('/').at(-1) ?? ''
}

const withSecret = async (scene: Scene) => {
  scene.kept.secret = await askedFor(scene)
}
const secretOf = ({ kept }: Scene) => String(kept.secret)
const writer = (scene: Scene) => userCode(scene.userId('writer'))

/** Forgotten passwords: the links that are mailed, and that nobody learns who has an account. */
export const recoveryRows: readonly ContractRow[] = [
  ...openSamples.flatMap(inputRows),
  ...byGet,
  ...[email, 'nobody@example.test'].flatMap((to): ContractRow[] => [
    {
      op: 'drumate.send_forgot_password_token',
      name: `says the same of ${to}`,
      as: null,
      send: { body: { email: to } },
      want: { status: 200, body: { data: { email: to } }, events: 'any' },
    },
    {
      op: 'butler.get_reset_token',
      name: `says the same of ${to}`,
      as: null,
      send: { body: { email: to } },
      want: { status: 200, body: { data: { email: to } }, events: 'any' },
    },
  ]),
  {
    op: 'butler.get_reset_token',
    name: 'what is no address is told in the data',
    as: null,
    send: { body: { email: 'nowhere' } },
    want: { status: 200, body: { data: { rejected: 'INVALID_EMAIL_FORMAT' } }, events: 'any' },
  },
  ...(
    [
      ['drumate.send_forgot_password_token', {}],
      ['drumate.validate_forgot_password_token', { code: 'x' }],
      ['drumate.reset_forgot_password', { code: 'x', password: next }],
    ] as const
  ).map(
    ([op, more]): ContractRow => ({
      op,
      name: 'what is no address is refused',
      as: null,
      send: { body: { email: 'nowhere', ...more } },
      want: { status: 400, code: 'INVALID_EMAIL_FORMAT', events: 'any' },
    }),
  ),
  {
    op: 'butler.check_token',
    name: 'tells whose a link is',
    as: null,
    before: async (scene) => {
      await scene.waitForMail(email)
      await scene.waitForMail(email)
      await withSecret(scene)
    },
    send: (scene) => ({ body: { secret: secretOf(scene) } }),
    want: (scene) => ({
      status: 200,
      body: { data: { email, method: 'forgot_password', status: 'active', id: writer(scene) } },
    }),
  },
  {
    op: 'butler.check_token',
    name: 'a link that never was',
    as: null,
    send: { body: { secret: 'x'.repeat(32) } },
    want: { status: 200, body: { data: { error: 'INVALID_LINK' } } },
  },
  {
    op: 'drumate.validate_forgot_password_token',
    name: 'right',
    as: null,
    before: withSecret,
    send: (scene) => ({ body: { email, code: secretOf(scene) } }),
    want: { status: 200, body: { data: { valid: 1 } } },
    then: async (scene) => {
      const body = { email, code: secretOf(scene), password: next }
      const { status } = await scene.call('drumate.reset_forgot_password', null, { body })
      if (status !== 200) throw new Error(`the code is no good: ${status}`)
      const again = { old_password: next, new_password: password }
      await scene.call('yp.login', null, { body: { vars: { ident: 'writer', password: next } } })
      const old = await scene.call('drumate.change_password', 'writer', { body: again })
      if (old.status !== 403) throw new Error('the sessions of before are still there')
    },
  },
  {
    op: 'drumate.validate_forgot_password_token',
    name: "wrong, or somebody else's",
    as: null,
    before: async (scene) => {
      scene.kept.secret = await askedFor(scene, 'reader@example.test')
    },
    send: (scene) => ({ body: { email, code: secretOf(scene) } }),
    want: { status: 200, body: { data: { valid: 0 } } },
  },
  {
    op: 'drumate.reset_forgot_password',
    name: 'sets the password',
    as: null,
    before: async (scene) => {
      scene.kept.secret = await askedFor(scene, 'reader@example.test')
    },
    send: (scene) => ({
      body: { email: 'reader@example.test', code: secretOf(scene), password: next },
    }),
    want: { status: 200, body: { data: { status: 'ok' } }, events: ['user.changed'] },
    then: async (scene) => {
      const mail = await scene.waitForMail('reader@example.test')
      if (!mail.text.includes('new password was set')) throw new Error(mail.text)
      const vars = { ident: 'reader', password: next }
      const { body } = await scene.call('yp.login', null, { body: { vars } })
      const { status } = (body as { data: { status: string } }).data
      if (status !== 'ok') throw new Error(JSON.stringify(body))
    },
  },
  {
    op: 'drumate.reset_forgot_password',
    name: 'with a code that is no good',
    as: null,
    send: { body: { email, code: 'x'.repeat(32), password: next } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'drumate.reset_forgot_password',
    name: 'a password that is none leaves the code good',
    as: null,
    before: async (scene) => {
      scene.kept.secret = await askedFor(scene, 'manager@example.test')
    },
    send: (scene) => ({
      body: { email: 'manager@example.test', code: secretOf(scene), password: 'short' },
    }),
    want: { status: 400, code: 'uncompliant_password' },
  },
  ...(['butler.set_password', 'butler.set_pass_phrase'] as const).flatMap((op): ContractRow[] => [
    {
      op,
      name: 'sets the password with the mailed link',
      as: null,
      before: async (scene) => {
        scene.kept.secret = await askedFor(scene, 'manager@example.test')
      },
      send: (scene) => ({
        body: {
          secret: secretOf(scene),
          id: userCode(scene.userId('manager')),
          password: next,
        },
      }),
      want: (scene) => ({
        status: 200,
        body: { data: { id: userCode(scene.userId('manager')), status: 'ok' } },
        events: ['user.changed'],
      }),
      then: async (scene) => {
        await scene.waitForMail('manager@example.test')
      },
    },
    {
      op,
      name: 'not for another account, and not with a link that never was',
      as: null,
      send: (scene) => ({
        body: { secret: 'x'.repeat(32), id: writer(scene), password: next },
      }),
      want: { status: 200, body: { data: { rejected: 1, reason: 'not_found' } } },
    },
  ]),
  {
    op: 'butler.set_password',
    name: 'a password that is none is told',
    as: null,
    before: async (scene) => {
      scene.kept.secret = await askedFor(scene, 'manager@example.test')
    },
    send: (scene) => ({
      body: { secret: secretOf(scene), id: userCode(scene.userId('manager')), password: 'short' },
    }),
    want: { status: 200, body: { data: { rejected: 1, reason: 'bad_pass' } } },
  },
]
