import type { ContractRow, Scene } from '../row.ts'
import { account, accountId, done, ofAccount } from './group-scene.ts'

type Item = { readonly key: string; readonly value: string }

const items = (...all: Item[]) => ofAccount({ items: all })
const theme = { key: 'Theme', value: 'Dark' }
const place = { key: 'place', value: 'Berlin' }
const noted = async (scene: Scene) => {
  await account()(scene)
  await done(scene, 'updateUserAttributes', 'admin', items(theme, place)(scene))
}
const keys = (body: unknown) => (body as { items: Item[] }).items.map(({ key }) => key).join(' ')
const of = (value: unknown) => keys((value as { userAttributes: unknown }).userAttributes)
const nobody = { status: 404, code: -70501 }

const list = { op: 'requestUserAttributes', as: 'admin', before: noted } as const
const put = { op: 'updateUserAttributes', as: 'admin', before: noted } as const
const set = { op: 'setUserAttributes', as: 'admin', before: noted } as const
const remove = { op: 'removeUserAttribute', as: 'admin', before: noted } as const

const refused: readonly (readonly [name: string, code: number, ...items: Item[]])[] = [
  ['a key without a letter', -80000, { key: '', value: 'x' }],
  ['a key with other characters', -80023, { key: 'a b', value: 'x' }],
  ['a key that is too long', -80007, { key: 'k'.repeat(256), value: 'x' }],
  ['a key twice', -80015, { key: 'k', value: '1' }, { key: 'K', value: '2' }],
]

function guards(op: string, send: (scene: Scene) => object): ContractRow[] {
  const other = (id: unknown) => (scene: Scene) => {
    const { params, ...rest } = send(scene) as { params: object }
    return { ...rest, params: { ...params, user_id: id as number } }
  }
  const base = { op, before: noted }
  return [
    { ...base, name: 'without a session', as: null, send, want: { status: 401, code: -10012 } },
    { ...base, name: 'without the right', as: 'manager', send, want: { status: 403 } },
    { ...base, name: 'nobody', as: 'admin', send: other(8_888_888), want: nobody },
  ]
}

/** What administrators note of accounts. */
export const userAttributesRows: readonly ContractRow[] = [
  {
    ...list,
    name: 'by key',
    send: ofAccount(),
    want: { status: 200, body: (body) => keys(body) === 'place Theme' },
  },
  {
    ...list,
    name: 'what fits, backwards',
    send: (scene) => ({
      params: { user_id: accountId(scene) },
      query: { filter: 'key:cn:E|value:sw:d', sort: 'key:desc' },
    }),
    want: { status: 200, body: (body) => keys(body) === 'Theme' },
  },
  ...guards('requestUserAttributes', ofAccount()),
  {
    ...put,
    name: 'adds and overwrites, the rest stays',
    send: items({ key: 'THEME', value: 'light' }, { key: 'new', value: '' }),
    want: { status: 200, body: (body) => of(body) === 'new place THEME', events: ['user.changed'] },
    then: async (scene) => {
      const one = await done(scene, 'requestUser', 'admin', ofAccount()(scene))
      if (of(one) !== 'new place THEME') throw new Error(of(one))
      const query = { include_attributes: true, filter: `userName:cn:person${scene.nodeId('/')}` }
      const all = await done(scene, 'requestUsers', 'admin', { query })
      const [first] = (all as { items: unknown[] }).items
      if (of(first) !== 'new place THEME') throw new Error(of(first))
    },
  },
  {
    ...set,
    name: 'replaces all',
    send: items({ key: 'only', value: 'one' }),
    want: { status: 201, body: (body) => of(body) === 'only', events: ['user.changed'] },
  },
  ...[put, set].flatMap((one) => [
    ...refused.map(
      ([name, code, ...all]): ContractRow => ({
        ...one,
        name,
        send: items(...all),
        want: { status: 400, code },
      }),
    ),
    ...guards(one.op, items(theme)),
  ]),
  {
    ...remove,
    name: 'by its key in any case',
    send: (scene) => ({ params: { user_id: accountId(scene), key: 'tHEME' } }),
    want: { status: 200, body: undefined, events: ['user.changed'] },
  },
  {
    ...remove,
    name: 'a key that is not there',
    send: (scene) => ({ params: { user_id: accountId(scene), key: 'other' } }),
    want: { status: 404, code: -70550 },
  },
  {
    ...remove,
    name: 'a key with other characters',
    send: (scene) => ({ params: { user_id: accountId(scene), key: 'a b' } }),
    want: { status: 400, code: -80023 },
  },
  ...guards('removeUserAttribute', (scene) => ({
    params: { user_id: accountId(scene), key: 'Theme' },
  })),
]
