import type { ContractRow, Scene, Want } from '../row.ts'
import { refusals } from './refusals.ts'
import {
  both,
  fileBrought,
  future,
  kept,
  ofKey,
  ofShare,
  past,
  shareTree,
  uploadShare,
} from './share-scene.ts'

const given = shareTree
const invisible = { status: 404, code: -40000 }
const unknownShare = { status: 404, code: -60500 }

const asking =
  (path: string, body: object = {}) =>
  (scene: Scene) => ({ body: { targetId: scene.id(path), ...body } })

const make = { op: 'createUploadShare', as: 'writer', given } as const
const wrongNew = (name: string, body: object, code: number): ContractRow => ({
  ...make,
  name,
  send: asking('/f', body),
  want: { status: 400, code },
})

const creating: readonly ContractRow[] = [
  {
    ...make,
    name: 'with everything that can be said',
    send: asking('/f', {
      name: 'For me',
      password: 'secret',
      notes: 'public',
      internalNotes: 'inner',
      maxSlots: 3,
      maxSize: 1000,
      filesExpiryPeriod: 5,
      showUploadedFiles: true,
      showCreatorName: true,
      showCreatorUsername: true,
      notifyCreator: true,
      receiverLanguage: 'de',
      expiration: future,
    }),
    want: (scene) => ({
      status: 201,
      body: {
        name: 'For me',
        targetId: scene.id('/f'),
        targetType: 'folder',
        targetPath: (path) => String(path).endsWith('/f'),
        accessKey: (key) => String(key).length >= 22,
        isProtected: true,
        isEncrypted: false,
        notes: 'public',
        internalNotes: 'inner',
        maxSlots: 3,
        maxSize: 1000,
        filesExpiryPeriod: 5,
        showUploadedFiles: true,
        showCreatorName: true,
        showCreatorUsername: true,
        notifyCreator: true,
        cntFiles: 0,
        cntUploads: 0,
        expireAt: '2099-01-01T00:00:00.000Z',
        createdBy: { userName: 'writer' },
      },
      events: ['link.created'],
    }),
    then: async (scene, answer) => {
      const made = answer.body as { id: number }
      const wanted = { params: { share_id: made.id } }
      const { body } = await scene.call('requestUploadShare', 'writer', wanted)
      if (JSON.stringify(body) !== JSON.stringify(made)) throw new Error('another share was told')
    },
  },
  {
    ...make,
    name: 'on a room, which counts it',
    as: 'manager',
    send: asking('/'),
    want: { status: 201, body: { targetType: 'room' }, events: ['link.created'] },
    then: async (scene) => {
      const wanted = { params: { node_id: scene.id('/') } }
      const { body } = await scene.call('requestNode', 'manager', wanted)
      const { cntUploadShares } = body as { cntUploadShares: number }
      if (cntUploadShares !== 1) throw new Error(`counted ${cntUploadShares}`)
    },
  },
  {
    ...make,
    name: 'not on a file',
    send: asking('/a.txt'),
    want: { status: 404 },
  },
  wrongNew('no slot at all', { maxSlots: 0 }, -80001),
  wrongNew('no byte at all', { maxSize: 0 }, -80001),
  wrongNew('a number that is none', { maxSlots: 'x' }, -80002),
  wrongNew('files that end at once', { filesExpiryPeriod: 0 }, -80001),
  wrongNew('a switch that is none', { showUploadedFiles: 'x' }, -80005),
  wrongNew('an end in the past', { expiration: past }, -80006),
  wrongNew('notes too long', { notes: 'x'.repeat(256) }, -80007),
  wrongNew('a name with a line break', { name: 'a\nb' }, -80023),
  wrongNew('a language that is none', { receiverLanguage: '?' }, -10013),
  wrongNew('an empty password', { password: '' }, -10002),
  wrongNew('text messages are not sent', { textMessageRecipients: ['+49170123456'] }, -80030),
  wrongNew('a number that nobody has', { textMessageRecipients: ['call me'] }, -80040),
  wrongNew('mail is not sent', { sendMail: true, mailRecipients: 'a@b.test' }, -80000),
  { ...make, name: 'no target', send: { body: {} }, want: { status: 400, code: -80000 } },
  { ...make, name: 'an unknown target', send: { body: { targetId: 8888888 } }, want: invisible },
  ...refusals({ op: make.op, given, send: asking('/f'), invisible }),
]

const here = (scene: Scene, more = '', rest: object = {}) => ({
  query: { filter: `targetId:eq:${scene.id('/f')}${more}`, limit: 500, ...rest },
})
const list = {
  op: 'requestUploadShares',
  as: 'writer',
  given,
  before: uploadShare({ name: 'Zebra' }),
} as const
const total = (count: number): Want => ({ status: 200, body: { range: { total: count } } })
const found = (name: string, filter: string, count: number): ContractRow => ({
  ...list,
  name,
  send: (scene) => here(scene, filter),
  want: total(count),
})

const listing: readonly ContractRow[] = [
  {
    ...list,
    name: 'of a target, with what came',
    before: both(uploadShare({ name: 'Zebra' }), fileBrought('abc')),
    send: (scene) => here(scene),
    want: (scene) => ({
      status: 200,
      body: {
        range: { total: 1 },
        items: [{ id: Number(scene.kept.id), name: 'Zebra', cntFiles: 1, cntUploads: 1 }],
      },
    }),
  },
  {
    ...list,
    name: 'no download share is among them',
    before: async (scene) => {
      await scene.call('createDownloadShare', 'writer', { body: { nodeId: scene.id('/f') } })
    },
    send: (scene) => here(scene),
    want: total(0),
  },
  { ...list, name: 'of a governor', as: 'manager', send: (scene) => here(scene), want: total(1) },
  { ...list, name: 'of a reader', as: 'reader', send: (scene) => here(scene), want: total(0) },
  { ...list, name: 'in another tenant', as: 'stranger', send: {}, want: total(0) },
  found('by a part of the name', '|name:cn:EBR', 1),
  found('by another part', '|name:cn:lion', 0),
  found('by who made it', '|createdBy:cn:riter', 1),
  found('by day', '|createdAt:ge:2016-12-31|createdAt:le:2098-01-01', 1),
  found('of a later day', '|createdAt:ge:2098-01-01', 0),
  {
    ...list,
    name: 'by the key',
    send: (scene) => ({ query: { filter: `accessKey:cn:${kept(scene, 'accessKey')}` } }),
    want: total(1),
  },
  {
    ...list,
    name: 'by somebody else',
    send: (scene) => here(scene, `|userId:eq:${scene.userId('admin')}`),
    want: total(0),
  },
  ...['name', 'notifyCreator', 'expireAt', 'createdAt', 'createdBy'].map((field) => ({
    ...list,
    name: `sorted by ${field}`,
    send: (scene: Scene) => here(scene, '', { sort: `${field}:desc` }),
    want: total(1),
  })),
  {
    ...list,
    name: 'not sorted by classification',
    send: { query: { sort: 'classification:asc' } },
    want: { status: 400 },
  },
  {
    ...list,
    name: 'a limit above 500',
    send: { query: { limit: 501 } },
    want: { status: 400, code: -80024 },
  },
  { ...list, name: 'without a session', as: null, send: {}, want: { status: 401, code: -10012 } },
]

const one = { as: 'writer', given, before: uploadShare() } as const
const singles: readonly ContractRow[] = [
  {
    ...one,
    op: 'requestUploadShare',
    name: 'one',
    as: 'manager',
    send: ofShare(),
    want: (scene) => ({ status: 200, body: { accessKey: kept(scene, 'accessKey') } }),
  },
  {
    ...one,
    op: 'requestUploadShareQr',
    name: 'the address as a picture',
    send: ofShare(),
    want: {
      status: 200,
      body: { dataUrl: (text) => String(text).startsWith('data:image/png;base64,iVBORw0KGgo') },
    },
  },
  {
    ...one,
    op: 'removeUploadShare',
    name: 'ends it; what came stays',
    before: both(uploadShare(), fileBrought('abc')),
    send: ofShare(),
    want: { status: 204, body: undefined, events: ['link.deleted'] },
    then: async (scene) => {
      const { status } = await scene.call('requestPublicUploadShareInfo', null, ofKey()(scene))
      if (status !== 404) throw new Error('it still answers')
      const wanted = { query: { parent_id: scene.id('/f') } }
      const { body } = await scene.call('requestNodes', 'writer', wanted)
      const { items } = body as { items: { name: string }[] }
      if (items[0]?.name !== 'new.txt') throw new Error('the file is gone')
    },
  },
  ...['requestUploadShare', 'requestUploadShareQr', 'removeUploadShare'].flatMap(
    (op): ContractRow[] => [
      {
        op,
        name: 'an id that is no number',
        as: 'writer',
        send: { params: { share_id: 'x' } },
        want: { status: 400, code: -80002 },
      },
      ...refusals({
        ...one,
        op,
        send: ofShare(),
        forbidden: [],
        invisible: unknownShare,
      }),
    ],
  ),
  {
    ...one,
    op: 'sendUploadShareLinkViaEmail',
    name: 'this installation sends none',
    send: ofShare({ body: { recipients: ['ann@example.test'], body: 'Hello' } }),
    want: { status: 400, code: -80000 },
  },
]

/** Upload shares, for those who manage them. */
export const uploadSharesRows: readonly ContractRow[] = [...creating, ...listing, ...singles]
