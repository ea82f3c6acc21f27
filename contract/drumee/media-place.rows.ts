import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/docs/deep': 'folder',
  '/other': 'folder',
  '/other/a.txt': { file: 'another' },
  '/sub': 'room',
} as const

const call = (values: (scene: Scene) => object) => (scene: Scene) => ({
  body: { hub_id: scene.id('/'), ...values(scene) },
})

/** Moving, copying, trash. */
export const mediaPlaceRows: readonly ContractRow[] = [
  {
    op: 'media.move',
    name: 'moves; a taken name is numbered',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: [scene.id('/docs/a.txt')], pid: scene.id('/other') })),
    want: (scene) => ({
      status: 200,
      body: {
        data: [{ id: scene.id('/docs/a.txt'), pid: scene.id('/other'), filename: 'a (1)' }],
      },
      events: ['node.moved'],
    }),
  },
  {
    op: 'media.move_all',
    name: 'several, named by hub and node',
    as: 'writer',
    given,
    send: (scene) => ({
      body: {
        nodes: [{ nid: '/docs/a.txt', hub_id: scene.id('/') }, scene.id('/docs/deep')],
        dest_id: '/sub',
        recipient_id: scene.id('/'),
      },
    }),
    want: {
      status: 200,
      body: { data: [{ ownpath: '/sub/a.txt' }, { ownpath: '/sub/deep' }] },
      events: ['node.left', 'node.moved', 'node.left', 'node.moved'],
    },
  },
  {
    op: 'media.move',
    name: 'named by p, which is another name of nid',
    as: 'writer',
    given,
    send: call((scene) => ({ p: scene.id('/docs/a.txt'), pid: '/docs/deep' })),
    want: {
      status: 200,
      body: { data: [{ ownpath: '/docs/deep/a.txt' }] },
      events: ['node.moved'],
    },
  },
  {
    op: 'media.move',
    name: 'not into itself',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs'), pid: scene.id('/docs/deep') })),
    want: { status: 400, code: 'CIRCULAR_REF' },
  },
  {
    op: 'media.move',
    name: 'not into a file',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs'), pid: scene.id('/other/a.txt') })),
    want: { status: 400, code: 'DESTINATION_IS_NOT_DIRECTORY' },
  },
  {
    op: 'media.move',
    name: 'needs a destination',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: scene.id('/docs') })),
    want: { status: 412, code: 'VARIABLE **pid** IS MANDATORY' },
  },
  {
    op: 'media.move',
    name: 'all or none',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: [scene.id('/docs/a.txt'), 'a0000000000fffff'], pid: '/other' })),
    want: { status: 404, code: 'NODE_NOT_FOUND' },
  },
  {
    op: 'media.move',
    name: 'a reader may not',
    as: 'reader',
    given,
    send: call((scene) => ({ nid: scene.id('/docs/a.txt'), pid: '/other' })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'media.copy',
    name: 'a reader copies into his own hub',
    as: 'reader',
    given,
    send: (scene) => ({
      body: {
        hub_id: scene.id('/'),
        nid: scene.id('/docs'),
        pid: '0',
        recipient_id: userCode(scene.userId('reader')),
      },
    }),
    want: {
      status: 200,
      body: { data: [{ area: 'personal', privilege: 63, filename: 'docs' }] },
      events: ['node.copied'],
    },
  },
  {
    op: 'media.copy_all',
    name: 'beside itself, with a number',
    as: 'writer',
    given,
    send: call((scene) => ({ list: scene.id('/docs/a.txt'), dest_id: scene.id('/docs') })),
    want: {
      status: 200,
      body: { data: [{ ownpath: '/docs/a (1).txt', filesize: 5 }] },
      events: ['node.copied'],
    },
  },
  {
    op: 'media.copy',
    name: "not into somebody else's hub",
    as: 'reader',
    given,
    send: (scene) => ({
      body: {
        nid: scene.id('/docs'),
        pid: '0',
        recipient_id: userCode(scene.userId('writer')),
      },
    }),
    want: { status: 404, code: 'HUB_NOT_FOUND' },
  },
  {
    op: 'media.trash',
    name: 'puts files and folders into the trash',
    as: 'writer',
    given,
    send: call((scene) => ({ nid: [scene.id('/docs/a.txt'), scene.id('/other')] })),
    want: (scene) => ({
      status: 200,
      body: {
        data: [
          { nid: scene.id('/docs/a.txt'), filename: 'a', status: 'deleted' },
          { nid: scene.id('/other'), category: 'folder', hub_id: scene.id('/') },
        ],
      },
      events: ['node.deleted', 'node.deleted'],
    }),
  },
  {
    op: 'media.trash',
    name: 'a room knows no trash and stays',
    as: 'manager',
    given,
    send: call((scene) => ({ nid: scene.id('/sub') })),
    want: { status: 403, code: '_delete_hub' },
  },
  {
    op: 'media.trash',
    name: 'nor does a hub',
    as: 'manager',
    send: (scene) => ({ body: { nid: scene.id('/') } }),
    want: { status: 403, code: '_delete_hub' },
  },
  {
    op: 'media.trash',
    name: 'needs a node',
    as: 'writer',
    send: call(() => ({ nid: '' })),
    want: { status: 412, code: 'VARIABLE **nid** IS MANDATORY' },
  },
  {
    op: 'media.trash',
    name: 'a reader may not',
    as: 'reader',
    given,
    send: call((scene) => ({ nid: scene.id('/docs') })),
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]
