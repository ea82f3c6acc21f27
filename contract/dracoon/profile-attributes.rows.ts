import type { ContractRow, Scene } from '../row.ts'

type Item = { readonly key: string; readonly value: string }

const three = [
  { key: 'theme', value: 'Dark' },
  { key: 'Start-Page', value: 'home' },
  { key: 'zoom_level', value: '120' },
]
const kept =
  (items: readonly Item[] = three) =>
  (scene: Scene) =>
    scene.call('setProfileAttributes', 'member', { body: { items } }).then(() => undefined)
const listed = (...keys: string[]) => ({
  range: { offset: 0, total: keys.length },
  items: keys.map((key) => ({ key })),
})
const list = { op: 'requestProfileAttributes', as: 'member', before: kept() } as const
const put = { op: 'updateProfileAttributes', as: 'member' } as const
const set = { op: 'setProfileAttributes', as: 'member' } as const
const remove = { op: 'removeProfileAttribute', as: 'member' } as const
const send = (...items: Item[]) => ({ body: { items } })

const refused: readonly (readonly [name: string, items: Item[], code: number])[] = [
  ['a key without a letter', [{ key: '', value: 'x' }], -80000],
  ['a key with other characters', [{ key: 'a b', value: 'x' }], -80023],
  ['a key that is too long', [{ key: 'k'.repeat(256), value: 'x' }], -80007],
  ['a value that is too long', [{ key: 'k', value: 'x'.repeat(4097) }], -80007],
  [
    'a key twice',
    [
      { key: 'k', value: '1' },
      { key: 'K', value: '2' },
    ],
    -80015,
  ],
]

/** Texts that a user's programs keep under keys. */
export const profileAttributesRows: readonly ContractRow[] = [
  {
    ...list,
    name: 'by key, without case',
    want: { status: 200, body: listed('Start-Page', 'theme', 'zoom_level') },
  },
  {
    ...list,
    name: 'what fits',
    send: { query: { filter: 'key:cn:E|value:sw:d', sort: 'value:desc' } },
    want: { status: 200, body: listed('theme') },
  },
  {
    ...list,
    name: 'one by its key, one by its value',
    send: { query: { filter: 'key:eq:START-PAGE|value:eq:HOME' } },
    want: { status: 200, body: listed('Start-Page') },
  },
  {
    ...list,
    name: 'a page',
    send: { query: { offset: 1, limit: 1, sort: 'key:desc' } },
    want: { status: 200, body: { range: { total: 3 }, items: [{ key: 'theme', value: 'Dark' }] } },
  },
  {
    ...list,
    name: 'those of nobody else',
    as: 'writer',
    want: { status: 200, body: listed() },
  },
  {
    ...put,
    name: 'adds and overwrites, the rest stays',
    before: kept(),
    send: send({ key: 'THEME', value: 'light' }, { key: 'new', value: '' }),
    want: { status: 200, events: ['user.changed'] },
    then: async (scene) => {
      const { body } = await scene.call('requestProfileAttributes', 'member', {})
      const { items } = body as { items: Item[] }
      const found = items.map(({ key, value }) => `${key}=${value}`).join(' ')
      if (found !== 'new= Start-Page=home THEME=light zoom_level=120') throw new Error(found)
    },
  },
  {
    ...set,
    name: 'replaces all',
    before: kept(),
    send: send({ key: 'only', value: 'one' }),
    want: { status: 201, body: listed('only'), events: ['user.changed'] },
    then: async (scene) => {
      const { body } = await scene.call('requestProfileAttributes', 'member', {})
      if ((body as { range: { total: number } }).range.total !== 1) throw new Error('not all')
    },
  },
  ...[put, set].flatMap((one) =>
    refused.map(
      ([name, items, code]): ContractRow => ({
        ...one,
        name,
        send: send(...items),
        want: { status: 400, code },
      }),
    ),
  ),
  {
    ...remove,
    name: 'by its key in any case',
    before: kept(),
    send: { params: { key: 'Theme' } },
    want: { status: 204, events: ['user.changed'] },
  },
  {
    ...remove,
    name: 'what is not there',
    send: { params: { key: 'nothing' } },
    want: { status: 404, code: -70550 },
  },
  {
    ...remove,
    name: 'what can be no key',
    send: { params: { key: 'a b' } },
    want: { status: 400, code: -80023 },
  },
]
