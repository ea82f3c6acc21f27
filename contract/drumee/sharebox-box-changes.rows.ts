import type { ContractRow } from '../row.ts'
import { bad, denied, gone, havingPublic, kept, missing, nameIn, opens, soft } from './boxes.ts'

const given = { '/docs': 'folder', '/docs/a.txt': { file: 'alpha' } } as const

const reading: readonly ContractRow[] = [
  ...(['nid', 'token'] as const).map(
    (by): ContractRow => ({
      op: 'sharebox.get_box_attr',
      name: `by its ${by}`,
      as: 'writer',
      before: havingPublic({ days: 1 }),
      send: kept({}, by),
      want: (scene) => ({
        status: 200,
        body: { data: { nid: String(scene.kept.nid), name: nameIn(scene), days: 1, hours: 0 } },
      }),
    }),
  ),
  {
    op: 'sharebox.get_box_attr',
    name: 'a folder that has no link',
    as: 'writer',
    given,
    send: (scene) => ({ body: { nid: scene.id('/docs') } }),
    want: gone,
  },
  {
    op: 'sharebox.get_box_attr',
    name: 'a share id that is none',
    as: 'writer',
    send: { body: { nid: 'no-such-share' } },
    want: gone,
  },
  ...(['nid', 'token'] as const).map(
    (by): ContractRow => ({
      op: 'sharebox.get_box_attr',
      name: `of somebody else by its ${by}`,
      as: 'reader',
      before: havingPublic(),
      send: kept({}, by),
      want: gone,
    }),
  ),
]

const updating: readonly ContractRow[] = [
  {
    op: 'sharebox.update_box',
    name: 'what is not said is taken away, but for its word',
    as: 'writer',
    before: havingPublic({ password: 'secret', days: 3, permission: 7 }),
    send: kept(),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          share_id: String(scene.kept.token),
          permission: 7,
          days: null,
          hours: null,
          is_password: 0,
        },
      },
      events: ['link.changed'],
    }),
    then: opens(),
  },
  {
    op: 'sharebox.update_box',
    name: 'a word, an end and a password',
    as: 'writer',
    before: havingPublic(),
    send: kept({ permission: 7, hours: 30, password: 'secret' }, 'token'),
    want: {
      status: 200,
      body: { data: { permission: 7, days: 1, hours: 6, is_password: 1 } },
      events: ['link.changed'],
    },
    then: opens('secret'),
  },
  {
    op: 'sharebox.update_box',
    name: 'one to fetch from does not become one to bring to',
    as: 'writer',
    before: havingPublic(),
    send: kept({ permission: 4 }),
    want: bad,
  },
  {
    op: 'sharebox.update_box',
    name: 'a folder that has no link',
    as: 'writer',
    given,
    send: (scene) => ({ body: { nid: scene.id('/docs') } }),
    want: soft('INVALID_NID'),
  },
  {
    op: 'sharebox.update_box',
    name: 'a node that is not there',
    as: 'writer',
    send: { body: { nid: 'a0000000000fffff' } },
    want: gone,
  },
  {
    op: 'sharebox.update_box',
    name: 'of somebody else',
    as: 'reader',
    before: havingPublic(),
    send: kept(),
    want: gone,
  },
]

const values = {
  'sharebox.create_private_box': { email: 'guest@outside.test' },
  'sharebox.create_public_box': { name: 'Box' },
  'sharebox.get_box_attr': { nid: 'a000000000000001' },
  'sharebox.update_box': { nid: 'a000000000000001' },
  'sharebox.create_inbound_link': { email: 'guest@outside.test', nid: 'a000000000000001' },
} as const

/** Not for nobody, and nothing without what it is about. */
const refusals: readonly ContractRow[] = Object.entries(values).flatMap(([op, body]) => [
  { op, name: 'not for nobody', as: null, send: { body }, want: denied },
  ...Object.keys(body).map(
    (name): ContractRow => ({
      op,
      name: `needs ${name}`,
      as: 'writer',
      send: { body: { ...body, [name]: undefined } },
      want: missing(name),
    }),
  ),
  ...(op === 'sharebox.get_box_attr'
    ? [
        {
          op,
          name: 'a node that is no text',
          as: 'writer',
          send: { body: { nid: { nid: { a: 1 } } } },
          want: bad,
        } as const,
      ]
    : []),
])

/** Boxes that are there, and what every service of them refuses. */
export const boxChangeRows: readonly ContractRow[] = [...reading, ...updating, ...refusals]
