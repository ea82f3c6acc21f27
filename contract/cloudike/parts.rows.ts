import { createHash } from 'node:crypto'
import type { ContractRow, Scene } from '../row.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

type Announced = { temp_path: string; confirm_url: string; method: string }

/** Announces a file in parts; `kept.temp` and `kept.confirm` are what goes on. */
const announced =
  (more: object = {}) =>
  async (scene: Scene): Promise<void> => {
    const values = { path: scene.path('/parts.bin'), multipart: true, ...more }
    const { body } = await scene.call('filesCreate', 'writer', { body: values })
    const { temp_path, confirm_url } = body as Announced
    const { pathname, search } = new URL(confirm_url)
    scene.kept.temp = temp_path
    scene.kept.confirm = pathname + search
  }

async function put(scene: Scene, part: number, text: string): Promise<void> {
  const url = `${scene.url}/api/1/transfers/upload/${scene.kept.temp}/${part}`
  const response = await fetch(url, { method: 'PUT', body: text })
  if (response.status !== 200) throw new Error(`part ${part}: ${await response.text()}`)
}

/** Parts in any order, one of them sent again. */
const sent = async (scene: Scene): Promise<void> => {
  await announced({ size: 9, checksum: md5('onetwotri') })(scene)
  await put(scene, 3, 'tri')
  await put(scene, 1, 'uno!')
  await put(scene, 2, 'two')
  await put(scene, 1, 'one')
}

const confirming = (scene: Scene) => ({ path: String(scene.kept.confirm) })
const part =
  (more: object = {}) =>
  (scene: Scene) => ({ body: { temp_path: scene.kept.temp, part_num: 1, ...more } })
const bytes = (number: number, text: string) => (scene: Scene) => ({
  params: { ticket: String(scene.kept.temp), part: number },
  bytes: text,
})

/** Uploads in parts. */
export const partRows: readonly ContractRow[] = [
  {
    op: 'filesCreate',
    name: 'in parts says what asks for their addresses',
    as: 'writer',
    send: (scene) => ({ body: { path: scene.path('/parts.bin'), multipart: true } }),
    want: {
      status: 200,
      body: { method: 'PUT', temp_path: (value) => String(value).length > 20, parameters: {} },
    },
  },
  {
    op: 'filesCreatePart',
    name: 'says where a part goes',
    as: 'writer',
    before: announced(),
    send: part({ part_num: 7 }),
    want: (scene) => ({
      status: 200,
      body: { url: `${scene.url}/api/1/transfers/upload/${scene.kept.temp}/7`, method: 'PUT' },
    }),
  },
  {
    op: 'filesCreatePart',
    name: 'of no upload is 404',
    as: 'writer',
    send: { body: { temp_path: 'none', part_num: 1 } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'filesCreatePart',
    name: 'of a part that has no number is 400',
    as: 'writer',
    before: announced(),
    send: part({ part_num: 10_001 }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'transferUploadPart',
    name: 'takes a part',
    as: null,
    before: announced(),
    send: bytes(2, 'two'),
    want: { status: 200, body: { size: 3, checksum: md5('two') } },
  },
  {
    op: 'transferUploadPart',
    name: 'of no upload is 404',
    as: null,
    send: { params: { ticket: 'none', part: 1 }, bytes: 'two' },
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'transferUploadPart',
    name: 'number 0 is 400',
    as: null,
    before: announced(),
    send: bytes(0, 'two'),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesConfirm',
    name: 'joins the parts by their numbers',
    as: null,
    before: sent,
    send: confirming,
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/parts.bin'), bytes: 9, checksum: md5('onetwotri') },
      events: ['file.created'],
    }),
  },
  {
    op: 'filesConfirm',
    name: 'with a part missing is 400',
    as: null,
    async before(scene) {
      await announced()(scene)
      await put(scene, 1, 'one')
      await put(scene, 3, 'tri')
    },
    send: confirming,
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesConfirm',
    name: 'of parts that differ from what was announced is 400',
    as: null,
    async before(scene) {
      await announced({ size: 3, checksum: md5('two') })(scene)
      await put(scene, 1, 'one')
    },
    send: confirming,
    want: { status: 400, code: 'InvalidParameters' },
  },
]

const checked = (query: object) => (scene: Scene) => ({
  query: Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      name.endsWith('path') ? scene.path(value as string) : value,
    ]),
  ),
})
const given = {
  '/a': 'folder',
  '/a/b': 'folder',
  '/a/f.txt': { file: 'alpha' },
  '/c': 'folder',
  '/c/f.txt': { file: 'gamma' },
} as const

/** folder_info and precheck; numbers are those of the dossier's edge rules. */
export const checkRows: readonly ContractRow[] = [
  {
    op: 'fileopsFolderInfo',
    name: 'counts what is in a folder at any depth',
    as: 'reader',
    given,
    send: checked({ path: '/' }),
    want: { status: 200, body: { size: 10, files_count: 2, folders_count: 3 } },
  },
  {
    op: 'fileopsFolderInfo',
    name: 'of a file is 404',
    as: 'reader',
    given,
    send: checked({ path: '/a/f.txt' }),
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'fileopsFolderInfo',
    name: 'without a path is 400',
    as: 'reader',
    send: {},
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'fileopsPrecheck',
    name: 'rule 8: of a move whose name is taken, where others share',
    as: 'writer',
    given,
    send: checked({ from_path: '/a/f.txt', to_path: '/c' }),
    want: { status: 200, body: { exists: true, over_writable: false, copyable: true } },
  },
  {
    op: 'fileopsPrecheck',
    name: 'of a file that is to be made in the own root',
    as: 'writer',
    send: { query: { to_path: '/', type: 'create', name: 'nothing there', size: 5 } },
    want: { status: 200, body: { exists: false, over_writable: true, copyable: true } },
  },
  {
    op: 'fileopsPrecheck',
    name: 'rule 2: into a file is 405',
    as: 'writer',
    given,
    send: checked({ from_path: '/a', to_path: '/c/f.txt' }),
    want: { status: 405, code: 'NotAFolder' },
  },
  {
    op: 'fileopsPrecheck',
    name: 'rule 3: a move to where it is is 409, a copy is none',
    as: 'writer',
    given,
    send: checked({ from_path: '/a/f.txt', to_path: '/a' }),
    want: { status: 409, code: 'SameFolder' },
  },
  {
    op: 'fileopsPrecheck',
    name: 'rule 4: into itself is 424',
    as: 'writer',
    given,
    send: checked({ from_path: '/a', to_path: '/a/b', type: 'copy' }),
    want: { status: 424, code: 'MoveParentToChild' },
  },
  {
    op: 'fileopsPrecheck',
    name: 'rule 8: a share of others into another is 412',
    as: 'writer',
    given,
    send: (scene) => ({ query: { from_path: scene.path('/'), to_path: scene.path('/a') } }),
    want: { status: 412, code: 'FileOrFolderMoveMountPointToAnother' },
  },
  {
    op: 'fileopsPrecheck',
    name: 'where nothing may be made is 403',
    as: 'reader',
    given,
    send: checked({ from_path: '/a/f.txt', to_path: '/c' }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'fileopsPrecheck',
    name: 'of nothing is 404',
    as: 'writer',
    given,
    send: checked({ from_path: '/x', to_path: '/a' }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'fileopsPrecheck',
    name: 'of a move from nowhere is 400',
    as: 'writer',
    given,
    send: checked({ to_path: '/a' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
]
