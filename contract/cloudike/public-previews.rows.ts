import { smallPng } from '../../server/core/suites/previewer.suite.ts'
import type { ContractRow, Scene } from '../row.ts'
import { fourEncodings } from './four-encodings.ts'
import { given, picture, told } from './picture-scene.ts'
import { done, fresh, invited, joined } from './share-scene.ts'

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

/** Tag `extradata`, for who has a hash. */
export const publicPreviewRows: readonly ContractRow[] = [...linkRows, ...invitedRows]
