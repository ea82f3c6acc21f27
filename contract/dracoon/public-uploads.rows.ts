import type { ContractRow, Scene } from '../row.ts'
import {
  both,
  brought,
  fileBrought,
  kept,
  ofUpload,
  shareTree,
  uploadShare,
  withoutRights,
} from './share-scene.ts'
import { md5 } from './upload-scene.ts'

const given = { ...shareTree, '/f/new.txt': { file: 'old' } } as const
const unknownKey = { status: 404, code: -50501 }
const unknownUpload = { status: 404, code: -20501 }
const noSlot = { status: 400, code: -50506 }
const noRoom = { status: 507, code: -50504 }

const complete = {
  op: 'completeFileUploadViaShare',
  as: null,
  given,
  before: both(uploadShare({ filesExpiryPeriod: 5 }), brought({}, 'ab', 'c')),
} as const
const tookPlace = ['file.created', 'link.used'] as const

const completing: readonly ContractRow[] = [
  {
    ...complete,
    name: 'a free name, an end, and nobody who made it',
    send: ofUpload({ body: {} }),
    want: {
      status: 201,
      body: { name: 'new (1).txt', size: 3, hash: md5('abc') },
      events: tookPlace,
    },
    then: async (scene) => {
      const wanted = { query: { parent_id: scene.id('/f'), filter: 'name:cn:(1)' } }
      const { body } = await scene.call('requestNodes', 'writer', wanted)
      const [node] = (body as { items: Record<string, unknown>[] }).items
      const by = node?.createdBy as { id: number; userType: string }
      if (by.id !== -1 || by.userType !== 'external') throw new Error(JSON.stringify(by))
      const days = (Date.parse(String(node?.expireAt)) - Date.now()) / 86_400_000
      if (Math.abs(days - 5) > 0.1) throw new Error(`it ends in ${days} days`)
    },
  },
  {
    ...complete,
    name: 'again',
    before: both(complete.before, async (scene) => {
      await scene.call('completeFileUploadViaShare', null, ofUpload({ body: {} })(scene))
    }),
    send: ofUpload(),
    want: { status: 201, body: { name: 'new (1).txt', size: 3 } },
  },
  {
    ...complete,
    name: 'an empty file',
    before: both(uploadShare(), brought({ name: 'empty' })),
    send: ofUpload(),
    want: { status: 201, body: { name: 'empty', size: 0 }, events: tookPlace },
  },
  {
    ...complete,
    name: 'keys for plain bytes',
    send: ofUpload({
      body: { items: [{ userId: 1, fileKey: { key: 'k', iv: 'i', version: 'A', tag: 't' } }] },
    }),
    want: { status: 400, code: -40001 },
  },
  {
    ...complete,
    name: 'an owner who may not share any more',
    before: both(complete.before, withoutRights),
    send: ofUpload({ body: {} }),
    want: unknownKey,
  },
  {
    ...complete,
    name: 'a folder that is gone',
    before: both(complete.before, async (scene) => {
      await scene.call('removeNode', 'writer', { params: { node_id: scene.id('/f') } })
    }),
    send: ofUpload({ body: {} }),
    want: unknownKey,
  },
  {
    ...complete,
    name: 'the last slot was taken meanwhile',
    before: both(uploadShare({ maxSlots: 1 }), brought({}, 'abc'), async (scene) => {
      const id = scene.kept.uploadId
      await fileBrought('x', 'first.txt')(scene)
      scene.kept.uploadId = id
    }),
    send: ofUpload({ body: {} }),
    want: noSlot,
  },
  {
    ...complete,
    name: 'the last bytes were taken meanwhile',
    before: both(uploadShare({ maxSize: 5 }), brought({}, 'abc'), async (scene) => {
      const id = scene.kept.uploadId
      await fileBrought('xyz', 'first.txt')(scene)
      scene.kept.uploadId = id
    }),
    send: ofUpload({ body: {} }),
    want: noRoom,
  },
  {
    ...complete,
    name: 'an unknown upload',
    send: (scene) => ({ params: { access_key: kept(scene, 'accessKey'), upload_id: 'x' } }),
    want: unknownUpload,
  },
  {
    op: 'cancelFileUploadViaShare',
    name: 'it is over',
    as: null,
    given,
    before: both(uploadShare(), brought({}, 'abc')),
    send: ofUpload(),
    want: { status: 204, body: undefined },
    then: async (scene) => {
      const { status } = await scene.call('completeFileUploadViaShare', null, ofUpload()(scene))
      if (status < 400) throw new Error('it can be completed')
    },
  },
  {
    op: 'cancelFileUploadViaShare',
    name: 'an unknown upload',
    as: null,
    given,
    before: uploadShare(),
    send: (scene) => ({ params: { access_key: kept(scene, 'accessKey'), upload_id: 'x' } }),
    want: unknownUpload,
  },
  {
    op: 'cancelFileUploadViaShare',
    name: 'an unknown key',
    as: null,
    send: { params: { access_key: 'x', upload_id: 'x' } },
    want: unknownKey,
  },
]

const s3 = { directS3Upload: true, size: 4 }
const urls = { firstPartNumber: 1, lastPartNumber: 1, size: 4 }

/** The bytes lie at their address. */
const partSent = both(uploadShare(), brought(s3), async (scene) => {
  const wanted = ofUpload({ body: urls })(scene)
  const { body } = await scene.call('generatePresignedUrlsPublic', null, wanted)
  const [part] = (body as { urls: { url: string }[] }).urls
  const response = await fetch(part?.url ?? '', { method: 'PUT', body: 'abcd' })
  scene.kept.etag = response.headers.get('etag')?.replaceAll('"', '')
})
const withParts = (scene: Scene) =>
  ofUpload({ body: { parts: [{ partNumber: 1, partEtag: kept(scene, 'etag') }] } })(scene)
const direct = { as: null, given, before: both(uploadShare(), brought(s3)) } as const
const chunked = { as: null, given, before: both(uploadShare(), brought()) } as const
const unknown = (body?: object) => (scene: Scene) => ({
  params: { access_key: kept(scene, 'accessKey'), upload_id: 'x' },
  body,
})

const parts: readonly ContractRow[] = [
  {
    ...direct,
    op: 'generatePresignedUrlsPublic',
    name: 'an address for each part',
    send: ofUpload({ body: { ...urls, lastPartNumber: 2 } }),
    want: {
      status: 201,
      body: { urls: (list) => Array.isArray(list) && list.length === 2 },
    },
  },
  {
    ...chunked,
    op: 'generatePresignedUrlsPublic',
    name: 'of a channel for chunks',
    send: ofUpload({ body: urls }),
    want: { status: 404, code: -90034 },
  },
  {
    ...direct,
    op: 'generatePresignedUrlsPublic',
    name: 'a number that is none',
    send: ofUpload({ body: { ...urls, firstPartNumber: 'x' } }),
    want: { status: 400, code: -80002 },
  },
  {
    ...direct,
    op: 'generatePresignedUrlsPublic',
    name: 'the part before the first',
    send: ofUpload({ body: { ...urls, firstPartNumber: 0 } }),
    want: { status: 400, code: -80001 },
  },
  {
    ...direct,
    op: 'generatePresignedUrlsPublic',
    name: 'no numbers',
    send: ofUpload({ body: { size: 4 } }),
    want: { status: 400, code: -80000 },
  },
  {
    ...direct,
    op: 'generatePresignedUrlsPublic',
    name: 'more than was announced',
    send: ofUpload({ body: { ...urls, size: 5 } }),
    want: { status: 400, code: -80046 },
  },
  {
    ...direct,
    op: 'generatePresignedUrlsPublic',
    name: 'an unknown upload',
    send: unknown(urls),
    want: unknownUpload,
  },
  {
    ...direct,
    op: 'completeS3FileUploadViaShare',
    name: 'the file comes, and its status says so',
    before: partSent,
    send: withParts,
    want: { status: 202, body: undefined, events: 'any' },
    then: async (scene) => {
      for (let round = 0; round < 200; round++) {
        const { body } = await scene.call('requestUploadStatusPublic', null, ofUpload()(scene))
        const { status, fileName, size } = body as Record<string, unknown>
        if (status === 'done' && fileName === 'new (1).txt' && size === 4) return
        if (status !== 'finishing') throw new Error(JSON.stringify(body))
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error('it does not come')
    },
  },
  {
    ...direct,
    op: 'completeS3FileUploadViaShare',
    name: 'a part with another tag',
    before: partSent,
    send: ofUpload({ body: { parts: [{ partNumber: 1, partEtag: 'x' }] } }),
    want: { status: 400, code: -80045 },
  },
  {
    ...chunked,
    op: 'completeS3FileUploadViaShare',
    name: 'of a channel for chunks',
    send: ofUpload({ body: { parts: [{ partNumber: 1, partEtag: 'x' }] } }),
    want: { status: 404, code: -90034 },
  },
  {
    ...direct,
    op: 'completeS3FileUploadViaShare',
    name: 'no parts',
    send: ofUpload({ body: {} }),
    want: { status: 400, code: -80000 },
  },
  {
    ...direct,
    op: 'completeS3FileUploadViaShare',
    name: 'a number that is none',
    send: ofUpload({ body: { parts: [{ partNumber: 'x', partEtag: 'x' }] } }),
    want: { status: 400, code: -80002 },
  },
  {
    ...direct,
    op: 'completeS3FileUploadViaShare',
    name: 'keys for plain bytes',
    before: partSent,
    send: (scene) => ({
      ...withParts(scene),
      body: {
        parts: [{ partNumber: 1, partEtag: kept(scene, 'etag') }],
        userFileKeyList: [{ userId: 1, fileKey: { key: 'k', iv: 'i', version: 'A', tag: 't' } }],
      },
    }),
    want: { status: 400, code: -40001 },
  },
  {
    ...direct,
    op: 'completeS3FileUploadViaShare',
    name: 'an unknown upload',
    send: unknown({ parts: [{ partNumber: 1, partEtag: 'x' }] }),
    want: unknownUpload,
  },
  {
    ...direct,
    op: 'completeS3FileUploadViaShare',
    name: 'one that was cancelled',
    before: both(partSent, async (scene) => {
      await scene.call('cancelFileUploadViaShare', null, ofUpload()(scene))
    }),
    send: withParts,
    want: { status: 400, code: -20503 },
  },
  {
    ...direct,
    op: 'completeS3FileUploadViaShare',
    name: 'an owner who may not share any more',
    before: both(partSent, withoutRights),
    send: withParts,
    want: unknownKey,
  },
  {
    ...direct,
    op: 'generatePresignedUrlsPublic',
    name: 'of one that was cancelled',
    before: both(direct.before, async (scene) => {
      await scene.call('cancelFileUploadViaShare', null, ofUpload()(scene))
    }),
    send: ofUpload({ body: urls }),
    want: { status: 400, code: -20503 },
  },
  {
    ...direct,
    op: 'requestUploadStatusPublic',
    name: 'on its way',
    send: ofUpload(),
    want: { status: 200, body: { status: 'transfer', fileName: 'new.txt' } },
  },
  {
    ...direct,
    op: 'requestUploadStatusPublic',
    name: 'an unknown upload',
    send: unknown(),
    want: unknownUpload,
  },
]

/** The ends of uploads through a share, and uploads in parts. */
export const publicUploadsRows: readonly ContractRow[] = [...completing, ...parts]
