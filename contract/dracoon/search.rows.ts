import type { ContractRow, Expected, Scene } from '../row.ts'

const given = {
  '/f': 'folder',
  '/f/report a.pdf': { file: 'alpha' },
  '/f/deep': 'folder',
  '/f/deep/report b.txt': { file: 'a longer text' },
  '/report': 'folder',
  '/sub': 'room',
  '/sub/report c.txt': { file: 'c' },
} as const

const base = { op: 'searchNodes', as: 'reader', given } as const
const below = (text: string, query: object) => (scene: Scene) => ({
  query: { search_string: text, parent_id: scene.id('/'), depth_level: -1, ...query },
})
const are =
  (...names: string[]): Expected =>
  (value: unknown) =>
    JSON.stringify((value as { name: string }[]).map(({ name }) => name)) === JSON.stringify(names)
const all = ['report', 'report a.pdf', 'report b.txt', 'report c.txt']
const finds = (
  name: string,
  text: string,
  query: object,
  names: readonly string[],
): ContractRow => ({
  ...base,
  name,
  send: below(text, query),
  want: { status: 200, body: { range: { total: names.length }, items: are(...names) } },
})

const reach: readonly ContractRow[] = [
  finds('everywhere below, kinds in their order', 'report', {}, all),
  finds('exactly this first', 'Report B.txt', {}, ['report b.txt']),
  finds('a pattern', '*.txt', {}, ['report b.txt', 'report c.txt']),
  finds('direct children', 'report', { depth_level: 0 }, ['report']),
  finds('one level more', 'report', { depth_level: 1 }, ['report', 'report a.pdf', 'report c.txt']),
  {
    ...base,
    name: 'by name and path, as clients look nodes up',
    send: (scene) => ({
      query: {
        search_string: 'report a.pdf',
        depth_level: -1,
        filter: `parentPath:eq:${scene.path('/f')}/`,
      },
    }),
    want: (scene) => ({
      status: 200,
      body: {
        range: { total: 1 },
        items: [{ id: scene.id('/f/report a.pdf'), parentPath: `${scene.path('/f')}/` }],
      },
    }),
  },
  {
    ...base,
    name: 'top rooms',
    send: (scene) => ({ query: { search_string: scene.path('/').slice(1) } }),
    want: (scene) => ({ status: 200, body: { items: [{ id: scene.id('/'), type: 'room' }] } }),
  },
]

const filters = (
  [
    ['type:eq:folder', ['report']],
    ['type:eq:room:file', ['report a.pdf', 'report b.txt', 'report c.txt']],
    ['fileType:eq:PDF', ['report a.pdf']],
    ['fileType:cn:t', ['report b.txt', 'report c.txt']],
    ['classification:eq:2', all],
    ['classification:eq:3', []],
    ['createdBy:cn:adm', all],
    ['createdBy:eq:nobody', []],
    ['createdById:eq:-1', []],
    ['updatedBy:eq:admin', all],
    ['updatedById:eq:999999', []],
    ['createdAt:ge:2020-01-01|createdAt:le:2021-01-01', []],
    ['updatedAt:ge:2020-01-01', all],
    ['expireAt:le:2100-01-01', []],
    ['size:ge:5|size:le:5', ['report a.pdf']],
    ['isFavorite:eq:true', []],
    ['isFavorite:eq:false', all],
    ['branchVersion:ge:1', all],
    ['parentPath:cn:/F/DEEP/', ['report b.txt']],
    ['timestampCreation:ge:2020-01-01', all],
    ['timestampModification:le:2020-01-01', []],
    ['referenceId:eq:999999999', []],
  ] as const
).map(([filter, names]) => finds(`filter ${filter}`, 'report', { filter }, names))

const files = ['report a.pdf', 'report b.txt', 'report c.txt']
const sorts = (
  [
    ['name:desc', ['report', ...files.toReversed()]],
    ['size:desc', ['report', 'report b.txt', 'report a.pdf', 'report c.txt']],
    ['type:desc', ['report', ...files]],
    ['parentPath:asc', ['report', 'report a.pdf', 'report b.txt', 'report c.txt']],
    ['fileType:desc', ['report', 'report c.txt', 'report b.txt', 'report a.pdf']],
    ['createdAt:asc', all],
    ['updatedAt:asc', all],
    ['createdBy:asc', all],
    ['updatedBy:asc', all],
    ['classification:asc', all],
    ['cntDeletedVersions:asc', all],
    ['cntChildren:asc', all],
    ['timestampCreation:asc', all],
    ['timestampModification:asc', all],
  ] as const
).map(([sort, names]) => finds(`sort ${sort}`, 'report', { sort }, names))

const refused: readonly ContractRow[] = [
  { ...base, name: 'no text', send: below('', {}), want: { status: 400, code: -80000 } },
  {
    ...base,
    name: 'an unknown field',
    send: below('x', { filter: 'name:eq:x' }),
    want: { status: 400, code: -80000 },
  },
  {
    ...base,
    name: 'an unknown sort',
    send: below('x', { sort: 'hash:asc' }),
    want: { status: 400, code: -80000 },
  },
  {
    ...base,
    name: 'a page that is too large',
    send: below('x', { limit: 501 }),
    want: { status: 400, code: -80024 },
  },
  {
    ...base,
    name: 'below a file',
    send: (scene) => ({ query: { search_string: 'x', parent_id: scene.id('/f/report a.pdf') } }),
    want: { status: 404, code: -40000 },
  },
  ...(['member', 'stranger'] as const).map(
    (as): ContractRow => ({
      ...base,
      as,
      name: `${as} does not see the room`,
      send: below('report', {}),
      want: { status: 404, code: -40000 },
    }),
  ),
  {
    ...base,
    as: 'member',
    name: 'who sees nothing finds nothing',
    send: { query: { search_string: 'report', depth_level: -1 } },
    want: { status: 200, body: { range: { total: 0 }, items: [] } },
  },
  {
    ...base,
    as: null,
    name: 'without a session',
    send: below('report', {}),
    want: { status: 401, code: -10012 },
  },
]

export const searchRows: readonly ContractRow[] = [...reach, ...filters, ...sorts, ...refused]
