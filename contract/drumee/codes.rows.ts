import { createHash } from 'node:crypto'
import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'
import { password } from '../scene.ts'
import { ownRefusals } from './refusals.ts'

const email = 'writer@example.test'
const secretOf = ({ kept }: Scene) => String(kept.secret)
const writer = (scene: Scene) => userCode(scene.userId('writer'))
const isSecret = (text: unknown) => typeof text === 'string' && /^[\w-]{22,}$/.test(text)

/** Codes that are mailed: the second step of signing in, and proofs of presence. */
export const codeRows: readonly ContractRow[] = [
  ...ownRefusals({ op: 'drumate.get_otp' }),
  {
    op: 'drumate.get_otp',
    name: 'mails six digits',
    as: 'reader',
    send: { method: 'GET' },
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          uid: userCode(scene.userId('reader')),
          secret: isSecret,
          code: null,
          tips: 'example.test',
        },
      },
      events: ['code.issued'],
    }),
    then: async (scene) => {
      const mail = await scene.waitForMail('reader@example.test')
      if (!/^ {4}\d{6}$/m.test(mail.text)) throw new Error(mail.text)
    },
  },
  {
    op: 'drumate.get_otp',
    name: 'an account without an address gets none',
    as: 'admin',
    want: { status: 400, code: 'INVALID_PROFILE' },
  },
  {
    op: 'drumate.change_email',
    name: 'tells the old address and asks the new one',
    as: 'reader',
    send: { body: { email: 'reader2@example.test' } },
    want: { status: 200, events: ['user.changed', 'code.issued'] },
    then: async (scene) => {
      await scene.waitForMail('reader@example.test')
      const token = (await scene.waitForMail('reader2@example.test')).link().split('/').at(-1)
      const digest = createHash('sha512').update('reader2@example.test').digest('hex')
      const wrong = await scene.call('drumate.verify_email', null, {
        body: { email: digest.replace(/^./, 'z'), token },
      })
      if (wrong.status !== 400) throw new Error(`any address is confirmed: ${wrong.status}`)
      scene.kept.token = token
      const right = await scene.call('drumate.verify_email', null, {
        body: { email: digest, token },
      })
      if (right.status !== 200) throw new Error(`not confirmed: ${JSON.stringify(right.body)}`)
      const { body } = await scene.call('drumate.get_profile', 'reader', {})
      const { profile } = (body as { data: { profile: { email_verified: number } } }).data
      if (profile.email_verified !== 1) throw new Error(JSON.stringify(profile))
    },
  },
  {
    op: 'drumate.verify_email',
    name: 'confirms the address of the account',
    as: null,
    before: async (scene) => {
      await scene.call('drumate.change_email', 'member', { body: { email: 'm2@example.test' } })
      scene.kept.token = (await scene.waitForMail('m2@example.test')).link().split('/').at(-1)
    },
    send: ({ kept }) => ({ body: { email: 'm2@example.test', token: kept.token } }),
    want: { status: 200, body: { data: [] }, events: ['user.changed'] },
  },
  {
    op: 'drumate.verify_email',
    name: 'not with a token that never was',
    as: null,
    send: { body: { email: 'm2@example.test', token: 'x'.repeat(32) } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'drumate.update_profile',
    name: 'turns the second step on',
    as: 'writer',
    send: { body: { profile: { otp: 'email' } } },
    want: { status: 200, body: { data: { otp: 'email' } }, events: ['user.changed'] },
  },
  {
    op: 'yp.login',
    name: 'then asks for a code and sets no cookie',
    as: null,
    send: { body: { vars: { ident: 'writer', password } } },
    want: {
      status: 200,
      body: { data: { secret: isSecret, status: undefined } },
      headers: { 'set-cookie': '' },
      events: ['code.issued'],
    },
    then: async (scene) => {
      await scene.waitForMail(email)
    },
  },
  {
    op: 'yp.authenticate',
    name: 'signs in with the code',
    as: null,
    before: async (scene) => {
      const vars = { ident: 'writer', password }
      const { body } = await scene.call('yp.login', null, { body: { vars } })
      scene.kept.secret = (body as { data: { secret: string } }).data.secret
      scene.kept.code = /^ {4}(\d{6})$/m.exec((await scene.waitForMail(email)).text)?.[1]
    },
    send: ({ kept }) => ({ body: { secret: kept.secret, code: kept.code } }),
    want: (scene) => ({
      status: 200,
      body: { data: { status: 'ok', user: { id: writer(scene), connection: 'online' } } },
      headers: { 'set-cookie': /^regsid=[\w-]{22,};/ },
      events: ['session.started'],
    }),
    then: async (scene) => {
      const { secret, code } = scene.kept
      const { body } = await scene.call('yp.authenticate', null, { body: { secret, code } })
      const { status } = (body as { data: { status: string } }).data
      if (status !== 'INVALID_CODE') throw new Error('a code is good twice')
    },
  },
  {
    op: 'yp.authenticate',
    name: 'a wrong code is told in the data, and counted',
    as: null,
    before: async (scene) => {
      const vars = { ident: 'writer', password }
      const { body } = await scene.call('yp.login', null, { body: { vars } })
      scene.kept.secret = (body as { data: { secret: string } }).data.secret
      await scene.waitForMail(email)
    },
    send: ({ kept }) => ({ body: { secret: kept.secret, code: 'wrong' } }),
    want: (scene) => ({
      status: 200,
      body: { data: { status: 'INVALID_CODE', secret: secretOf(scene) } },
      events: ['code.failed'],
    }),
  },
  {
    op: 'authn.create',
    name: 'no password alone where a code is asked for',
    as: null,
    send: { headers: { authorization: `Basic ${btoa(`writer:${password}`)}` } },
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'drumate.update_profile',
    name: 'turning the second step off asks for a code first',
    as: 'writer',
    send: { body: { profile: { otp: '0' } } },
    want: {
      status: 200,
      body: { data: { secret: isSecret, code: '******', profile: { otp: 'email' } } },
      events: ['code.issued'],
    },
    then: async (scene) => {
      await scene.waitForMail(email)
    },
  },
  {
    op: 'drumate.update_profile',
    name: 'and is done with it',
    as: 'writer',
    before: async (scene) => {
      const { body } = await scene.call('drumate.get_otp', 'writer', {})
      scene.kept.secret = (body as { data: { secret: string } }).data.secret
      scene.kept.code = /^ {4}(\d{6})$/m.exec((await scene.waitForMail(email)).text)?.[1]
    },
    send: ({ kept }) => ({
      body: { profile: { otp: '0' }, secret: kept.secret, code: kept.code },
    }),
    want: { status: 200, body: { data: { otp: '0' } }, events: ['user.changed'] },
  },
]
