import { smallPng } from '../../server/core/suites/previewer.suite.ts'
import type { ContractRow, Scene } from '../row.ts'
import { at, entered } from './visit-scene.ts'

/** The scene that the rows share which only look. */
export const pictureScene = {
  '/docs': 'folder',
  '/docs/photo.png': { file: smallPng },
  '/docs/named.jpg': { file: 'no picture at all' },
  '/docs/paper.pdf': { file: '%PDF-1.4 and more' },
} as const

const box = {
  '/box': 'folder',
  '/box/photo.png': { file: smallPng },
  '/box/paper.pdf': { file: '%PDF-1.4 and more' },
} as const

const node = (path: string) => (scene: Scene) => ({
  body: { hub_id: scene.id('/'), nid: scene.id(path) },
})
const asking = (path: string, headers: Readonly<Record<string, string>>) => (scene: Scene) => ({
  ...node(path)(scene),
  headers,
})
const picture = {
  status: 200,
  headers: { 'content-type': 'image/jpeg', 'content-disposition': /^inline/, etag: /^"/ },
} as const

const pictures = ['preview', 'vignette', 'thumb', 'card', 'slide'] as const

/** Pictures of files, and documents. */
export const mediaPictureRows: readonly ContractRow[] = [
  ...[...pictures, 'pdf'].flatMap((format): ContractRow[] => {
    const op = `media.${format}`
    const isPicture = pictures.some((one) => one === format)
    const path = isPicture ? '/docs/photo.png' : '/docs/paper.pdf'
    const want = isPicture
      ? picture
      : { status: 200, headers: { 'content-type': 'application/pdf', 'content-length': '17' } }
    const row = { op, as: 'reader' } as const
    return [
      { ...row, name: 'shows a file', send: node(path), want },
      {
        ...row,
        name: 'a file that has none',
        send: node('/docs/named.jpg'),
        want: { status: 404, code: 'NODE_NOT_FOUND' },
      },
      {
        ...row,
        name: 'a folder is no file',
        send: node('/docs'),
        want: { status: 400, code: 'INVALID_DATA' },
      },
      {
        ...row,
        name: 'what the caller does not see',
        as: 'member',
        send: node(path),
        want: { status: 404, code: 'NODE_NOT_FOUND' },
      },
      {
        ...row,
        name: 'nobody sees nothing',
        as: null,
        send: node(path),
        want: { status: 403, code: 'PERMISSION_DENIED' },
      },
      {
        ...row,
        name: 'needs a node',
        send: (scene) => ({ body: { hub_id: scene.id('/') } }),
        want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
      },
      {
        ...row,
        name: 'a part',
        send: asking(path, { range: 'bytes=1-2' }),
        want: { status: 206, headers: { 'content-length': '2' } },
      },
      {
        ...row,
        name: 'no part behind the end',
        send: asking(path, { range: 'bytes=9999999-' }),
        want: { status: 416, code: 'RANGE_NOT_SATISFIABLE' },
      },
      {
        ...row,
        name: 'nothing anew to who knows it',
        send: asking(path, { 'if-none-match': '*' }),
        want: { status: 304, body: undefined },
      },
    ]
  }),
  ...(
    [
      ['thumb', '/docs/photo.png'],
      ['pdf', '/docs/paper.pdf'],
    ] as const
  ).map(
    ([format, path]): ContractRow => ({
      op: `media.${format}`,
      name: 'by the short path of the web client',
      as: 'reader',
      send: (scene) => ({
        method: 'GET',
        path: `/-/file/${format}/${scene.id(path)}/${scene.id('/')}`,
      }),
      want: { status: 200 },
    }),
  ),
]

/** The same for visitors of a link. */
export const visitedPictureRows: readonly ContractRow[] = [
  {
    op: 'media.thumb',
    name: 'to a visitor, without taking a download',
    as: null,
    given: box,
    before: entered({ maxDownloads: 1 }),
    send: at('/box/photo.png'),
    want: picture,
  },
  {
    op: 'media.pdf',
    name: 'a visitor takes a download with a document, and sees no picture after the last',
    as: null,
    given: box,
    before: entered({ maxDownloads: 1 }),
    send: at('/box/paper.pdf'),
    want: { status: 200, events: ['link.used'] },
    then: async (scene) => {
      const { status } = await scene.call('media.thumb', null, at('/box/photo.png')(scene))
      if (status !== 403) throw new Error(`the picture is answered with ${status}`)
    },
  },
]
