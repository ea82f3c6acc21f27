import { expect } from 'vitest'
import { smallPng } from '../../server/core/suites/previewer.suite.ts'
import type { ContractRow, Scene } from '../row.ts'
import { fourEncodings } from './four-encodings.ts'
import { done, fresh, invited, joined } from './share-scene.ts'

const given = {
  '/docs': 'folder',
  '/docs/photo.png': { file: smallPng },
  '/docs/broken.png': { file: smallPng.subarray(0, 60) },
  '/docs/named.jpg': { file: 'no picture at all' },
  '/docs/paper.pdf': { file: '%PDF-1.4 and more' },
} as const

const picture = {
  status: 200,
  headers: {
    'content-type': 'image/jpeg',
    'content-disposition': /^inline; filename="photo.png.jpg"/,
    'x-content-type-options': 'nosniff',
    etag: /^"/,
  },
} as const

const asked =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({ query: { path: scene.path(path), ...more } })
const told =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({ body: { path: scene.path(path), ...more } })

const published =
  (path: string, more: object = {}) =>
  async (scene: Scene) => {
    const made = await done(scene, 'linksCreate', 'writer', told(path, more)(scene))
    scene.kept.hash = made.public_hash
  }
const inLink =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({ query: { hash: String(scene.kept.hash), path, ...more } })
const bodyInLink =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({ body: { hash: String(scene.kept.hash), path, ...more } })

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

/** Through public links. */
const linkRows: readonly ContractRow[] = [
  {
    op: 'linksGetPreview',
    name: 'sends a picture to anybody, and takes no download',
    as: null,
    given,
    before: published('/docs', { download_max: 1 }),
    send: inLink('photo.png', { type: 'small' }),
    want: picture,
    then: async (scene) => {
      const info = await done(scene, 'linksInfo', null, {
        params: { hash: String(scene.kept.hash) },
      })
      if (info.download_count !== 0) throw new Error(`counted ${info.download_count}`)
    },
  },
  {
    op: 'linksGetPreview',
    name: 'of a file that is published itself',
    as: null,
    given,
    before: published('/docs/photo.png', { password: 'open it' }),
    send: (scene) => ({ query: { hash: String(scene.kept.hash), password: 'open it' } }),
    want: picture,
  },
  ...(['linksGetPreview', 'linksCreateExtra'] as const).flatMap((op): ContractRow[] => {
    const at = op === 'linksGetPreview' ? inLink : bodyInLink
    const row = { op, as: null, given } as const
    return [
      {
        ...row,
        name: 'needs the password of the link',
        before: published('/docs', { password: 'open it' }),
        send: at('photo.png', { password: 'wrong' }),
        want: { status: 403, code: 'LinkPasswordRequired' },
      },
      {
        ...row,
        name: 'ends with the downloads of the link',
        before: async (scene) => {
          await published('/docs/photo.png', { download_max: 1 })(scene)
          await done(scene, 'linksGet', null, {
            params: { hash: String(scene.kept.hash), path: '' },
          })
        },
        send: at('/'),
        want: { status: 403, code: 'LinkDownloadsExceeded' },
      },
      {
        ...row,
        name: 'of what is not in it is 404',
        before: published('/docs'),
        send: at('other.png'),
        want: { status: 404, code: 'FileNotFound' },
      },
      {
        ...row,
        name: 'through no link is 404',
        before: async (scene) => {
          scene.kept.hash = 'none'
        },
        send: at('photo.png'),
        want: { status: 404, code: 'NotFound' },
      },
      {
        ...row,
        name: 'of no good path is 400',
        before: published('/docs'),
        send: at('a//b'),
        want: { status: 400, code: 'InvalidParameters' },
      },
    ]
  }),
  {
    op: 'linksGetPreview',
    name: 'a document is only given as a download',
    as: null,
    given,
    before: published('/docs'),
    send: inLink('paper.pdf', { type: 'pdf' }),
    want: { status: 404, code: 'FileNotFound' },
  },
  ...fourEncodings({
    op: 'linksCreateExtra',
    name: 'nothing takes a text',
    as: null,
    given,
    before: published('/docs'),
    send: bodyInLink('named.jpg'),
    want: { status: 200, body: { started: false } },
  }),
  {
    op: 'linksCreateExtra',
    name: 'makes them anew',
    as: null,
    given,
    before: published('/docs'),
    send: bodyInLink('photo.png'),
    want: { status: 200, body: { started: true } },
  },
]

const shared = () => {
  const { name } = fresh()
  return {
    name,
    given: { [`/${name}`]: 'folder', [`/${name}/photo.png`]: { file: smallPng } } as const,
    before: invited(name, undefined, { public_view: true }),
  }
}

/** By the hash of an invitation that lets everybody read. */
const invitedRows: readonly ContractRow[] = [
  (({ given: there, before }) => ({
    op: 'sharesGetPreview',
    name: 'sends a picture to anybody',
    as: null,
    given: there,
    before,
    send: (scene: Scene) => ({
      query: { invite_hash: String(scene.kept.hash), path: 'photo.png' },
    }),
    want: picture,
  }))(shared()),
  (({ given: there, before }) => ({
    op: 'sharesCreateExtra',
    name: 'makes them anew',
    as: null,
    given: there,
    before,
    send: (scene: Scene) => ({ body: { invite_hash: scene.kept.hash, path: 'photo.png' } }),
    want: { status: 200, body: { started: true } },
  }))(shared()),
  ...(['sharesGetPreview', 'sharesCreateExtra'] as const).flatMap((op): ContractRow[] => {
    const at = (path: string) => (scene: Scene) => {
      const values = { invite_hash: String(scene.kept.hash), path }
      return op === 'sharesGetPreview' ? { query: values } : { body: values }
    }
    const [first, second, third] = [shared(), shared(), shared()]
    return [
      {
        op,
        name: 'of what is not in it is 404',
        as: null,
        given: first.given,
        before: first.before,
        send: at('other.png'),
        want: { status: 404, code: 'FileNotFound' },
      },
      {
        op,
        name: 'by an invitation that was accepted is 404',
        as: null,
        given: second.given,
        before: joined(second.name, 'member', { public_view: true }),
        send: at('photo.png'),
        want: { status: 404, code: 'NotFound' },
      },
      {
        op,
        name: 'of no good path is 400',
        as: null,
        given: third.given,
        before: third.before,
        send: at('a//b'),
        want: { status: 400, code: 'InvalidParameters' },
      },
    ]
  }),
]

export const extradataRows: readonly ContractRow[] = [...ownRows, ...linkRows, ...invitedRows]

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
