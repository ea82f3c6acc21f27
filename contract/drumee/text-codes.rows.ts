import type { ContractRow, Scene } from '../row.ts'
import { password } from '../scene.ts'

const number = '+491701234567'
const isSecret = (text: unknown) => typeof text === 'string' && /^[\w-]{22,}$/.test(text)
const digits = async (scene: Scene) => {
  const code = /\b\d{6}\b/.exec((await scene.waitForText(number)).text)?.[0]
  if (code === undefined) throw new Error('no code in the text message')
  return code
}
const keptProof = ({ kept }: Scene) => ({ secret: kept.secret, code: kept.code })
type Told = { data: { secret: string } }

/** Asks for something that sends a code, and keeps what the code is proven by. */
const asking = (op: string, as: 'writer' | null, body: object) => async (scene: Scene) => {
  const answer = await scene.call(op, as, { body })
  scene.kept.secret = (answer.body as Told).data.secret
  scene.kept.code = await digits(scene)
}

/** One-time codes by text message; one row goes on where the one before ended. */
export const textCodeRows: readonly ContractRow[] = [
  {
    op: 'drumate.update_profile',
    name: 'codes by text message want a number',
    as: 'reader',
    send: { body: { profile: { otp: 'sms' } } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'drumate.update_profile',
    name: 'and one with its country',
    as: 'reader',
    send: { body: { profile: { otp: 'sms', mobile: '0170 1234567' } } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'drumate.update_profile',
    name: 'a passkey is no way',
    as: 'reader',
    send: { body: { profile: { otp: 'passkey' } } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'drumate.update_profile',
    name: 'the number is proven first',
    as: 'writer',
    before: async (scene) => {
      await scene.call('drumate.change_mobile', 'writer', { body: { mobile: '+49 170 1234567' } })
    },
    send: { body: { profile: { otp: 'sms' } } },
    want: {
      status: 200,
      body: {
        data: { secret: isSecret, code: '******', profile: { otp: '0', mobile_verified: 0 } },
      },
      events: ['code.issued'],
    },
    then: async (scene) => {
      await digits(scene)
    },
  },
  {
    op: 'drumate.update_profile',
    name: 'then codes go there',
    as: 'writer',
    before: asking('drumate.update_profile', 'writer', { profile: { otp: 'sms' } }),
    send: (scene) => ({ body: { profile: { otp: 'sms' }, ...keptProof(scene) } }),
    want: {
      status: 200,
      body: { data: { otp: 'sms', mobile_verified: 1 } },
      events: ['user.changed'],
    },
  },
  {
    op: 'drumate.get_otp',
    name: 'tells the last four digits',
    as: 'writer',
    send: { method: 'GET' },
    want: { status: 200, body: { data: { code: null, tips: '4567' } }, events: ['code.issued'] },
    then: async (scene) => {
      await digits(scene)
    },
  },
  {
    op: 'drumate.get_otp',
    name: 'by mail for everybody else, and that needs a mail server',
    as: 'reader',
    want: { status: 503, code: 'OTP_NOT_AVAILABLE' },
  },
  {
    op: 'drumate.send_account_deletion_code',
    name: 'goes the same way',
    as: 'writer',
    want: { status: 200, body: { data: { secret: isSecret } }, events: ['code.issued'] },
    then: async (scene) => {
      await digits(scene)
    },
  },
  {
    op: 'yp.login',
    name: 'asks for a code by text message',
    as: null,
    send: { body: { vars: { ident: 'writer', password } } },
    want: {
      status: 200,
      body: { data: { secret: isSecret, mobile: '4567', status: undefined } },
      headers: { 'set-cookie': '' },
      events: ['code.issued'],
    },
    then: async (scene) => {
      await digits(scene)
    },
  },
  {
    op: 'yp.authenticate',
    name: 'signs in with it',
    as: null,
    before: asking('yp.login', null, { vars: { ident: 'writer', password } }),
    send: (scene) => ({ body: keptProof(scene) }),
    want: { status: 200, body: { data: { status: 'ok' } }, events: ['session.started'] },
  },
  {
    op: 'drumate.update_profile',
    name: 'turning it off takes a code from there',
    as: 'writer',
    before: asking('drumate.update_profile', 'writer', { profile: { otp: 0 } }),
    send: (scene) => ({ body: { profile: { otp: 0 }, ...keptProof(scene) } }),
    want: {
      status: 200,
      body: { data: { otp: '0', mobile_verified: 0 } },
      events: ['user.changed'],
    },
  },
]
