import type { ContractRow, Scene } from '../row.ts'
import { password } from '../scene.ts'

/** Addresses of their own, so that no row meets the account of another. */
const address = (scene: Scene) => `new-${scene.nodeId('/')}@example.test`
const person = (scene: Scene, more: object = {}) => ({
  body: { email: address(scene), password, name: 'Eve May Newcomer', ...more },
})
const secretIn = async (scene: Scene) =>
  new URL((await scene.waitForMail(address(scene))).link()).searchParams.get('secret') ?? ''

const registered = async (scene: Scene): Promise<void> => {
  const { status } = await scene.call('accountsCreate', null, person(scene))
  if (status !== 200) throw new Error(`the registration was answered ${status}`)
  scene.kept.hash = await secretIn(scene)
}
const made = async (scene: Scene): Promise<void> => {
  await scene.call('accountsCreate', 'admin', person(scene))
}
/** Signs the made account in; its token stands for nobody of the cast. */
const signedIn = async (scene: Scene): Promise<void> => {
  await made(scene)
  const body = { login: `email:${address(scene)}`, password }
  const { token } = (await scene.call('accountsLogin', null, { body })).body as { token: string }
  scene.kept.token = token
}
const own = (body?: object) => (scene: Scene) => ({
  headers: { 'mountbit-auth': String(scene.kept.token) },
  body,
})
const byHash = (scene: Scene) => ({ query: { hash: String(scene.kept.hash) } })

/** Rows of a tenant where people may register, and that sends mail. */
export const registrationRows: readonly ContractRow[] = [
  {
    op: 'accountsCreate',
    name: 'a stranger registers and waits for the mail',
    as: null,
    send: (scene) => person(scene, { lang: 'de', phone_number: '+49 30 1' }),
    want: (scene) => ({
      status: 200,
      body: {
        name: 'Eve May Newcomer',
        email: address(scene),
        is_approved: false,
        is_active: false,
        userid: (id) => Number(id) > 0,
      },
      events: ['room.created', 'user.created', 'code.issued'],
    }),
    then: async (scene) => {
      const mail = await scene.waitForMail(address(scene))
      if (!mail.subject.startsWith('Schließen')) throw new Error(mail.subject)
    },
  },
  {
    op: 'accountsCreate',
    name: 'an administrator makes an account that waits for nothing',
    as: 'admin',
    send: (scene) => person(scene),
    want: { status: 200, body: { is_approved: true }, events: ['room.created', 'user.created'] },
  },
  {
    op: 'accountsCreate',
    name: 'an address that an account has',
    as: null,
    before: made,
    send: (scene) => person(scene),
    want: { status: 403, code: 'UserAlreadyExists' },
  },
  {
    op: 'accountsCreate',
    name: 'a password that is too short',
    as: null,
    send: (scene) => person(scene, { password: 'short' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsCreate',
    name: 'an invitation that nobody sent',
    as: null,
    send: (scene) => person(scene, { invite_hash: 'nothing' }),
    want: { status: 401, code: 'Unauthorized' },
  },
  {
    op: 'accountsApprove',
    name: 'signs in',
    as: null,
    before: registered,
    send: byHash,
    want: (scene) => ({
      status: 200,
      body: { login: address(scene), token: (token) => String(token).length > 20 },
      events: ['user.changed', 'session.started'],
    }),
  },
  {
    op: 'accountsApprove',
    name: 'works once',
    as: null,
    before: async (scene) => {
      await registered(scene)
      await scene.call('accountsApprove', null, byHash(scene))
    },
    send: byHash,
    want: { status: 404, code: 'UserNotFound' },
  },
  {
    op: 'accountsApprove',
    name: 'without a hash',
    as: null,
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsResendMessageForApprove',
    name: 'sends another link',
    as: null,
    before: registered,
    send: (scene) => ({ body: { login: `email:${address(scene)}` } }),
    want: { status: 200, events: ['code.issued'] },
    then: async (scene) => {
      if ((await secretIn(scene)) === scene.kept.hash) throw new Error('the same link again')
    },
  },
  {
    op: 'accountsResendMessageForApprove',
    name: 'an account that waits for nothing',
    as: null,
    send: { body: { login: 'writer' } },
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'accountsResendMessageForApprove',
    name: 'without a login',
    as: null,
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsGetinvited',
    name: 'an invitation that nobody sent',
    as: null,
    send: { query: { hash: 'nothing' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'accountsGetinvited',
    name: 'without a hash',
    as: null,
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsCheck',
    name: 'a login that is known',
    as: null,
    send: { query: { login: 'email:writer@example.test' } },
    want: { status: 200, body: { status: 'ok' } },
  },
  {
    op: 'accountsCheck',
    name: 'a login that nobody has',
    as: null,
    send: { query: { login: 'nobody' } },
    want: { status: 404, code: 'UserNotFound', body: { status: 'not found' } },
  },
  {
    op: 'accountsCheck',
    name: 'without a login',
    as: null,
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsRecoverLostPassword',
    name: 'mails a link to a page that sets another password',
    as: null,
    before: made,
    send: (scene) => ({ body: { login: `email:${address(scene)}` } }),
    want: { status: 200, events: 'any' },
    then: async (scene) => {
      const link = (await scene.waitForMail(address(scene))).link()
      const { pathname, search } = new URL(link)
      const page = await fetch(scene.url + pathname + search)
      const secret = /name="secret" value="([^"]*)"/.exec(await page.text())?.[1] ?? ''
      const chosen = 'another-good-password'
      const set = await fetch(scene.url + pathname, {
        method: 'POST',
        body: new URLSearchParams({ secret, password: chosen, repeated: chosen }),
      })
      if (set.status !== 200) throw new Error(`the page answered ${set.status}`)
      const body = { login: address(scene), password: chosen }
      const { status } = await scene.call('accountsLogin', null, { body })
      if (status !== 200) throw new Error(`the new password is answered ${status}`)
    },
  },
  {
    op: 'accountsRecoverLostPassword',
    name: 'says the same for nobody',
    as: null,
    send: { body: { login: 'nobody' } },
    want: { status: 200, events: 'any' },
  },
  {
    op: 'accountsRecoverLostPassword',
    name: 'without a login',
    as: null,
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsChangeProfile',
    name: 'name, language and free facts',
    as: null,
    before: signedIn,
    send: own({ name: 'Eva New', lang: 'de', extra_info: { room: 5 }, timezone: 'Europe/Berlin' }),
    want: { status: 200, body: { code: undefined }, events: ['user.changed'] },
    then: async (scene) => {
      const { body } = await scene.call('accountsGet', null, own()(scene))
      const { name, lang } = body as { name: string; lang: string }
      if (name !== 'Eva New' || lang !== 'de') throw new Error(`${name} ${lang}`)
    },
  },
  {
    op: 'accountsChangeProfile',
    name: 'rule 25: a new password, told by mail',
    as: null,
    before: signedIn,
    send: own({ password: 'another-good-password' }),
    want: { status: 200, events: ['user.changed', 'code.issued'] },
    then: async (scene) => {
      await scene.waitForMail(address(scene))
    },
  },
  {
    op: 'accountsChangeProfile',
    name: 'rule 25: the present password is not modified',
    as: null,
    before: signedIn,
    send: own({ password, name: '' }),
    want: { status: 200, body: { code: 'PasswordNotModified' } },
  },
  {
    op: 'accountsChangeProfile',
    name: 'rule 25: nothing is 400',
    as: null,
    before: signedIn,
    send: own({}),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsRemoveLogin',
    name: 'an address',
    as: null,
    before: signedIn,
    send: (scene) => own({ login: `email:${address(scene)}` })(scene),
    want: (scene) => ({
      status: 200,
      body: { login: `email:${address(scene)}` },
      events: ['user.changed'],
    }),
  },
  {
    op: 'accountsRemoveLogin',
    name: 'rule 24: the last one stays',
    as: 'reader',
    send: { body: { login: 'reader' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsRemoveLogin',
    name: 'one that is somebody else’s',
    as: 'reader',
    send: { body: { login: 'email:writer@example.test' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'accountsAcceptOffer',
    name: 'notes it',
    as: null,
    before: signedIn,
    send: own(),
    want: { status: 200, body: { accepted: true }, events: ['user.changed'] },
  },
  {
    op: 'accountsDeclineOffer',
    name: 'rule 27: takes it back',
    as: null,
    before: signedIn,
    send: own(),
    want: { status: 200, events: ['user.changed'] },
  },
  {
    op: 'accountsGetOffer',
    name: 'rule 27: shows the text that administrators keep',
    as: 'reader',
    before: async (scene) => {
      const send = { params: { key_name: 'offer' }, body: { value: '<p>Terms</p>' } }
      await scene.call('keyvalueSet', 'admin', send)
    },
    want: {
      status: 200,
      body: '<p>Terms</p>',
      headers: { 'content-type': /^text\/html/, 'content-security-policy': /sandbox/ },
    },
  },
  {
    op: 'adminAccountsGenerateLoginKey',
    name: 'rule 30: a key that signs in once',
    as: 'admin',
    send: (scene) => ({ body: { user_id: scene.userId('reader') } }),
    want: { status: 200, body: (pair) => Array.isArray(pair), events: ['code.issued'] },
    then: async (scene, { body }) => {
      const send = { body: { key: String((body as unknown[])[1]) } }
      const first = await scene.call('accountsLogin', null, send)
      const second = await scene.call('accountsLogin', null, send)
      const { userid } = first.body as { userid: number }
      if (userid !== scene.userId('reader') || second.status !== 401) {
        throw new Error(`${userid} ${second.status}`)
      }
    },
  },
  {
    op: 'adminAccountsGenerateLoginKey',
    name: 'members make none for others',
    as: 'writer',
    send: (scene) => ({ body: { user_id: scene.userId('reader') } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'adminAccountsGenerateLoginKey',
    name: 'nobody has this id',
    as: 'admin',
    send: { body: { user_id: 999999999 } },
    want: { status: 404, code: 'UserNotFound' },
  },
  {
    op: 'adminAccountsGenerateLoginKey',
    name: 'without an id',
    as: 'admin',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsLogin',
    name: 'a key that nobody made',
    as: null,
    send: { body: { key: 'nothing' } },
    want: { status: 401, code: 'Unauthorized' },
  },
]

/** Rows of a tenant as it is at first: nobody registers. */
export const closedRows: readonly ContractRow[] = [
  {
    op: 'accountsCreate',
    name: 'nobody may register',
    as: null,
    send: (scene) => person(scene),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'accountsCheck',
    name: 'strangers are not told who has an account',
    as: null,
    send: { query: { login: 'writer' } },
    want: { status: 404, body: { status: 'not found' } },
  },
]
