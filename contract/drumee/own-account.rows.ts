import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'
import { password } from '../scene.ts'
import { inAllEncodings } from './encodings.ts'
import { ownRefusals, type Sample } from './refusals.ts'

const own = (persona: 'writer' | 'reader' | 'member') => (scene: Scene) => ({
  hub_id: userCode(scene.userId(persona)),
})
const next = 'a-second-long-password'
const object = { x: 1 }

const samples: readonly Sample[] = [
  {
    op: 'drumate.update_profile',
    values: { profile: {} },
    needs: ['profile'],
    bad: { profile: 7 },
  },
  {
    op: 'drumate.change_password',
    values: { old_password: 'x', new_password: next },
    needs: ['old_password', 'new_password'],
    bad: { new_password: object },
  },
  {
    op: 'drumate.change_email',
    values: { email: 'writer@example.test' },
    needs: ['email'],
    bad: { email: object },
  },
  {
    op: 'drumate.change_mobile',
    values: { mobile: '+49 1' },
    needs: ['mobile'],
    bad: { mobile: 'call me' },
  },
  {
    op: 'drumate.check_password',
    values: { password },
    needs: ['password'],
    bad: { password: object },
  },
  {
    op: 'drumate.update_ident',
    values: { ident: 'writer', id: 'd000000000000001' },
    needs: ['ident', 'id'],
    bad: { ident: object },
  },
  { op: 'drumate.set_lang', values: { Xlang: 'en' }, needs: ['Xlang'], bad: { Xlang: object } },
  { op: 'drumate.intro_acknowledged' },
  {
    op: 'drumate.update_settings',
    values: { settings: {} },
    needs: ['settings'],
    bad: { settings: 'no' },
  },
  {
    op: 'drumate.hub_to_pro',
    values: { ident: 'acme', name: 'Acme' },
    needs: ['ident', 'name'],
    bad: { ident: object },
  },
]

/** drumate: what the caller says of himself, and how he signs in; without a mail server. */
export const ownAccountRows: readonly ContractRow[] = [
  ...samples.flatMap(ownRefusals),
  ...inAllEncodings({
    op: 'drumate.update_profile',
    name: 'merges what one may say of oneself, and leaves the rest out',
    as: 'writer',
    values: (scene) => ({
      ...own('writer')(scene),
      profile: {
        firstname: 'Wanda',
        bio: 'writes',
        address: { city: 'Ulm' },
        quota: { storage: 'Infinity' },
        email: 'admin@example.test',
        password_set: 1,
        profile_type: 'pro',
        email_verified: 1,
        unknown: 'x',
      },
    }),
    want: () => ({
      status: 200,
      body: {
        data: {
          firstname: 'Wanda',
          lastname: 'Person',
          bio: 'writes',
          address: { city: 'Ulm' },
          email: 'writer@example.test',
          email_verified: 0,
          profile_type: 'normal',
          quota: undefined,
          password_set: undefined,
          unknown: undefined,
        },
      },
      events: ['user.changed'],
    }),
  }),
  {
    op: 'drumate.update_profile',
    name: 'is what the profile shows from then on',
    as: 'member',
    before: async (scene) => {
      const profile = { bio: 'reads', lang: 'de-AT', mobile: '+43 1 234' }
      await scene.call('drumate.update_profile', 'member', { body: { profile } })
    },
    send: { body: { profile: { surname: 'M' } } },
    want: {
      status: 200,
      body: { data: { bio: 'reads', surname: 'M', lang: 'de', mobile: '+43 1 234' } },
      events: ['user.changed'],
    },
    then: async (scene) => {
      const { body } = await scene.call('drumate.get_profile', 'member', {})
      const { data } = body as { data: { lang: string; profile: { surname: string } } }
      if (data.lang !== 'de' || data.profile.surname !== 'M') throw new Error(JSON.stringify(body))
    },
  },
  {
    op: 'drumate.update_profile',
    name: 'more than there is room for is refused',
    as: 'writer',
    send: { body: { profile: { bio: 'x'.repeat(70_000) } } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'drumate.update_profile',
    name: 'text messages and passkeys are not taken for mail',
    as: 'writer',
    send: { body: { profile: { otp: 'sms' } } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  {
    op: 'drumate.update_profile',
    name: 'a code that was never sent is none',
    as: 'writer',
    send: { body: { profile: { otp: '0' }, secret: 'x', code: '000000' } },
    want: { status: 401, code: 'WRONG_PASSWORD' },
  },
  {
    op: 'drumate.update_profile',
    name: 'not by GET with the cookie alone',
    as: null,
    send: { method: 'GET', query: { profile: '{}' } },
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'drumate.change_password',
    name: 'sets another one and keeps this session',
    as: 'member',
    send: { body: { old_password: password, new_password: next } },
    want: (scene) => ({
      status: 200,
      body: { data: { status: 'success', id: userCode(scene.userId('member')) } },
      events: ['user.changed'],
    }),
    then: async (scene) => {
      const body = { old_password: next, new_password: password }
      const { status } = await scene.call('drumate.change_password', 'member', { body })
      if (status !== 200) throw new Error(`the session is over: ${status}`)
    },
  },
  {
    op: 'drumate.change_password',
    name: 'needs the old one',
    as: 'member',
    send: { body: { old_password: 'wrong', new_password: next } },
    want: { status: 401, code: 'wrong_password' },
  },
  {
    op: 'drumate.change_password',
    name: 'wants eight characters at least',
    as: 'member',
    send: { body: { old_password: password, new_password: 'short' } },
    want: { status: 400, code: 'uncompliant_password' },
  },
  {
    op: 'drumate.change_email',
    name: 'right after signing in',
    as: 'reader',
    send: (scene) => ({ body: { email: 'reader2@example.test', ...own('reader')(scene) } }),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          id: userCode(scene.userId('reader')),
          email: 'reader2@example.test',
          profile: { email: 'reader2@example.test', email_verified: 0 },
        },
      },
      events: ['user.changed'],
    }),
  },
  {
    op: 'drumate.change_email',
    name: 'with the password, as the web client sends it',
    as: 'reader',
    send: { body: { email: 'reader@example.test', password } },
    want: {
      status: 200,
      body: { data: { email: 'reader@example.test' } },
      events: ['user.changed'],
    },
  },
  {
    op: 'drumate.change_email',
    name: 'a wrong password is told',
    as: 'reader',
    send: { body: { email: 'x@example.test', password: 'wrong' } },
    want: { status: 400, code: 'WRONG_PASSWORD' },
  },
  {
    op: 'drumate.change_email',
    name: 'no address',
    as: 'reader',
    send: { body: { email: 'nowhere' } },
    want: { status: 400, code: 'INVALID_EMAIL_FORMAT' },
  },
  {
    op: 'drumate.change_email',
    name: "somebody else's address, in any case",
    as: 'reader',
    send: { body: { email: 'Manager@Example.test' } },
    want: { status: 409, code: 'EMAIL_ALREADY_EXIST' },
  },
  {
    op: 'drumate.change_mobile',
    name: 'sets the number',
    as: 'reader',
    send: { body: { mobile: '+49 170 1234567' } },
    want: {
      status: 200,
      body: { data: { profile: { mobile: '+49 170 1234567' } } },
      events: ['user.changed'],
    },
  },
  {
    op: 'drumate.check_password',
    name: 'the own one',
    as: 'reader',
    send: { body: { password } },
    want: { status: 200, body: { data: { ident: 'reader', status: 'active' } } },
  },
  {
    op: 'drumate.check_password',
    name: 'another one matches nothing',
    as: 'reader',
    send: { body: { password: 'wrong' } },
    want: { status: 200, body: { data: [] } },
  },
  {
    op: 'drumate.update_ident',
    name: 'changes the own name',
    as: 'manager',
    send: (scene) => ({ body: { ident: 'Mana', id: userCode(scene.userId('manager')) } }),
    want: {
      status: 200,
      body: {
        data: { ident: 'Mana', username: 'Mana', profile: (text) => typeof text === 'string' },
      },
      events: ['user.changed'],
    },
  },
  {
    op: 'drumate.update_ident',
    name: 'a taken name, in any case',
    as: 'manager',
    send: (scene) => ({ body: { ident: 'ADMIN', id: userCode(scene.userId('manager')) } }),
    want: { status: 409, code: '_ident_already_exists' },
  },
  {
    op: 'drumate.update_ident',
    name: "not somebody else's, whoever asks",
    as: 'admin',
    send: (scene) => ({ body: { ident: 'mine', id: userCode(scene.userId('reader')) } }),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'drumate.set_lang',
    name: 'a language of the list',
    as: 'reader',
    send: { body: { Xlang: 'fr' } },
    want: { status: 200, body: { data: { profile: { lang: 'fr' } } }, events: ['user.changed'] },
  },
  {
    op: 'drumate.set_lang',
    name: 'any other is English',
    as: 'reader',
    send: { body: { Xlang: 'xx' } },
    want: { status: 200, body: { data: { profile: { lang: 'en' } } }, events: ['user.changed'] },
  },
  {
    op: 'drumate.intro_acknowledged',
    name: 'is remembered',
    as: 'reader',
    want: {
      status: 200,
      body: { data: { username: 'reader', profile: { intro: 'no' } } },
      events: ['user.changed'],
    },
  },
  {
    op: 'drumate.update_settings',
    name: 'merges member by member',
    as: 'reader',
    before: async (scene) => {
      const settings = { a: { x: 1, y: 2 }, b: 1 }
      await scene.call('drumate.update_settings', 'reader', { body: { settings } })
    },
    send: { body: { settings: { a: { z: 3 }, __proto__: null } } },
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          id: userCode(scene.userId('reader')),
          settings: (value: unknown) => JSON.stringify(value) === '{"a":{"z":3},"b":1}',
        },
      },
      events: ['user.changed'],
    }),
  },
  ...(
    [
      ['drumate.get_otp', {}],
      ['drumate.send_account_deletion_code', {}],
      ['drumate.update_profile', { profile: { otp: 'email' } }],
    ] as const
  ).map(
    ([op, body]): ContractRow => ({
      op,
      name: 'no code where no mail is sent',
      as: 'reader',
      send: { body },
      want: { status: 503, code: 'OTP_NOT_AVAILABLE' },
    }),
  ),
  ...['drumate.send_forgot_password_token', 'butler.get_reset_token'].map(
    (op): ContractRow => ({
      op,
      name: 'no link where no mail is sent',
      as: null,
      send: { body: { email: 'reader@example.test' } },
      want: { status: 503, code: 'MAIL_NOT_AVAILABLE' },
    }),
  ),
  {
    op: 'drumate.hub_to_pro',
    name: 'every account belongs to an organisation already',
    as: 'member',
    send: { body: { ident: 'acme', name: 'Acme' } },
    want: { status: 400, code: 'PRO_USER' },
  },
]
