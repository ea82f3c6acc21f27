import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const tree = { '/a.txt': { file: 'aaa' }, '/f': 'folder' } as const
const invisible = { status: 404, code: -41000 }
const unknownShare = { status: 404, code: -60000 }

const sharing =
  (path: string, body: object = {}) =>
  (scene: Scene) => ({ body: { nodeId: scene.id(path), ...body } })

/** A share of '/a.txt' made before the call. */
const shared =
  (body: object = {}, path = '/a.txt') =>
  async (scene: Scene) => {
    const { body: made } = await scene.call(
      'createDownloadShare',
      'writer',
      sharing(path, body)(scene),
    )
    const { id, accessKey } = made as { id: number; accessKey: string }
    Object.assign(scene.kept, { id, accessKey })
  }

const of = (scene: Scene) => ({ params: { share_id: Number(scene.kept.id) } })
const asked = (filter: string, more: object = {}) => ({ query: { filter, limit: 500, ...more } })
const here = (scene: Scene, more = '', rest: object = {}) =>
  asked(`nodeId:eq:${scene.id('/a.txt')}${more}`, rest)

const make = { op: 'createDownloadShare', as: 'writer', given: tree } as const
const list = {
  op: 'requestDownloadShares',
  as: 'writer',
  given: tree,
  before: shared({ name: 'Zebra' }),
} as const
const total = (count: number) => ({ status: 200, body: { range: { total: count } } })
const past = { enableExpiration: true, expireAt: '2001-01-01T00:00:00Z' }

const creating: readonly ContractRow[] = [
  {
    ...make,
    name: 'with everything that can be said',
    send: sharing('/a.txt', {
      name: 'For you',
      password: 'secret',
      notes: 'public',
      internalNotes: 'inner',
      maxDownloads: 3,
      showCreatorName: true,
      showCreatorUsername: true,
      expiration: { enableExpiration: true, expireAt: '2099-01-01T00:00:00Z' },
    }),
    want: (scene) => ({
      status: 201,
      body: {
        name: 'For you',
        nodeId: scene.id('/a.txt'),
        nodeType: 'file',
        nodePath: (path) => String(path).endsWith('/a.txt'),
        accessKey: (key) => String(key).length >= 22,
        isProtected: true,
        isEncrypted: false,
        notes: 'public',
        internalNotes: 'inner',
        maxDownloads: 3,
        cntDownloads: 0,
        showCreatorName: true,
        showCreatorUsername: true,
        expireAt: '2099-01-01T00:00:00.000Z',
        createdBy: { userName: 'writer' },
      },
      events: ['link.created'],
    }),
    then: async (scene, answer) => {
      const made = answer.body as { id: number }
      const { body } = await scene.call('requestDownloadShare', 'writer', {
        params: { share_id: made.id },
      })
      if (JSON.stringify(body) !== JSON.stringify(made)) throw new Error('another share was told')
    },
  },
  {
    ...make,
    name: 'the name of the node is the default',
    send: sharing('/f'),
    want: {
      status: 201,
      body: { name: 'f', nodeType: 'folder', isProtected: false },
      events: ['link.created'],
    },
  },
  {
    ...make,
    name: 'the node counts it',
    send: sharing('/a.txt'),
    want: { status: 201, events: ['link.created'] },
    then: async (scene) => {
      const { body } = await scene.call('requestNode', 'writer', {
        params: { node_id: scene.id('/a.txt') },
      })
      if ((body as { cntDownloadShares: number }).cntDownloadShares !== 1)
        throw new Error('not counted')
    },
  },
  {
    ...make,
    name: 'a client-side key on plain bytes',
    send: sharing('/a.txt', {
      keyPair: {
        privateKeyContainer: { version: 'A', privateKey: 'x' },
        publicKeyContainer: { version: 'A', publicKey: 'x' },
      },
    }),
    want: { status: 400, code: -50007 },
  },
  {
    ...make,
    name: 'text messages are not sent',
    send: sharing('/a.txt', { textMessageRecipients: ['+491701234567'] }),
    want: { status: 400, code: -80030 },
  },
  {
    ...make,
    name: 'mail is not sent',
    send: sharing('/a.txt', { sendMail: true }),
    want: { status: 400, code: -80000 },
  },
  {
    ...make,
    name: 'an expiry in the past',
    send: sharing('/a.txt', { expiration: past }),
    want: { status: 400, code: -80006 },
  },
  {
    ...make,
    name: 'no download at all',
    send: sharing('/a.txt', { maxDownloads: 0 }),
    want: { status: 400, code: -80001 },
  },
  {
    ...make,
    name: 'notes too long',
    send: sharing('/a.txt', { notes: 'x'.repeat(256) }),
    want: { status: 400, code: -80007 },
  },
  {
    ...make,
    name: 'an empty password',
    send: sharing('/a.txt', { password: '' }),
    want: { status: 400, code: -10002 },
  },
  { ...make, name: 'no node', send: { body: {} }, want: { status: 400, code: -80000 } },
  { ...make, name: 'an unknown node', send: { body: { nodeId: 8888888 } }, want: invisible },
  ...refusals({ op: 'createDownloadShare', given: tree, send: sharing('/a.txt'), invisible }),
]

const listing: readonly ContractRow[] = [
  {
    ...list,
    name: 'of a node',
    send: (scene) => here(scene),
    want: (scene) => ({
      status: 200,
      body: { range: { total: 1 }, items: [{ id: Number(scene.kept.id), name: 'Zebra' }] },
    }),
  },
  {
    ...list,
    name: 'those of others whose node one governs',
    as: 'manager',
    send: (scene) => here(scene),
    want: total(1),
  },
  {
    ...list,
    name: 'not without the permission',
    as: 'reader',
    send: (scene) => here(scene),
    want: total(0),
  },
  { ...list, name: 'not in another tenant', as: 'stranger', send: {}, want: total(0) },
  {
    ...list,
    name: 'by a part of the name',
    send: (scene) => here(scene, '|name:cn:EBR'),
    want: total(1),
  },
  {
    ...list,
    name: 'by another part',
    send: (scene) => here(scene, '|name:cn:lion'),
    want: total(0),
  },
  {
    ...list,
    name: 'by the key',
    send: (scene) => asked(`accessKey:cn:${scene.kept.accessKey}`),
    want: total(1),
  },
  {
    ...list,
    name: 'by who made it',
    send: (scene) => here(scene, `|createdBy:cn:riter|createdById:eq:${scene.userId('writer')}`),
    want: total(1),
  },
  {
    ...list,
    name: 'by somebody else',
    send: (scene) => here(scene, `|userId:eq:${scene.userId('admin')}`),
    want: total(0),
  },
  {
    ...list,
    name: 'by who changed it',
    send: (scene) => here(scene, `|updatedBy:eq:writer|updatedById:eq:${scene.userId('writer')}`),
    want: total(1),
  },
  {
    ...list,
    name: 'by day',
    send: (scene) => here(scene, '|createdAt:ge:2016-12-31|createdAt:le:2098-01-01'),
    want: total(1),
  },
  {
    ...list,
    name: 'of a later day',
    send: (scene) => here(scene, '|createdAt:ge:2098-01-01'),
    want: total(0),
  },
  {
    ...list,
    name: 'of the current version of a file with two',
    before: async (scene) => {
      await shared()(scene)
      const body = { parentId: scene.id('/'), name: 'a.txt' }
      const { body: channel } = await scene.call('createFileUploadChannel', 'writer', { body })
      const params = { token: (channel as { token: string }).token }
      const how = { resolutionStrategy: 'overwrite', keepShareLinks: true }
      const { body: node } = await scene.call('completeFileUploadByToken', null, {
        params,
        body: how,
      })
      scene.kept.node = (node as { id: number }).id
    },
    send: (scene) => asked(`nodeId:eq:${scene.kept.node}`),
    want: (scene) => ({
      status: 200,
      body: { range: { total: 1 }, items: [{ nodeId: Number(scene.kept.node) }] },
    }),
  },
  {
    ...list,
    name: 'sorted, one page',
    before: async (scene) => {
      await shared({ name: 'b' })(scene)
      await shared({ name: 'a' })(scene)
      await shared({ name: 'c' })(scene)
    },
    send: (scene) => here(scene, '', { sort: 'name:desc|expireAt:asc', offset: 1, limit: 1 }),
    want: {
      status: 200,
      body: { range: { offset: 1, limit: 1, total: 3 }, items: [{ name: 'b' }] },
    },
  },
  ...['notifyCreator', 'expireAt', 'createdAt', 'createdBy', 'classification'].map((field) => ({
    ...list,
    name: `sorted by ${field}`,
    send: (scene: Scene) => here(scene, '', { sort: `${field}:asc` }),
    want: total(1),
  })),
  {
    ...list,
    name: 'a limit above 500',
    send: { query: { limit: 501 } },
    want: { status: 400, code: -80024 },
  },
  { ...list, name: 'an unknown filter', send: asked('x:eq:1'), want: { status: 400 } },
  { ...list, name: 'without a session', as: null, send: {}, want: { status: 401, code: -10012 } },
]

const seen: readonly ContractRow[] = [
  {
    op: 'requestDownloadShare',
    name: 'one',
    as: 'manager',
    given: tree,
    before: shared(),
    send: of,
    want: (scene) => ({
      status: 200,
      body: { id: Number(scene.kept.id), accessKey: String(scene.kept.accessKey) },
    }),
  },
  {
    op: 'requestDownloadShare',
    name: 'an unknown one',
    as: 'writer',
    send: { params: { share_id: 8888888 } },
    want: unknownShare,
  },
  {
    op: 'requestDownloadShare',
    name: 'an id that is no number',
    as: 'writer',
    send: { params: { share_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'requestDownloadShare',
    given: tree,
    before: shared(),
    send: of,
    forbidden: [],
    invisible: unknownShare,
  }),
  {
    op: 'requestDownloadShare',
    name: 'reader may not manage it',
    as: 'reader',
    given: tree,
    before: shared(),
    send: of,
    want: { status: 403 },
  },
  {
    op: 'removeDownloadShare',
    name: 'ends it',
    as: 'manager',
    given: tree,
    before: shared(),
    send: of,
    want: { status: 204, body: undefined, events: ['link.deleted'] },
    then: async (scene) => {
      const { status } = await scene.call('requestPublicDownloadShareInfo', null, {
        params: { access_key: String(scene.kept.accessKey) },
      })
      if (status !== 404) throw new Error('it still answers')
    },
  },
  {
    op: 'removeDownloadShare',
    name: 'an unknown one',
    as: 'writer',
    send: { params: { share_id: 8888888 } },
    want: unknownShare,
  },
  ...refusals({
    op: 'removeDownloadShare',
    given: tree,
    before: shared(),
    send: of,
    forbidden: [],
    invisible: unknownShare,
  }),
  {
    op: 'deleteDownloadShares',
    name: 'several',
    as: 'writer',
    given: tree,
    before: async (scene) => {
      await shared()(scene)
      scene.kept.first = scene.kept.id
      await shared({}, '/f')(scene)
    },
    send: (scene) => ({ body: { shareIds: [scene.kept.first, scene.kept.id] } }),
    want: { status: 204, events: ['link.deleted', 'link.deleted'] },
  },
  {
    op: 'deleteDownloadShares',
    name: 'all or none',
    as: 'writer',
    given: tree,
    before: shared(),
    send: (scene) => ({ body: { shareIds: [scene.kept.id, 8888888] } }),
    want: unknownShare,
  },
  {
    op: 'deleteDownloadShares',
    name: 'nothing',
    as: 'writer',
    send: { body: { shareIds: [] } },
    want: { status: 400, code: -80000 },
  },
  ...refusals({
    op: 'deleteDownloadShares',
    given: tree,
    before: shared(),
    send: (scene) => ({ body: { shareIds: [scene.kept.id] } }),
    forbidden: [],
    invisible: unknownShare,
  }),
]

/** Download shares, for those who manage them. */
export const sharesRows: readonly ContractRow[] = [...creating, ...listing, ...seen]
