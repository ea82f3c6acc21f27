import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { ContractRow, Scene } from '../row.ts'

const unknownUpload = { status: 404, code: -20501 }
const unauthenticated = { status: 401, code: -10012 }
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

const kept = (scene: Scene, name: string) => String(scene.kept[name])
const of =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { upload_id: kept(scene, 'uploadId') }, ...more })

const opened =
  (body: object = {}) =>
  async (scene: Scene) => {
    const wanted = { parentId: scene.id('/'), name: 'big.bin', directS3Upload: true, ...body }
    const { body: made } = await scene.call('createFileUploadChannel', 'writer', { body: wanted })
    Object.assign(scene.kept, made)
  }

const range = (first: number, last: number, size: number) => ({
  body: { firstPartNumber: first, lastPartNumber: last, size },
})

/** Opens, and puts one part. */
const uploaded = (text: string) => async (scene: Scene) => {
  await opened({ size: text.length })(scene)
  const send = of(range(1, 1, text.length))(scene)
  const { body } = await scene.call('generatePresignedUrlsFiles', 'writer', send)
  const [part] = (body as { urls: { url: string }[] }).urls
  const response = await fetch(part?.url ?? '', { method: 'PUT', body: text })
  scene.kept.etag = response.headers.get('etag')
}

const parts = (scene: Scene, body: object = {}) =>
  of({
    body: {
      parts: [{ partNumber: 1, partEtag: kept(scene, 'etag').replaceAll('"', '') }],
      ...body,
    },
  })(scene)

const status = (scene: Scene) => scene.call('requestUploadStatusFiles', 'writer', of()(scene))

/** Polls until it is over; after completing it must never say `transfer`. */
async function ended(scene: Scene): Promise<{ status: string; node?: { size: number } }> {
  for (let round = 0; round < 100; round++) {
    const { body } = await status(scene)
    const seen = body as { status: string }
    if (seen.status === 'transfer') throw new Error('transfer after completing')
    if (seen.status !== 'finishing') return seen
    await wait(50)
  }
  throw new Error('it does not end')
}

const urls = { op: 'generatePresignedUrlsFiles', as: 'writer' } as const
const complete = { op: 'completeS3FileUpload', as: 'writer' } as const
const ask = { op: 'requestUploadStatusFiles', as: 'writer' } as const
const wholeUrl = (url: unknown) => /^https?:\/\/.+/.test(String(url))

/** Files on their way in by parts at addresses of their own. */
export const directUploadsRows: readonly ContractRow[] = [
  {
    ...urls,
    name: 'an address for every part',
    before: opened(),
    send: of(range(2, 4, 5_242_880)),
    want: {
      status: 201,
      body: {
        urls: [
          { partNumber: 2, url: wholeUrl },
          { partNumber: 3, url: wholeUrl },
          { partNumber: 4, url: wholeUrl },
        ],
      },
    },
  },
  {
    ...urls,
    name: 'part numbers begin with 1',
    before: opened(),
    send: of(range(0, 1, 1)),
    want: { status: 400, code: -80001 },
  },
  {
    ...urls,
    name: 'the last before the first',
    before: opened(),
    send: of(range(3, 2, 1)),
    want: { status: 400 },
  },
  {
    ...urls,
    name: 'a negative size',
    before: opened(),
    send: of(range(1, 1, -1)),
    want: { status: 400, code: -80046 },
  },
  {
    ...urls,
    name: 'a part larger than the file',
    before: opened({ size: 10 }),
    send: of(range(1, 1, 11)),
    want: { status: 400, code: -80046 },
  },
  {
    ...urls,
    name: 'missing members',
    before: opened(),
    send: of({ body: {} }),
    want: { status: 400, code: -80000 },
  },
  {
    ...urls,
    name: 'an upload by chunks has no parts',
    before: opened({ directS3Upload: false }),
    send: of(range(1, 1, 1)),
    want: { status: 404, code: -90034 },
  },
  {
    ...urls,
    name: 'of somebody else',
    as: 'reader',
    before: opened(),
    send: of(range(1, 1, 1)),
    want: unknownUpload,
  },
  {
    ...urls,
    name: 'without a session',
    as: null,
    before: opened(),
    send: of(range(1, 1, 1)),
    want: unauthenticated,
  },
  {
    ...complete,
    name: 'the parts become the file',
    before: uploaded('hello'),
    send: (scene) => parts(scene, { resolutionStrategy: 'fail' }),
    want: { status: 202, body: undefined, events: 'any' },
    then: async (scene) => {
      const seen = await ended(scene)
      if (seen.status !== 'done' || seen.node?.size !== 5) throw new Error(JSON.stringify(seen))
    },
  },
  {
    ...complete,
    name: 'a clash that shows only at the end is told by the status',
    given: { '/big.bin': 'folder' },
    before: uploaded('hello'),
    send: (scene) => parts(scene, { resolutionStrategy: 'overwrite' }),
    want: { status: 202, events: 'any' },
    then: async (scene) => {
      const seen = (await ended(scene)) as { status: string; errorDetails?: { code: number } }
      if (seen.status !== 'error' || seen.errorDetails?.code === undefined) {
        throw new Error(JSON.stringify(seen))
      }
    },
  },
  {
    ...complete,
    name: 'a wrong tag',
    before: uploaded('hello'),
    send: of({ body: { parts: [{ partNumber: 1, partEtag: md5('x') }] } }),
    want: { status: 400, code: -80045 },
  },
  {
    ...complete,
    name: 'a part that was not sent',
    before: opened(),
    send: of({ body: { parts: [{ partNumber: 1, partEtag: md5('x') }] } }),
    want: { status: 400, code: -80045 },
  },
  {
    ...complete,
    name: 'no parts',
    before: opened(),
    send: of({ body: {} }),
    want: { status: 400, code: -80000 },
  },
  {
    ...complete,
    name: 'keeping links needs overwrite',
    before: uploaded('a'),
    send: (scene) => parts(scene, { keepShareLinks: true }),
    want: { status: 400, code: -80034 },
  },
  {
    ...complete,
    name: 'a bad name',
    before: uploaded('a'),
    send: (scene) => parts(scene, { fileName: 'a*' }),
    want: { status: 400, code: -40755 },
  },
  {
    ...complete,
    name: 'of somebody else',
    as: 'reader',
    before: uploaded('a'),
    send: (scene) => parts(scene),
    want: unknownUpload,
  },
  {
    ...complete,
    name: 'without a session',
    as: null,
    before: uploaded('a'),
    send: (scene) => parts(scene),
    want: unauthenticated,
  },
  {
    ...ask,
    name: 'before completing',
    before: opened(),
    send: of(),
    want: { status: 200, body: { status: 'transfer', node: undefined } },
  },
  {
    ...ask,
    name: 'no such upload',
    send: { params: { upload_id: '99999999' } },
    want: unknownUpload,
  },
  {
    ...ask,
    name: 'of somebody else',
    as: 'reader',
    before: opened(),
    send: of(),
    want: unknownUpload,
  },
  {
    ...ask,
    name: 'without a session',
    as: null,
    before: opened(),
    send: of(),
    want: unauthenticated,
  },
]
