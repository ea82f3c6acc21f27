import type { Scene, Send } from '../row.ts'
import type { MatrixRow, Verdict } from './matrix-row.ts'

const given = { '/f': 'folder', '/f/a.txt': { file: 'alpha' } } as const

const at =
  (more: object = {}) =>
  (scene: Scene): Send => ({ body: { path: scene.path('/f'), ...more } })
const kept =
  (name: string, more: (scene: Scene) => object = () => ({})) =>
  (scene: Scene): Send => ({ body: { [name]: scene.kept[name], ...more(scene) } })

const call = async (scene: Scene, op: string, as: 'manager' | 'member', send: Send) => {
  const answer = await scene.call(op, as, send)
  return answer.body as Record<string, unknown>
}
/** Whoever has the hash may come. */
const opened = async (scene: Scene) => {
  scene.kept.hash = (
    await call(scene, 'sharesAdd', 'manager', at({ public_view: true })(scene))
  ).hash
}
const joined = async (scene: Scene) => {
  const { hash } = await call(scene, 'sharesAdd', 'manager', at({ member_login: 'member' })(scene))
  await call(scene, 'sharesAccept', 'member', { body: { hash } })
}
const published = async (scene: Scene) => {
  scene.kept.folder_hash = (
    await call(scene, 'sharesCompanyAdd', 'manager', at()(scene))
  ).folder_hash
}
const requested = async (scene: Scene) => {
  await published(scene)
  await call(scene, 'sharesCompanyRequest', 'member', kept('folder_hash')(scene))
}
/** A folder of the member's own, shared with the reader. */
const ofMember = async (scene: Scene) => {
  const path = `/own ${scene.nodeId('/f')}`
  scene.kept.path = path
  await call(scene, 'fileopsFolderCreate', 'member', { body: { path } })
  const share = { path, member_login: 'reader' }
  const { hash } = await call(scene, 'sharesAdd', 'member', { body: share })
  await scene.call('sharesAccept', 'reader', { body: { hash } })
}
const onBehalf = kept('path', (scene) => ({
  userid: scene.userId('member'),
  member_login: 'reader',
}))

// The hash opens nothing elsewhere, and whoever sent it cannot answer it.
const answers = { stranger: 'forbidden', manager: 'forbidden' } as const

const rows: readonly MatrixRow[] = [
  { op: 'sharesAdd', need: 'manage', send: at() },
  { op: 'sharesAccept', need: 'user', but: answers, before: opened, send: kept('hash') },
  { op: 'sharesDecline', need: 'user', but: answers, before: opened, send: kept('hash') },
  { op: 'sharesUninvite', need: 'manage', before: opened, send: at() },
  { op: 'sharesUnshare', need: 'manage', before: opened, send: at() },
  {
    op: 'sharesRemove',
    need: 'manage',
    // It stands elsewhere in his root.
    but: { member: 'not-found', stranger: 'not-found' },
    before: joined,
    send: at({ member_login: 'member' }),
  },
  {
    op: 'sharesUpdateCollaborator',
    need: 'manage',
    before: joined,
    send: at({ member_login: 'member', writer: true }),
  },
  {
    op: 'sharesCollaborators',
    need: 'read',
    send: (scene) => ({ query: { path: scene.path('/f') } }),
  },
  { op: 'sharesSizelimit', need: 'manage', before: opened, send: at({ size_limit: 1000 }) },
  { op: 'shares', need: 'user' },
  { op: 'sharesInvites', need: 'user' },
  {
    op: 'sharesGet',
    need: 'bearer',
    before: opened,
    send: (scene) => ({ params: { hash: String(scene.kept.hash), path: 'a.txt' } }),
  },
  {
    op: 'sharesMetadata',
    need: 'bearer',
    before: opened,
    send: (scene) => ({ params: { hash: String(scene.kept.hash), path: '' } }),
  },
  { op: 'sharesCompanyAdd', need: 'manage', send: at() },
  { op: 'sharesCompanyHide', need: 'manage', before: published, send: at() },
  { op: 'sharesCompanyGet', need: 'user' },
  { op: 'sharesCompanyShared', need: 'users' },
  {
    op: 'sharesCompanyGetOne',
    need: 'user',
    but: { stranger: 'not-found' },
    before: published,
    send: (scene) => ({ params: { folder_hash: String(scene.kept.folder_hash) } }),
  },
  {
    op: 'sharesCompanyRequest',
    need: 'user',
    // Who is in it already asks for nothing; for who manages it that is a conflict.
    but: { stranger: 'not-found', reader: 'forbidden', writer: 'forbidden' },
    passes: 409,
    before: published,
    send: kept('folder_hash'),
  },
  {
    op: 'sharesCompanyAccept',
    need: 'manage',
    before: requested,
    send: kept('folder_hash', (scene) => ({ user_id: scene.userId('member') })),
  },
  { op: 'sharesCompanyRequests', need: 'user' },
  ...(['Remove', 'Unshare'] as const).map(
    (what): MatrixRow => ({
      op: `companyAdminShares${what}`,
      need: 'users',
      // He administers another company; of his own folders everybody may decide.
      but: { stranger: 'not-found', member: 'ok' },
      before: ofMember,
      send: onBehalf,
    }),
  ),
  {
    op: 'companyAdminSharesCollaborators',
    need: 'users',
    but: { stranger: 'not-found', member: 'ok' },
    before: ofMember,
    send: (scene) => ({
      query: { path: String(scene.kept.path), userid: scene.userId('member') },
    }),
  },
]

/** An upload in parts: its secret is the authority for its bytes. */
const inParts = async (scene: Scene) => {
  const body = { path: scene.path('/f/parts.bin'), multipart: true }
  const answer = await scene.call('filesCreate', 'writer', { body })
  scene.kept.temp_path = (answer.body as { temp_path: string }).temp_path
}

const uploadRows: readonly MatrixRow[] = [
  {
    op: 'filesCreatePart',
    need: 'user',
    but: { stranger: 'not-found' },
    before: inParts,
    send: kept('temp_path', () => ({ part_num: 1 })),
  },
  {
    op: 'transferUploadPart',
    need: 'bearer',
    before: inParts,
    send: (scene) => ({
      params: { ticket: String(scene.kept.temp_path), part: 1 },
      bytes: 'hello',
    }),
  },
  {
    op: 'fileopsFolderInfo',
    need: 'read',
    send: (scene) => ({ query: { path: scene.path('/f') } }),
  },
  {
    op: 'fileopsPrecheck',
    need: 'write',
    send: (scene) => ({ query: { from_path: scene.path('/f/a.txt'), to_path: scene.path('/') } }),
  },
]

/** The writer offers everything that he has to the member. */
const offered = async (scene: Scene) => {
  const body = { member_login: 'member' }
  const answer = await scene.call('migrationContentsAdd', 'writer', { body })
  scene.kept.hash = (answer.body as { hash: string }).hash
}
const others = ['stranger', 'member', 'reader', 'writer', 'manager', 'admin'] as const
const each = (verdict: Verdict) => Object.fromEntries(others.map((one) => [one, verdict]))

const offerRows: readonly MatrixRow[] = [
  { op: 'migrationContents', need: 'user' },
  {
    op: 'migrationContentsAdd',
    need: 'user',
    // Only a folder of the own home is one's own to offer.
    but: { ...each('forbidden'), stranger: 'not-found', member: 'not-found' },
    send: (scene) => ({ body: { path: scene.path('/f'), member_login: 'member' } }),
  },
  {
    op: 'migrationContentsAccept',
    need: 'user',
    but: { ...each('not-found'), member: 'ok' },
    before: offered,
    send: kept('hash'),
  },
  {
    op: 'migrationContentsReject',
    need: 'user',
    but: { ...each('not-found'), member: 'ok' },
    before: offered,
    send: kept('hash'),
  },
  {
    op: 'migrationContentsRemove',
    need: 'user',
    but: { ...each('not-found'), writer: 'ok' },
    before: offered,
    send: kept('hash'),
  },
  {
    op: 'fileopsHandover',
    need: 'manage',
    // Folders of rooms have no owner who could give them away; of what is shared he is told 403.
    but: { manager: 'forbidden', admin: 'forbidden' },
    before: joined,
    send: (scene) => ({
      body: { path: scene.path('/f'), member_id: scene.userId('member') },
    }),
  },
]

/** Cloudike: shared folders, uploads in parts, content that changes hands. */
export const cloudikeShares: readonly MatrixRow[] = [...rows, ...uploadRows, ...offerRows].map(
  (row) => ({
    given,
    ...row,
  }),
)
