import type { ContractRow, Scene } from '../row.ts'
import { fourEncodings } from './four-encodings.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/docs/deep': 'folder',
  '/other': 'folder',
  '/b.txt': { file: 'beta' },
} as const

const at = (path: string) => (scene: Scene) => ({ body: { path: scene.path(path) } })
const between =
  (from: string, to: string, more: object = {}) =>
  (scene: Scene) => ({
    body: { from_path: scene.path(from), to_path: scene.path(to), ...more },
  })

/** folder_create, rename, move and copy; numbers are those of the dossier's edge rules. */
export const treeRows: readonly ContractRow[] = [
  ...fourEncodings({
    op: 'fileopsFolderCreate',
    name: 'makes a folder with its client times',
    as: 'writer',
    send: (scene) => ({
      body: { path: scene.path('/Neü 1'), created: 1_700_000_000_000, modified: '2023-11-15' },
    }),
    want: (scene) => ({
      status: 200,
      body: {
        path: scene.path('/Neü 1'),
        folder: true,
        bytes: 0,
        size: '0 bytes',
        version: 0,
        icon: 'folder',
        deleted: false,
        author_name: 'writer Person',
        client_data: { created: 1_700_000_000_000, modified: Date.UTC(2023, 10, 15) },
      },
      events: ['folder.created'],
    }),
  }),
  {
    op: 'fileopsFolderCreate',
    name: 'makes the folders on the way',
    as: 'writer',
    send: at('/x/y'),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/x/y') },
      events: ['folder.created', 'folder.created'],
    }),
  },
  {
    op: 'fileopsFolderCreate',
    name: 'rule 1: an existing path is 403, not 409',
    as: 'writer',
    given,
    send: at('/docs'),
    want: { status: 403, code: 'FolderAlreadyCreated' },
  },
  {
    op: 'fileopsFolderCreate',
    name: 'rule 1: so is one that differs in case only',
    as: 'writer',
    given,
    send: at('/DOCS'),
    want: { status: 403, code: 'FolderAlreadyCreated' },
  },
  {
    op: 'fileopsFolderCreate',
    name: 'below a file is 405',
    as: 'writer',
    given,
    send: at('/b.txt/x'),
    want: { status: 405, code: 'NotAFolder' },
  },
  {
    op: 'fileopsFolderCreate',
    name: 'a reader may not',
    as: 'reader',
    send: at('/x'),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'fileopsFolderCreate',
    name: 'without a token nobody may',
    as: null,
    send: at('/x'),
    want: { status: 401, code: 'Unauthorized' },
  },
  ...['/..', '/a//b', '/a/./b', '/-x', '/a.', '/CON', '/a\u0000', '/a|b'].map(
    (path): ContractRow => ({
      op: 'fileopsFolderCreate',
      name: `the name ${JSON.stringify(path)} is refused`,
      as: 'writer',
      send: at(path),
      want: { status: 400, code: 'InvalidParameters' },
    }),
  ),
  {
    op: 'fileopsFolderCreate',
    name: 'a missing path is 400',
    as: 'writer',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters', body: { description: 'path is missing' } },
  },
  ...fourEncodings({
    op: 'fileopsRename',
    name: 'gives a file another name',
    as: 'writer',
    given,
    send: (scene) => ({ body: { path: scene.path('/docs/a.txt'), newname: 'c d.txt' } }),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/docs/c d.txt'), folder: false, bytes: 5 },
      events: ['node.renamed'],
    }),
  }),
  {
    op: 'fileopsRename',
    name: 'a taken name is 403',
    as: 'writer',
    given,
    send: (scene) => ({ body: { path: scene.path('/docs'), newname: 'other' } }),
    want: { status: 403, code: 'FileCantBeRenamed' },
  },
  {
    op: 'fileopsRename',
    name: 'a name with a slash is 400',
    as: 'writer',
    given,
    send: (scene) => ({ body: { path: scene.path('/docs'), newname: 'a/b' } }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'fileopsRename',
    name: 'what is not there, or not visible, is 404',
    as: 'member',
    given,
    send: (scene) => ({ body: { path: scene.path('/docs'), newname: 'x' } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'fileopsRename',
    name: 'a mount takes a name of its own; the room keeps its',
    as: 'reader',
    given,
    send: (scene) => ({ body: { path: scene.path('/'), newname: 'mine' } }),
    want: { status: 200, body: { path: '/mine' }, events: ['node.renamed'] },
    then: async (scene) => {
      const other = await scene.call('metadata', 'writer', { params: { path: scene.path('/') } })
      if (other.status !== 200) throw new Error(`others lost the room: ${other.status}`)
    },
  },
  ...fourEncodings({
    op: 'fileopsMove',
    name: 'rule 2: goes into a target folder, by its own name',
    as: 'writer',
    given,
    send: between('/docs/a.txt', '/other'),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/other/a.txt'), bytes: 5 },
      events: ['node.moved'],
    }),
  }),
  ...(['fileopsMove', 'fileopsCopy'] as const).flatMap((op): ContractRow[] => [
    {
      op,
      name: 'rule 2: a file as target is 405',
      as: 'writer',
      given,
      send: between('/docs', '/b.txt'),
      want: { status: 405, code: 'NotAFolder' },
    },
    {
      op,
      name: 'rule 2: a missing source is 404',
      as: 'writer',
      given,
      send: between('/none', '/other'),
      want: { status: 404, code: 'FileNotFound' },
    },
    {
      op,
      name: 'rule 2: a missing target is 404',
      as: 'writer',
      given,
      send: between('/b.txt', '/none'),
      want: { status: 404, code: 'FileNotFound' },
    },
    {
      op,
      name: 'rule 2: a missing parameter is 400',
      as: 'writer',
      given,
      send: at('/b.txt'),
      want: { status: 400, code: 'InvalidParameters' },
    },
    {
      op,
      name: 'rule 4: a folder into its own child is 424',
      as: 'writer',
      given,
      send: between('/docs', '/docs/deep'),
      want: { status: 424, code: 'MoveParentToChild' },
    },
    {
      op,
      name: 'rule 5: an explicit overwrite=false is 403 on a clash',
      as: 'writer',
      given: { ...given, '/other/b.txt': { file: 'there' } },
      send: between('/b.txt', '/other', { overwrite: false }),
      want: { status: 403, code: 'FileAlreadyExists' },
    },
    {
      op,
      name: 'a reader may not',
      as: 'reader',
      given,
      send: between('/b.txt', '/other'),
      want: { status: 403, code: 'Forbidden' },
    },
  ]),
  {
    op: 'fileopsMove',
    name: 'rule 3: into the folder it is in already is 409',
    as: 'writer',
    given,
    send: between('/docs/a.txt', '/docs'),
    want: { status: 409, code: 'SameFolder' },
  },
  {
    op: 'fileopsMove',
    name: 'rule 5: overwrites a file unless told otherwise',
    as: 'writer',
    given: { ...given, '/other/b.txt': { file: 'there' } },
    send: between('/b.txt', '/other'),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/other/b.txt'), bytes: 4 },
      events: ['node.deleted', 'node.moved'],
    }),
  },
  {
    op: 'fileopsMove',
    name: 'rule 5: a folder in the way is not overwritten',
    as: 'writer',
    given: { ...given, '/other/docs': 'folder' },
    send: between('/docs', '/other'),
    want: { status: 403, code: 'FileAlreadyExists' },
  },
  {
    op: 'fileopsMove',
    name: 'rule 7: one moved event; the bytes and the id stay',
    as: 'writer',
    given,
    send: between('/docs', '/other'),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/other/docs'), folder: true },
      events: ['node.moved'],
    }),
    then: async (scene) => {
      const path = scene.path('/other/docs/a.txt')
      const inside = await scene.call('metadata', 'reader', { params: { path } })
      if (inside.status !== 200) throw new Error(`what was inside is lost: ${inside.status}`)
    },
  },
  ...fourEncodings({
    op: 'fileopsCopy',
    name: 'rule 6: a clash is numbered before the ending, with created events only',
    as: 'writer',
    given: { ...given, '/other/b.txt': { file: 'there' }, '/other/b (1).txt': { file: 'too' } },
    send: between('/b.txt', '/other'),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/other/b (2).txt'), bytes: 4 },
      events: ['node.copied'],
    }),
  }),
  {
    op: 'fileopsCopy',
    name: 'rule 3: into the same folder makes "name (1)"',
    as: 'writer',
    given,
    send: between('/docs', '/'),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/docs (1)'), folder: true },
      events: ['node.copied'],
    }),
  },
  {
    op: 'fileopsMove',
    name: 'rule 8: a mount may not go into a room of others',
    as: 'writer',
    given,
    send: (scene) => ({ body: { from_path: scene.path('/'), to_path: scene.path('/docs') } }),
    want: { status: 412, code: 'FileOrFolderMoveMountPointToAnother' },
  },
  {
    op: 'fileopsMove',
    name: 'rule 8: a room in the way is 412',
    as: 'manager',
    given: { ...given, '/room': 'room', '/room/docs': 'room' },
    send: between('/docs', '/room'),
    want: { status: 412, code: 'FileOrFolderOverwriteMountPointToAnother' },
  },
]
