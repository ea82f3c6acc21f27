import { createRoom } from '../../server/core/nodes/create-room.ts'
import { CREATE } from '../../server/core/permissions/permission.ts'
import { changeUser } from '../../server/core/users/change-user.ts'
import type { ContractRow, Persona, Scene, Send } from '../row.ts'
import { password } from '../scene.ts'
import { cloudikeDriver } from './driver.ts'
import { blocked, given, mayOnly, ofLink, published } from './refusal-scene.ts'
import { done } from './share-scene.ts'

const wrong = { status: 400, code: 'InvalidParameters' } as const
const forbidden = { status: 403, code: 'Forbidden' } as const

/** Whatever it takes: an address whose query is no UTF-8. */
const malformed = (op: string, as: Persona = 'reader', path?: string): ContractRow => {
  const { method, path: own } = cloudikeDriver.operations[op] ?? { method: 'GET', path: '' }
  const address = path ?? own.replace(/\{\w+\}/g, 'x')
  return {
    op,
    name: 'an address that is no UTF-8',
    as,
    send: { method, path: `/api/1${address}?x=%ff` },
    want: wrong,
  }
}

const blind = mayOnly('member', CREATE)
const unread = (op: string, send: (scene: Scene) => Send): ContractRow => ({
  op,
  name: 'in a room of which one sees but may not read what is in it',
  as: 'member',
  given,
  before: blind,
  send,
  want: forbidden,
})
const inQuery = (scene: Scene) => ({ query: { path: scene.path('/docs') } })
const inBody = (scene: Scene) => ({ body: { path: [scene.path('/docs')] } })
const inUrl = (more: object) => (scene: Scene) => ({
  params: { path: scene.path('/docs/a.txt') },
  ...more,
})

/** The room inside is for its manager alone. */
const hidden = async (scene: Scene) => {
  const place = { parent: { id: scene.nodeId('/') }, name: 'hidden', inherit: false }
  await createRoom(scene.core('manager'), place)
}

const locked = async (scene: Scene) => {
  const email = `locked-${scene.nodeId('/')}@example.test`
  const person = { email, password, name: 'Lou Locked' }
  const { userid } = await done(scene, 'accountsCreate', 'admin', { body: person })
  await changeUser(scene.core('admin'), { id: Number(userid), isLocked: true })
  scene.kept.login = `email:${email}`
}

/** An archive, order or address of the reader, who may not read any more when it is used. */
const ordered = async (scene: Scene) => {
  const order = await done(scene, 'filesCreateArchiveStream', 'reader', inBody(scene))
  scene.kept.hash = order.hash
  await mayOnly('reader', CREATE)(scene)
}
const addressed = async (scene: Scene) => {
  const { url } = await done(scene, 'filesGet', 'reader', inUrl({})(scene))
  scene.kept.path = new URL(String(url)).pathname
  await mayOnly('reader', CREATE)(scene)
}

/** What operations refuse that no other row has refused. */
export const refusalRows: readonly ContractRow[] = [
  ...[
    'accountsLogout',
    'accountsGet',
    'accountsAcceptOffer',
    'accountsGetOffer',
    'accountsDeclineOffer',
    'accountsTokenWiped',
    'filesProgressDownloadStreams',
    'filesProgressDownloadStreamsAll',
    'filesDownloadAsArchiveStream',
    'fileopsPurge',
    'fileopsPurgestatus',
    'checkWs',
    'task',
    'links',
    'linksInfo',
    'sharesCompanyGetOne',
    'sharesCompanyRequests',
    'sharesInvites',
  ].map((op) => malformed(op)),
  ...['fileopsDelete', 'linksDelete'].map(
    (op): ContractRow => ({
      op,
      name: 'nothing named',
      as: 'writer',
      send: { body: {} },
      want: wrong,
    }),
  ),
  {
    op: 'linksGet',
    name: 'a path with an empty name',
    as: null,
    given,
    before: published('/docs'),
    send: ofLink('sub//a.txt'),
    want: wrong,
  },
  {
    op: 'linksMetadata',
    name: 'from a place that is none',
    as: null,
    given,
    before: published('/docs'),
    send: ofLink('', { offset: 'x' }),
    want: wrong,
  },
  {
    op: 'transferDownload',
    name: 'a view that is neither true nor false',
    as: null,
    send: { params: { ticket: 'x' }, query: { view: 'maybe' } },
    want: wrong,
  },
  unread('filesDownloadAsArchive', inQuery),
  unread('filesDownloadAsArchiveStreamDirect', inQuery),
  unread('filesCreateArchiveStream', inBody),
  unread('filesGet', inUrl({})),
  unread('filesGetPreview', (scene) => ({ query: { path: scene.path('/docs/a.txt') } })),
  unread('workflowCommentAdd', inUrl({ body: { text: 'Hello' } })),
  {
    op: 'filesDownloadAsArchiveStream',
    name: 'who ordered it may not read any more',
    as: null,
    given,
    before: ordered,
    send: (scene) => ({ params: { private_hash: String(scene.kept.hash) } }),
    want: forbidden,
  },
  {
    op: 'transferDownload',
    name: 'who asked for it may not read any more',
    as: null,
    given,
    before: addressed,
    send: (scene) => ({ path: String(scene.kept.path) }),
    want: forbidden,
  },
  {
    op: 'linksDelete',
    name: 'who only reads',
    as: 'reader',
    given,
    before: published('/docs'),
    send: (scene) => ({ body: { path: scene.path('/docs') } }),
    want: forbidden,
  },
  {
    op: 'linksDelete',
    name: 'of nothing',
    as: 'writer',
    send: (scene) => ({ body: { path: scene.path('/nothing') } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'fileopsRename',
    name: 'who only reads',
    as: 'reader',
    given,
    send: (scene) => ({ body: { path: scene.path('/docs/a.txt'), newname: 'b.txt' } }),
    want: forbidden,
  },
  {
    op: 'fileopsFolderCreate',
    name: 'below a room that one does not see',
    as: 'writer',
    before: hidden,
    send: (scene) => ({ body: { path: scene.path('/hidden/new') } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'linksInfo',
    name: 'an unknown hash',
    as: null,
    send: { params: { hash: 'none' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'linksGet',
    name: 'without the password',
    as: null,
    given,
    before: published('/docs', { password: 'open it' }),
    send: ofLink('a.txt'),
    want: { status: 403, code: 'LinkPasswordRequired' },
  },
  ...(['linksGet', 'linksMetadata'] as const).map(
    (op): ContractRow => ({
      op,
      name: 'after too many wrong passwords',
      as: null,
      given,
      before: blocked,
      send: ofLink('a.txt', { password: 'open it' }),
      want: { status: 403, code: 'LinkBlocked' },
    }),
  ),
  {
    op: 'accountsLogin',
    name: 'an account that is disabled',
    as: null,
    before: locked,
    send: (scene) => ({ body: { login: String(scene.kept.login), password } }),
    want: { status: 403, code: 'Forbidden', events: 'any' },
  },
]
