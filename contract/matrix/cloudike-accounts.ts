import type { Scene, Send } from '../row.ts'
import { password } from '../scene.ts'
import type { MatrixRow } from './matrix-row.ts'

const key = (scene: Scene) => `key ${scene.nodeId('/')}`

/** A device of the member; `own` marks rows where he alone finds it. */
const device = async (scene: Scene) => {
  const body = { login: 'member', password, permanent_auth: true }
  const { token, id } = (await scene.call('accountsLogin', null, { body })).body as {
    token: string
    id: string
  }
  Object.assign(scene.kept, { token, id })
}
const marked = async (scene: Scene) => {
  await device(scene)
  const body = { token_id: String(scene.kept.id), remote_wipe: true }
  await scene.call('companyUserPermanentTokenRemove', 'admin', { body })
}
const ofDevice = (scene: Scene): Send => ({ body: { token_id: String(scene.kept.id) } })
// Somebody else's device is not there for anybody who is no administrator of devices.
const his = {
  stranger: 'not-found',
  reader: 'not-found',
  writer: 'not-found',
  manager: 'not-found',
  admin: 'not-found',
} as const
const noManagers = { writer: 'forbidden', manager: 'forbidden' } as const
const elsewhere = { stranger: 'not-found' } as const

/** Fails alike for everybody: what is asked for is not there, or the request is wrong. */
const refused = (op: string, need: MatrixRow['need'], passes: number, body: object): MatrixRow => ({
  op,
  need,
  passes,
  send: () => ({ body }),
})

/** Devices and values of accounts. */
export const cloudikeAccountsMatrix: readonly MatrixRow[] = [
  { op: 'accountsPermanentTokens', need: 'user' },
  {
    op: 'accountsCreate',
    need: 'public',
    // Nobody registers here; who manages users makes accounts.
    but: { anonymous: 'unauthenticated', member: 'forbidden', reader: 'forbidden', ...noManagers },
    send: (scene) => ({
      body: { email: `m${scene.nodeId('/')}@example.test`, password, name: 'N' },
    }),
  },
  { op: 'accountsApprove', need: 'public', passes: 404, send: () => ({ query: { hash: 'x' } }) },
  refused('accountsResendMessageForApprove', 'public', 403, { login: 'member' }),
  { op: 'accountsGetinvited', need: 'public', passes: 404, send: () => ({ query: { hash: 'x' } }) },
  {
    op: 'accountsCheck',
    need: 'public',
    // Strangers without an account are not told who has one; of another tenant is none here.
    but: { anonymous: 'not-found', stranger: 'not-found' },
    send: () => ({ query: { login: 'email:member@example.test' } }),
  },
  // No mail is sent here.
  refused('accountsRecoverLostPassword', 'public', 501, { login: 'member' }),
  refused('accountsChangeProfile', 'user', 400, {}),
  refused('accountsRemoveLogin', 'user', 404, { login: 'email:nobody@example.test' }),
  { op: 'accountsAcceptOffer', need: 'user' },
  { op: 'accountsDeclineOffer', need: 'user' },
  { op: 'accountsGetOffer', need: 'user' },
  {
    op: 'adminAccountsGenerateLoginKey',
    need: 'users',
    but: { stranger: 'not-found', member: 'ok' },
    send: (scene) => ({ body: { user_id: scene.userId('member') } }),
  },
  { op: 'accountsRemovePermanentToken', need: 'user', but: his, before: device, send: ofDevice },
  { op: 'accountsCancelTokenRemoteWipe', need: 'user', but: his, before: marked, send: ofDevice },
  {
    op: 'accountsTokenWiped',
    need: 'user',
    // Nobody asked the devices of these callers to wipe themselves.
    but: { ...his, member: 'not-found' },
  },
  {
    op: 'companyUserPermanentTokens',
    need: 'users',
    but: { ...elsewhere, member: 'ok' },
    send: (scene) => ({ query: { userid: scene.userId('member') } }),
  },
  {
    op: 'companyUserPermanentTokenRemove',
    need: 'users',
    but: elsewhere,
    before: device,
    send: ofDevice,
  },
  {
    op: 'companyUserPermanentTokenCancelRemove',
    need: 'users',
    but: elsewhere,
    before: marked,
    send: ofDevice,
  },
  {
    op: 'accountsSetValue',
    need: 'user',
    send: (scene) => ({ body: { key: key(scene), value: 'x' } }),
  },
  { op: 'accountsFeedback', need: 'user', send: () => ({ body: { comment: 'x' } }) },
  { op: 'accountsFeedbackList', need: 'users' },
  { op: 'accountsGetValue', need: 'user', send: (scene) => ({ query: { key: key(scene) } }) },
  {
    op: 'keyvalue',
    need: 'user',
    but: elsewhere,
    before: async (scene) => {
      const send = { params: { key_name: key(scene) }, body: { value: 'x' } }
      await scene.call('keyvalueSet', 'admin', send)
    },
    send: (scene) => ({ params: { key_name: key(scene) } }),
  },
  {
    op: 'keyvalueSet',
    need: 'users',
    send: (scene) => ({ params: { key_name: key(scene) }, body: { value: 'x' } }),
  },
]
