import type { ContractRow, Persona, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const given = { '/f': 'folder', '/f/a.txt': { file: 'alpha' } } as const

const at = (path: string) => (scene: Scene) => ({ params: { node_id: scene.id(path) } })
const saying =
  (text: unknown, path = '/f/a.txt') =>
  (scene: Scene) => ({
    ...at(path)(scene),
    body: { text },
  })

/** The writer says something; its id is kept. */
export const said = async (scene: Scene) => {
  const { body } = await scene.call('createNodeComment', 'writer', saying('first')(scene))
  scene.kept.comment = (body as { id: number }).id
}
const deleted = async (scene: Scene) => {
  await said(scene)
  await scene.call('removeNodeComment', 'writer', ofComment(scene))
}
const ofComment = (scene: Scene) => ({ params: { comment_id: String(scene.kept.comment) } })
const anew = (text: unknown) => (scene: Scene) => ({ ...ofComment(scene), body: { text } })

/** The member may add to the room, and read nothing in it. */
const uploading = async (scene: Scene) => {
  const rights = ['manage', 'read', 'change', 'delete', 'manageDownloadShare', 'manageUploadShare']
  const bins = ['readRecycleBin', 'restoreRecycleBin', 'deleteRecycleBin']
  const none = Object.fromEntries([...rights, ...bins].map((right) => [right, false]))
  const items = [{ id: scene.userId('member'), permissions: { ...none, create: true } }]
  const params = { room_id: scene.id('/') }
  await scene.call('updateRoomUsers', 'manager', { params, body: { items } })
}

const list = { op: 'requestNodeComments', as: 'reader', given, before: said } as const
const make = { op: 'createNodeComment', as: 'reader', given } as const
const change = { op: 'updateNodeComment', as: 'writer', given, before: said } as const
const remove = { op: 'removeNodeComment', as: 'writer', given, before: said } as const

const listRows: readonly ContractRow[] = [
  {
    ...list,
    name: 'oldest first, a page',
    before: async (scene) => {
      await said(scene)
      await scene.call('createNodeComment', 'reader', saying('second')(scene))
    },
    send: at('/f/a.txt'),
    want: {
      status: 200,
      body: {
        range: { offset: 0, limit: 500, total: 2 },
        items: [
          { text: 'first', createdBy: { userName: 'writer' }, isChanged: false, isDeleted: false },
          { text: 'second', createdBy: { userName: 'reader' } },
        ],
      },
    },
    then: async (scene) => {
      const { body } = await scene.call('requestNode', 'reader', at('/f/a.txt')(scene))
      const { cntComments } = body as { cntComments: number }
      if (cntComments !== 2) throw new Error(`${cntComments} comments`)
    },
  },
  {
    ...list,
    name: 'one that was deleted stays without its text',
    before: deleted,
    send: at('/f/a.txt'),
    want: { status: 200, body: { items: [{ text: '', isDeleted: true, isChanged: false }] } },
  },
  {
    ...list,
    name: 'without those that were deleted',
    before: deleted,
    send: (scene) => ({ ...at('/f/a.txt')(scene), query: { hide_deleted: true } }),
    want: { status: 200, body: { range: { total: 0 }, items: [] } },
  },
  {
    ...list,
    name: 'a word where true or false is needed',
    send: (scene) => ({ ...at('/f/a.txt')(scene), query: { hide_deleted: 'x' } }),
    want: { status: 400, code: -80005 },
  },
  {
    ...list,
    name: 'an id that is none',
    send: { params: { node_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  {
    ...list,
    as: 'member',
    name: 'who sees a file and does not read it',
    before: uploading,
    send: at('/f/a.txt'),
    want: { status: 403 },
  },
  ...refusals({
    op: 'requestNodeComments',
    given,
    send: at('/f/a.txt'),
    forbidden: [],
    invisible: { status: 404, code: -41000 },
  }),
]

const makeRows: readonly ContractRow[] = [
  {
    ...make,
    name: 'who reads may say something',
    send: saying('hello'),
    want: {
      status: 201,
      body: { text: 'hello', createdBy: { userName: 'reader' }, updatedBy: { userName: 'reader' } },
      events: ['comment.created'],
    },
  },
  {
    ...make,
    name: 'on a room',
    send: saying('hello', '/'),
    want: { status: 201, events: ['comment.created'] },
  },
  { ...make, name: 'nothing', send: saying(' '), want: { status: 400, code: -80000 } },
  { ...make, name: 'no text', send: at('/f/a.txt'), want: { status: 400, code: -80000 } },
  {
    ...make,
    name: 'too long a text',
    send: saying('x'.repeat(65_536)),
    want: { status: 400, code: -80007 },
  },
  {
    ...make,
    name: 'an id that is none',
    send: { params: { node_id: 'x' }, body: { text: 'x' } },
    want: { status: 400, code: -80002 },
  },
  {
    ...make,
    as: 'member',
    name: 'who sees a file and does not read it',
    before: uploading,
    send: saying('hello'),
    want: { status: 403 },
  },
  ...refusals({
    op: 'createNodeComment',
    given,
    send: saying('hello'),
    forbidden: [],
    invisible: { status: 404, code: -41000 },
  }),
]

const changeRows: readonly ContractRow[] = [
  {
    ...change,
    name: 'an own comment',
    send: anew('other'),
    want: {
      status: 200,
      body: { text: 'other', isChanged: true, isDeleted: false },
      events: ['comment.changed'],
    },
  },
  {
    ...change,
    name: 'one that was deleted',
    before: deleted,
    send: anew('other'),
    want: { status: 400, code: -80039 },
  },
  {
    ...change,
    name: 'one that there is not',
    send: { params: { comment_id: 999_999_999 }, body: { text: 'x' } },
    want: { status: 404, code: -41400 },
  },
  {
    ...change,
    name: 'of a file in the bin',
    before: async (scene) => {
      await said(scene)
      await scene.call('removeNode', 'writer', at('/f/a.txt')(scene))
    },
    send: anew('x'),
    want: { status: 404, code: -41400 },
  },
  { ...change, name: 'nothing', send: anew(''), want: { status: 400, code: -80000 } },
  {
    ...change,
    name: 'too long a text',
    send: anew('x'.repeat(65_536)),
    want: { status: 400, code: -80007 },
  },
  {
    ...change,
    name: 'an id that is none',
    send: { params: { comment_id: 'x' }, body: { text: 'x' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'updateNodeComment',
    given,
    before: said,
    send: anew('other'),
    forbidden: ['reader', 'manager'],
    invisible: { status: 404, code: -41400 },
  }),
]

const removeRows: readonly ContractRow[] = [
  ...(['writer', 'manager'] as const).map(
    (as: Persona): ContractRow => ({
      ...remove,
      as,
      name: `by ${as}`,
      send: ofComment,
      want: { status: 204, events: ['comment.deleted'] },
      then: async (scene) => {
        const { body } = await scene.call('requestNode', 'reader', at('/f/a.txt')(scene))
        const { cntComments } = body as { cntComments: number }
        if (cntComments !== 0) throw new Error(`${cntComments} comments`)
      },
    }),
  ),
  {
    ...remove,
    name: 'twice',
    before: deleted,
    send: ofComment,
    want: { status: 404, code: -41400 },
  },
  {
    ...remove,
    name: 'an id that is none',
    send: { params: { comment_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'removeNodeComment',
    given,
    before: said,
    send: ofComment,
    invisible: { status: 404, code: -41400 },
  }),
]

export const commentsRows: readonly ContractRow[] = [
  ...listRows,
  ...makeRows,
  ...changeRows,
  ...removeRows,
]
