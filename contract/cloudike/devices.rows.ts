import type { ContractRow, Persona, Scene, Send } from '../row.ts'
import { password } from '../scene.ts'

type Token = { readonly token: string; readonly id: string }

/** Signs somebody in on a device of this name and keeps its token and id. */
const device =
  (who: Exclude<Persona, null>, permanent = true) =>
  async (scene: Scene): Promise<void> => {
    const name = `Phone ${scene.nodeId('/')}`
    const body = { login: who, password, permanent_auth: permanent, device_description: name }
    const { token, id } = (await scene.call('accountsLogin', null, { body })).body as Token
    Object.assign(scene.kept, { name, token, id })
  }

const marked = async (scene: Scene): Promise<void> => {
  await device('reader')(scene)
  const body = { token_id: String(scene.kept.id), remote_wipe: true }
  const { status } = await scene.call('companyUserPermanentTokenRemove', 'admin', { body })
  if (status !== 200) throw new Error(`the wipe was not ordered: ${status}`)
}

const ofDevice = (scene: Scene): Send => ({ body: { token_id: String(scene.kept.id) } })
const noDevice: Send = { body: { token_id: '999999999' } }
const byDevice = (scene: Scene): Send => ({
  headers: { 'mountbit-auth': String(scene.kept.token) },
})
const holds = (scene: Scene, more: object) => (list: unknown) =>
  (list as { id: string }[]).some(
    (one) =>
      one.id === scene.kept.id && Object.entries(more).every(([k, v]) => Reflect.get(one, k) === v),
  )
const lacks = (scene: Scene) => (list: unknown) =>
  !(list as { id: string }[]).some((one) => one.id === scene.kept.id)

export const deviceRows: readonly ContractRow[] = [
  {
    op: 'accountsPermanentTokens',
    name: 'lists the devices that stay signed in',
    as: 'reader',
    before: device('reader'),
    want: (scene) => ({
      status: 200,
      body: holds(scene, { device_description: scene.kept.name, remote_wipe: false }),
    }),
  },
  {
    op: 'accountsPermanentTokens',
    name: 'leaves out those with an end',
    as: 'reader',
    before: device('reader', false),
    want: (scene) => ({ status: 200, body: lacks(scene) }),
  },
  {
    op: 'accountsPermanentTokens',
    name: 'with an end too, when asked',
    as: 'reader',
    before: device('reader', false),
    send: { query: { include_not_permanent: 'True' } },
    want: (scene) => ({ status: 200, body: holds(scene, {}) }),
  },
  {
    op: 'accountsPermanentTokens',
    name: 'what is no truth value',
    as: 'reader',
    send: { query: { include_not_permanent: 'perhaps' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsRemovePermanentToken',
    name: 'ends the session of the device at once',
    as: 'reader',
    before: device('reader'),
    send: ofDevice,
    want: { status: 200, events: ['session.ended'] },
    then: async (scene) => {
      const { status } = await scene.call('accountsGet', null, byDevice(scene))
      if (status !== 401) throw new Error(`a removed device is answered ${status}`)
    },
  },
  {
    op: 'accountsRemovePermanentToken',
    name: 'not the device of somebody else',
    as: 'writer',
    before: device('reader'),
    send: ofDevice,
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'accountsRemovePermanentToken',
    name: 'without naming one',
    as: 'reader',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'companyUserPermanentTokens',
    name: 'an administrator sees the devices of a member',
    as: 'admin',
    before: marked,
    send: (scene) => ({ query: { user_id: scene.userId('reader') } }),
    want: (scene) => ({
      status: 200,
      body: { content: holds(scene, { remote_wipe: true }) },
    }),
  },
  {
    op: 'companyUserPermanentTokens',
    name: 'a member sees only his own',
    as: 'writer',
    send: (scene) => ({ query: { userid: scene.userId('reader') } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'companyUserPermanentTokens',
    name: 'nobody has this id',
    as: 'admin',
    send: { query: { userid: 999999999 } },
    want: { status: 404, code: 'UserNotFound' },
  },
  {
    op: 'companyUserPermanentTokens',
    name: 'without naming a member',
    as: 'admin',
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'companyUserPermanentTokenRemove',
    name: 'orders a wipe: the device is told so wherever it asks',
    as: 'admin',
    before: device('reader'),
    send: (scene) => ({ body: { token_id: String(scene.kept.id), remote_wipe: true } }),
    want: { status: 200, events: ['session.wipe-ordered'] },
    then: async (scene) => {
      const asked = await scene.call('filesGet', null, {
        ...byDevice(scene),
        params: { path: 'anything' },
      })
      const { code } = asked.body as { code: string }
      if (asked.status !== 403 || code !== 'RemoteWipe') throw new Error(`${asked.status} ${code}`)
    },
  },
  {
    op: 'companyUserPermanentTokenRemove',
    name: 'or ends the session',
    as: 'admin',
    before: device('reader'),
    send: ofDevice,
    want: { status: 200, events: ['session.ended'] },
  },
  {
    op: 'companyUserPermanentTokenRemove',
    name: 'members do not',
    as: 'reader',
    before: device('reader'),
    send: ofDevice,
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'companyUserPermanentTokenRemove',
    name: 'no such device',
    as: 'admin',
    send: noDevice,
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'companyUserPermanentTokenRemove',
    name: 'without naming one',
    as: 'admin',
    want: { status: 400, code: 'InvalidParameters' },
  },
  ...(
    [
      ['accountsCancelTokenRemoteWipe', 'reader'],
      ['companyUserPermanentTokenCancelRemove', 'admin'],
    ] as const
  ).flatMap(([op, as]): ContractRow[] => [
    {
      op,
      name: 'the device works again',
      as,
      before: marked,
      send: ofDevice,
      want: { status: 200, events: ['session.wipe-cancelled'] },
      then: async (scene) => {
        const { status } = await scene.call('accountsGet', null, byDevice(scene))
        if (status !== 200) throw new Error(`the device is answered ${status}`)
      },
    },
    {
      op,
      name: 'a device without an order',
      as,
      before: device('reader'),
      send: ofDevice,
      want: { status: 404, code: 'NotFound' },
    },
    {
      op,
      name: 'without naming one',
      as,
      want: { status: 400, code: 'InvalidParameters' },
    },
  ]),
  {
    op: 'companyUserPermanentTokenCancelRemove',
    name: 'members do not',
    as: 'writer',
    before: marked,
    send: ofDevice,
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'accountsTokenWiped',
    name: 'the device has done so and is signed out',
    as: null,
    before: marked,
    send: byDevice,
    want: { status: 200, events: ['session.wiped'] },
    then: async (scene) => {
      const { status } = await scene.call('accountsTokenWiped', null, byDevice(scene))
      if (status !== 401) throw new Error(`a wiped device is answered ${status}`)
    },
  },
  {
    op: 'accountsTokenWiped',
    name: 'a device that nobody asked to',
    as: null,
    before: device('reader'),
    send: byDevice,
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'accountsLogout',
    name: 'a device that is to wipe itself may sign out',
    as: null,
    before: marked,
    send: byDevice,
    want: { status: 200, body: { logout: true }, events: ['session.ended'] },
  },
]
