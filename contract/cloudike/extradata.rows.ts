import { expect } from 'vitest'
import { smallPng } from '../../server/core/suites/previewer.suite.ts'
import type { ContractRow, Scene } from '../row.ts'
import { fourEncodings } from './four-encodings.ts'
import { asked, given, picture, told } from './picture-scene.ts'

const linkTo = (scene: Scene, path: string, type: string) => {
  const start = `${scene.url}/api/1/files/get_preview/?`
  return (link: unknown) => {
    const query = new URLSearchParams(String(link).slice(start.length))
    return (
      String(link).startsWith(start) &&
      query.get('path') === scene.path(path) &&
      query.get('type') === type
    )
  }
}

/** Where pictures are, in what is told of files. */
const toldRows: readonly ContractRow[] = [
  {
    op: 'metadata',
    name: 'a list says where pictures of its files are',
    as: 'reader',
    given,
    send: (scene) => ({ params: { path: scene.path('/docs') } }),
    want: (scene) => ({
      status: 200,
      body: {
        thumbnail: false,
        content: (all) => {
          const found = (all as { path: string; extradata: object }[]).map(
            ({ path, extradata }) => [path.split('/').at(-1), Object.keys(extradata).join()],
          )
          return (
            JSON.stringify(found.slice(0, 2)) ===
              '[["broken.png","thumbnails"],["named.jpg","thumbnails"]]' && found.length === 4
          )
        },
        path: scene.path('/docs'),
      },
    }),
  },
  {
    op: 'metadata',
    name: 'and so does a file',
    as: 'reader',
    given,
    send: (scene) => ({ params: { path: scene.path('/docs/photo.png') } }),
    want: (scene) => ({
      status: 200,
      body: {
        thumbnail: linkTo(scene, '/docs/photo.png', 'small'),
        extradata: {
          pdf: undefined,
          thumbnails: {
            status: 'ready',
            small: { link: linkTo(scene, '/docs/photo.png', 'small') },
            middle: { link: linkTo(scene, '/docs/photo.png', 'middle') },
            preview: { link: linkTo(scene, '/docs/photo.png', 'preview') },
          },
        },
      },
    }),
    then: async (scene, { body }) => {
      const path = String((body as { thumbnail: string }).thumbnail).slice(scene.url.length)
      const { status } = await scene.call('filesGetPreview', 'reader', { path })
      expect(status).toBe(200)
    },
  },
  {
    op: 'metadata',
    name: 'unless they are not wanted',
    as: 'reader',
    given,
    send: (scene) => ({
      params: { path: scene.path('/docs/photo.png') },
      query: { extra: 'False' },
    }),
    want: { status: 200, body: { thumbnail: false, extradata: (it) => isEmpty(it) } },
  },
]

const isEmpty = (value: unknown) => JSON.stringify(value) === '{}'

/** Tag `extradata`: files of one's own. */
const ownRows: readonly ContractRow[] = [
  ...['small', undefined].map(
    (type): ContractRow => ({
      op: 'filesGetPreview',
      name: `sends a picture, ${type ?? 'the largest by default'}`,
      as: 'reader',
      given,
      send: asked('/docs/photo.png', { type }),
      want: picture,
    }),
  ),
  {
    op: 'filesGetPreview',
    name: 'under the older version and without the last slash, too',
    as: 'reader',
    given,
    send: (scene) => ({
      ...asked('/docs/paper.pdf', { type: 'pdf' })(scene),
      path: '/api/0/files/get_preview',
    }),
    want: { status: 200 },
  },
  {
    op: 'filesGetPreview',
    name: 'a PDF document is its own PDF',
    as: 'reader',
    given,
    send: asked('/docs/paper.pdf', { type: 'pdf' }),
    want: {
      status: 200,
      headers: { 'content-type': 'application/pdf', 'content-length': '17' },
    },
  },
  ...[
    ['a picture has no PDF', '/docs/photo.png', { type: 'pdf' }],
    ['what is only called a picture has none', '/docs/named.jpg', {}],
    ['what is broken has none', '/docs/broken.png', {}],
    ['a folder has none', '/docs', {}],
    ['a version that it never had has none', '/docs/photo.png', { version: 1 }],
    ['what is not there has none', '/docs/nothing.png', {}],
  ].map(
    ([name, path, more]): ContractRow => ({
      op: 'filesGetPreview',
      name: String(name),
      as: 'reader',
      given,
      send: asked(String(path), more as object),
      want: { status: 404, code: 'FileNotFound' },
    }),
  ),
  {
    op: 'filesGetPreview',
    name: 'what is not visible has none',
    as: 'member',
    given,
    send: asked('/docs/photo.png'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesGetPreview',
    name: 'of a kind that is none is 400',
    as: 'reader',
    given,
    send: asked('/docs/photo.png', { type: 'huge' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  ...fourEncodings({
    op: 'filesCreateExtra',
    name: 'rule 20: nothing takes a text',
    as: 'reader',
    given,
    send: told('/docs/named.jpg'),
    want: { status: 200, body: { started: false } },
  }),
  {
    op: 'filesCreateExtra',
    name: 'rule 20: makes them anew',
    as: 'reader',
    given,
    send: told('/docs/photo.png'),
    want: { status: 200, body: { started: true } },
  },
  {
    op: 'filesCreateExtra',
    name: 'what is not there is 404',
    as: 'reader',
    given,
    send: told('/docs/nothing.png'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesCreateExtra',
    name: 'nor for who does not see it',
    as: 'member',
    given,
    send: told('/docs/photo.png'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesCreateExtra',
    name: 'without a path is 400',
    as: 'reader',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
]

/** Tag `extradata`, for who is signed in. */
export const extradataRows: readonly ContractRow[] = [...toldRows, ...ownRows]

const three = {
  '/a.png': { file: smallPng },
  '/b.png': { file: smallPng },
  '/c.png': { file: smallPng },
}

/** Where one preview is made at a time, and none may wait. */
export const busyRows: readonly ContractRow[] = [
  {
    op: 'filesCreateExtra',
    name: 'too much at once is refused for the moment',
    as: 'reader',
    given: { ...three, '/named.jpg': { file: 'no picture' } },
    send: told('/named.jpg'),
    want: { status: 200, body: { started: false } },
    then: async (scene) => {
      const get = (path: string) => scene.call('filesGetPreview', 'reader', asked(path)(scene))
      const all = await Promise.all(Object.keys(three).map(get))
      const busy = all.filter(({ status }) => status === 503)
      expect(all.map(({ status }) => status)).toContain(200)
      expect(busy.length).toBeGreaterThan(0)
      expect(busy[0]?.body).toMatchObject({ code: 'ServiceUnavailable' })
      for (const path of Object.keys(three)) expect((await get(path)).status).toBe(200)
    },
  },
]

/** Where none are made. */
export const noneRows: readonly ContractRow[] = [
  {
    op: 'filesGetPreview',
    name: 'no file has one',
    as: 'reader',
    given,
    send: asked('/docs/photo.png'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesCreateExtra',
    name: 'nothing is started',
    as: 'reader',
    given,
    send: told('/docs/photo.png'),
    want: { status: 200, body: { started: false } },
  },
]
