import type { ContractRow, Scene } from '../row.ts'
import { fourEncodings } from './four-encodings.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/other': 'folder',
  '/b.txt': { file: 'beta' },
} as const

const remove =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({
    body: { path: scene.path(path), ...more },
  })

/** fileops/delete. */
export const deleteRows: readonly ContractRow[] = [
  ...fourEncodings({
    op: 'fileopsDelete',
    name: 'puts a folder into the trash',
    as: 'writer',
    given,
    send: remove('/docs', { only_empty: false, without_trash: false }),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/docs'), folder: true, deleted: true, is_in_trash: true },
      events: ['node.deleted'],
    }),
  }),
  {
    op: 'fileopsDelete',
    name: 'a file, for good',
    as: 'manager',
    given,
    send: remove('/b.txt', { without_trash: 1 }),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/b.txt'), bytes: 4, deleted: true, is_in_trash: false },
      events: ['node.purged'],
    }),
  },
  {
    op: 'fileopsDelete',
    name: 'for good needs the right to it',
    as: 'writer',
    given,
    send: remove('/b.txt', { without_trash: true }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'fileopsDelete',
    name: 'rule 11: only_empty on a full folder is 403',
    as: 'writer',
    given,
    send: remove('/docs', { only_empty: true }),
    want: { status: 403, code: 'FolderNotEmpty' },
  },
  {
    op: 'fileopsDelete',
    name: 'rule 11: on an empty one it is not',
    as: 'writer',
    given,
    send: remove('/other', { only_empty: 'yes' }),
    want: { status: 200, events: ['node.deleted'] },
  },
  {
    op: 'fileopsDelete',
    name: 'rule 11: and is nothing to a file',
    as: 'writer',
    given,
    send: remove('/b.txt', { only_empty: 'True' }),
    want: { status: 200, events: ['node.deleted'] },
  },
  {
    op: 'fileopsDelete',
    name: 'a room, which has no trash, stays',
    as: 'manager',
    given: { ...given, '/room': 'room' },
    send: remove('/room'),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'fileopsDelete',
    name: 'a mount goes from the own root only',
    as: 'reader',
    given,
    send: remove('/'),
    want: { status: 200, body: { deleted: true }, events: ['node.deleted'] },
    then: async (scene) => {
      const other = await scene.call('metadata', 'writer', { params: { path: scene.path('/') } })
      if (other.status !== 200) throw new Error(`others lost the room: ${other.status}`)
    },
  },
  {
    op: 'fileopsDelete',
    name: 'the own root stays',
    as: 'writer',
    send: { body: { path: '/' } },
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'fileopsDelete',
    name: 'a reader may not',
    as: 'reader',
    given,
    send: remove('/b.txt'),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'fileopsDelete',
    name: 'what is not visible is 404',
    as: 'member',
    given,
    send: remove('/b.txt'),
    want: { status: 404, code: 'FileNotFound' },
  },
]
