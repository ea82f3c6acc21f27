import { changeLinks } from '../../server/core/links/change-links.ts'
import { deleteLinks } from '../../server/core/links/delete-links.ts'
import type { ContractRow, Scene } from '../row.ts'
import { at, enterBox, entered, given, makeBox, secret, told, visiting } from './visit-scene.ts'

const reading: readonly ContractRow[] = [
  {
    op: 'media.show_node_by',
    name: 'a visitor finds the root of what he entered',
    as: null,
    given,
    before: entered(),
    send: visiting(() => ({ body: { nid: '0' } })),
    want: (scene) => ({
      status: 200,
      body: {
        __status__: 'online',
        data: [
          { filename: 'sub', pid: scene.id('/box'), hub_id: scene.id('/box'), area: 'dmz' },
          { filename: 'a', ext: 'txt', owner_id: undefined, firstname: '', filepath: '/a.txt' },
        ],
      },
    }),
  },
  {
    op: 'media.browse',
    name: 'by the cookie, which keysel chooses, though somebody is signed in',
    as: 'member',
    given,
    before: entered(),
    send: (scene) => ({
      body: { nid: scene.id('/box/sub') },
      headers: { cookie: `guest_sid=${scene.kept.pass}`, 'x-param-keysel': 'guest_sid' },
    }),
    want: told([{ filename: 'b', privilege: 3 }]),
  },
  {
    op: 'media.browse',
    name: 'beside a session the visit counts only where keysel says so',
    as: 'member',
    given,
    before: entered(),
    send: (scene) => ({
      body: { nid: scene.id('/box') },
      headers: { cookie: `guest_sid=${scene.kept.pass}` },
    }),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.get_node_attr',
    name: 'above the root nothing is told',
    as: null,
    given,
    before: entered(),
    send: at('/box'),
    want: told({ pid: '0', parent_id: '0', filepath: '/', owner_id: undefined, privilege: 3 }),
  },
  ...['/', '/other'].map(
    (path): ContractRow => ({
      op: 'media.node_info',
      name: `nothing outside is there: ${path}`,
      as: null,
      given,
      before: entered(),
      send: at(path),
      want: { status: 404, code: 'NODE_NOT_FOUND' },
    }),
  ),
  {
    op: 'media.attributes',
    name: 'another link opens another node',
    as: null,
    given,
    before: async (scene) => {
      await entered()(scene)
      await makeBox(scene, '/other')
    },
    send: at('/other'),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.orig',
    name: 'a file is a download of the link',
    as: null,
    given,
    before: entered({ maxDownloads: 1 }),
    send: at('/box/sub/b.txt'),
    want: { status: 200, body: 'beta', events: ['link.used'] },
  },
  {
    op: 'media.raw',
    name: 'as Bearer; when all downloads are taken there is none',
    as: null,
    given,
    before: async (scene) => {
      await entered({ maxDownloads: 1 })(scene)
      await scene.call('media.orig', null, at('/box/a.txt')(scene))
    },
    send: (scene) => ({
      body: { nid: scene.id('/box/a.txt') },
      headers: { authorization: `Bearer ${scene.kept.pass}` },
    }),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.download',
    name: 'an archive is one, too',
    as: null,
    given,
    before: entered({ maxDownloads: 1 }),
    send: visiting((scene) => ({ body: { nid: [scene.id('/box')] } })),
    want: {
      status: 200,
      body: { data: { zipid: isTextOf(20), zipname: 'box.zip' } },
      events: ['link.used'],
    },
    then: async (scene, { body }) => {
      const { zipid } = (body as { data: { zipid: string } }).data
      const send = visiting(() => ({ body: { id: zipid } }))(scene)
      const zip = await scene.call('media.zip', null, send)
      if (zip.status !== 200) throw new Error(`the archive is answered with ${zip.status}`)
    },
  },
]

const changed = (change: object) => async (scene: Scene) => {
  await entered({ password: secret })(scene)
  await changeLinks(scene.core('manager'), { ids: [Number(scene.kept.link)], change })
}

const over: readonly ContractRow[] = [
  {
    op: 'media.orig',
    name: 'a new password ends visits at once',
    as: null,
    given,
    before: changed({ password: 'another' }),
    send: at('/box/a.txt'),
    want: { status: 403, code: 'PERMISSION_DENIED', body: { __status__: 'offline' } },
  },
  {
    op: 'media.show_node_by',
    name: 'the end of the link ends visits at once',
    as: null,
    given,
    before: async (scene) => {
      await entered()(scene)
      await deleteLinks(scene.core('manager'), { ids: [Number(scene.kept.link)] })
    },
    send: at('/box'),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  ...(
    ['drumate.get_profile', 'desk.home', 'media.make_dir', 'media.rename', 'media.info'] as const
  ).map(
    (op): ContractRow => ({
      op,
      name: 'visitors have no such thing',
      as: null,
      given,
      before: entered({ takesUploads: true }),
      send: at('/box', { dirname: 'new', filename: 'new' }),
      want: { status: 403, code: 'PERMISSION_DENIED' },
    }),
  ),
]

const bringing = (more: object) => {
  return visiting((scene) => ({
    bytes: 'brought',
    headers: {
      'content-type': 'application/octet-stream',
      'x-param-xia-data': encodeURI(
        JSON.stringify({ nid: scene.id('/box'), filename: 'a.txt', ...more }),
      ),
    },
  }))
}

const uploading: readonly ContractRow[] = [
  {
    op: 'media.upload',
    name: 'a box that a user made by this API takes files in his home',
    as: null,
    given,
    before: async (scene) => {
      const body = { name: `Box ${scene.nodeId('/')}`, permission: 7 }
      const made = await scene.call('sharebox.create_public_box', 'writer', { body })
      const { share_id: token, nid } = (made.body as { data: { share_id: string; nid: string } })
        .data
      Object.assign(scene.kept, { token, nid })
      await enterBox(scene)
    },
    send: (scene) => bringing({ nid: scene.kept.nid })(scene),
    want: (scene) => ({
      status: 200,
      body: {
        data: { filename: 'a', pid: scene.kept.nid as string, hub_id: scene.kept.nid as string },
      },
      events: ['file.created', 'link.used'],
    }),
  },
  {
    op: 'media.upload',
    name: 'a box takes files, and nothing is overwritten',
    as: null,
    given,
    before: entered({ takesUploads: true }),
    send: bringing({ replace: 1 }),
    want: (scene) => ({
      status: 200,
      body: { data: { filename: 'a (1)', pid: scene.id('/box'), privilege: 7 } },
      events: ['file.created', 'link.used'],
    }),
  },
  {
    op: 'media.upload',
    name: 'a link to look at takes none',
    as: null,
    given,
    before: entered(),
    send: bringing({}),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.upload',
    name: 'one for uploads does, as many as it says',
    as: null,
    given,
    before: async (scene) => {
      await entered({ kind: 'upload', maxFiles: 1 })(scene)
      await scene.call('media.upload', null, bringing({})(scene))
    },
    send: bringing({ filename: 'b.txt' }),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.show_node_by',
    name: 'and shows nothing',
    as: null,
    given,
    before: entered({ kind: 'upload' }),
    send: at('/box'),
    want: told([]),
  },
  {
    op: 'media.orig',
    name: 'nor lets anybody read',
    as: null,
    given,
    before: entered({ kind: 'upload' }),
    send: at('/box/a.txt'),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
]

function isTextOf(length: number) {
  return (value: unknown) => typeof value === 'string' && value.length >= length
}

export const visitRows: readonly ContractRow[] = [...reading, ...over, ...uploading]
