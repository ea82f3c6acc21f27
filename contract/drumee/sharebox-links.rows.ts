import { createLink } from '../../server/core/links/create-link.ts'
import { findNode } from '../../server/core/nodes/find-node.ts'
import { nodeCode, userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'
import { bad, denied, gone, missing } from './boxes.ts'

const given = { '/docs': 'folder', '/docs/a.txt': { file: 'alpha' }, '/other': 'folder' } as const

const docs =
  (values: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({
    body: { nid: scene.id('/docs'), share_id: scene.kept.token, ...values(scene) },
  })

/** A link of the writer on /docs that ends in ten hours, in `kept.token`. */
const linked =
  (more: { recipient?: string; kind?: 'upload'; path?: string } = {}) =>
  async (scene: Scene): Promise<void> => {
    const { path = '/docs', ...rest } = more
    const node = { id: scene.nodeId(path) }
    const expireAt = Date.now() + 10 * 3_600_000
    const wanted = { kind: 'download', ...rest, node, expireAt } as const
    const { token } = await createLink(scene.core('writer'), wanted)
    scene.kept.token ??= token
  }
const both = async (scene: Scene): Promise<void> => {
  await linked()(scene)
  await linked({ recipient: 'guest@outside.test' })(scene)
}

const isToken = (value: unknown) => /^[\w-]{22,}$/.test(String(value))
const open = { entity_id: '*', email: '*', is_link: 1, is_share: 0 } as const

const making: readonly ContractRow[] = [
  {
    op: 'sharebox.create_link',
    name: 'a link for anybody on each node, without end',
    as: 'writer',
    given,
    send: (scene) => ({
      body: { nid: [{ nid: scene.id('/docs'), hub_id: scene.id('/') }, scene.id('/other')] },
    }),
    want: (scene) => ({
      status: 200,
      body: {
        data: ['/docs', '/other'].map((path) => ({
          ...open,
          nid: scene.id(path),
          hub_id: scene.id('/'),
          share_id: isToken,
          permission: 3,
          privilege: 3,
          days: null,
          hours: null,
        })),
      },
      events: ['link.created', 'link.created'],
    }),
  },
  {
    op: 'sharebox.create_link',
    name: 'one node as a text; days and hours add up as numbers',
    as: 'writer',
    given,
    send: docs(() => ({ permission: '7', days: '1', hours: '25' })),
    want: {
      status: 200,
      body: { data: [{ ...open, permission: 7, days: 2, hours: 1 }] },
      events: ['link.created'],
    },
  },
  {
    op: 'sharebox.create_link',
    name: 'a file takes nothing, whatever the word says',
    as: 'writer',
    given,
    send: docs((scene) => ({ nid: scene.id('/docs/a.txt'), permission: 7 })),
    want: { status: 200, body: { data: [{ permission: 3 }] }, events: ['link.created'] },
  },
  {
    op: 'sharebox.create_link',
    name: 'writing alone is a link to bring files to',
    as: 'writer',
    given,
    send: docs(() => ({ permission: 4 })),
    want: { status: 200, body: { data: [{ permission: 5 }] }, events: ['link.created'] },
  },
  {
    op: 'sharebox.create_link',
    name: 'the open link that is there stays as it is',
    as: 'writer',
    given,
    before: linked(),
    send: docs(() => ({ permission: 7, days: 3 })),
    want: (scene) => ({
      status: 200,
      body: {
        data: [{ share_id: String(scene.kept.token), permission: 3, days: 0, hours: 10 }],
      },
      events: [],
    }),
  },
  {
    op: 'sharebox.create_link',
    name: 'a link for one address is no open one',
    as: 'writer',
    given,
    before: linked({ recipient: 'guest@outside.test' }),
    send: docs(),
    want: {
      status: 200,
      body: { data: [{ email: 'guest@outside.test', is_share: 1, is_link: 0 }, open] },
      events: ['link.created'],
    },
  },
  {
    op: 'sharebox.create_link',
    name: 'who governs the node is told of people, too',
    as: 'manager',
    given,
    send: (scene) => ({ body: { nid: scene.id('/') } }),
    want: (scene) => ({
      status: 200,
      body: {
        data: (rows: unknown) => {
          const ids = (rows as { entity_id: string }[]).map(({ entity_id }) => entity_id)
          return ids.includes('*') && ids.includes(userCode(scene.userId('reader')))
        },
      },
      events: ['link.created'],
    }),
  },
  {
    op: 'sharebox.create_link',
    name: 'all or none',
    as: 'writer',
    given,
    send: docs((scene) => ({ nid: [scene.id('/docs'), 'a0000000000fffff'] })),
    want: gone,
    async then(scene) {
      const { downloadLinks } = await findNode(scene.core('writer'), {
        node: { id: scene.nodeId('/docs') },
      })
      if (downloadLinks !== 0) throw new Error('A link was made')
    },
  },
  ...[{ nid: [] }, { nid: undefined }, { permission: 0 }, { permission: 8 }, { days: -1 }].map(
    (values): ContractRow => ({
      op: 'sharebox.create_link',
      name: `refuses ${JSON.stringify(values)}`,
      as: 'writer',
      given,
      send: docs(() => values),
      want: bad,
    }),
  ),
  {
    op: 'sharebox.copy_link',
    name: 'an open link and who sends it',
    as: 'writer',
    given,
    send: docs(() => ({ message: 'Look', hours: 2 })),
    want: {
      status: 200,
      body: {
        data: {
          firstname: 'writer',
          lastname: 'Person',
          email: 'writer@example.test',
          link: (value: unknown) => /\/-\/#\/dmz\/[\w-]{22,}$/.test(String(value)),
        },
      },
      events: ['link.created'],
    },
  },
  {
    op: 'sharebox.copy_link',
    name: 'the open link that is there',
    as: 'writer',
    given,
    before: linked(),
    send: docs(),
    want: (scene) => ({
      status: 200,
      body: { data: { link: (value: unknown) => String(value).endsWith(`/${scene.kept.token}`) } },
    }),
  },
  {
    op: 'sharebox.copy_link',
    name: 'refuses more words than a link keeps',
    as: 'writer',
    given,
    send: docs(() => ({ message: 'x'.repeat(256) })),
    want: bad,
  },
]

const changing: readonly ContractRow[] = [
  {
    op: 'sharebox.update_link',
    name: 'a word and an end',
    as: 'writer',
    given,
    before: linked(),
    send: docs(() => ({ permission: 7, days: 2 })),
    want: (scene) => ({
      status: 200,
      body: {
        data: [{ share_id: String(scene.kept.token), permission: 7, days: 2, hours: 0 }],
      },
      events: ['link.changed'],
    }),
  },
  {
    op: 'sharebox.update_link',
    name: 'without an end it has none; its word stays',
    as: 'writer',
    given,
    before: linked({ kind: 'upload' }),
    send: docs((scene) => ({ nid: [scene.id('/other'), scene.id('/docs')] })),
    want: {
      status: 200,
      body: { data: [{ permission: 5, days: null }] },
      events: ['link.changed'],
    },
  },
  {
    op: 'sharebox.update_link',
    name: 'a file takes nothing, whatever the word says',
    as: 'writer',
    given,
    before: linked({ path: '/docs/a.txt' }),
    send: docs((scene) => ({ nid: scene.id('/docs/a.txt'), permission: 7 })),
    want: { status: 200, body: { data: [{ permission: 3 }] }, events: ['link.changed'] },
  },
  {
    op: 'sharebox.update_link',
    name: 'one to fetch from does not become one to bring to',
    as: 'writer',
    given,
    before: linked(),
    send: docs(() => ({ permission: 4 })),
    want: bad,
  },
]

const removing: readonly ContractRow[] = [
  {
    op: 'sharebox.remove_link',
    name: 'one link ends, the others stay',
    as: 'writer',
    given,
    before: both,
    send: docs(),
    want: {
      status: 200,
      body: { data: [{ email: 'guest@outside.test' }] },
      events: ['link.deleted'],
    },
  },
  {
    op: 'sharebox.remove_open_link',
    name: 'what is for anybody ends, what is for one address stays',
    as: 'writer',
    given,
    before: async (scene) => {
      await both(scene)
      await linked({ kind: 'upload' })(scene)
    },
    send: docs(),
    want: {
      status: 200,
      body: { data: [{ email: 'guest@outside.test' }] },
      events: ['link.deleted', 'link.deleted'],
    },
  },
  {
    op: 'sharebox.remove_open_link',
    name: 'nothing to end',
    as: 'writer',
    given,
    send: docs(),
    want: { status: 200, body: { data: [] } },
  },
  {
    op: 'sharebox.remove_open_link',
    name: 'nothing to end for a reader',
    as: 'reader',
    given,
    send: docs(),
    want: denied,
  },
]

const services = {
  create_link: [],
  copy_link: ['nid'],
  update_link: ['nid', 'share_id'],
  remove_link: ['nid', 'share_id'],
  remove_open_link: ['nid'],
} as const

/** What all of them refuse. */
const refusals: readonly ContractRow[] = Object.entries(services).flatMap(([service, needs]) => {
  const row = { op: `sharebox.${service}`, given, before: linked(), send: docs() }
  return [
    { ...row, name: 'not for nobody', as: null, want: denied },
    { ...row, name: 'a reader may not', as: 'reader', want: denied },
    { ...row, name: 'not where one is not', as: 'member', want: gone },
    { ...row, name: 'not where one is not at all', as: 'stranger', want: gone },
    {
      ...row,
      name: 'a node that is no text',
      as: 'writer',
      send: docs(() => ({ nid: [{ nid: { a: 1 } }] })),
      want: bad,
    },
    ...needs.map(
      (name): ContractRow => ({
        ...row,
        name: `needs ${name}`,
        as: 'writer',
        send: docs(() => ({ [name]: undefined })),
        want: missing(name),
      }),
    ),
    ...(needs.some((name) => name === 'share_id')
      ? [
          {
            ...row,
            name: 'a link of another node',
            as: 'writer',
            send: docs((scene) => ({ nid: scene.id('/other') })),
            want: gone,
          } as const,
          {
            ...row,
            name: 'a link that is none',
            as: 'writer',
            send: docs(() => ({ share_id: nodeCode(1) })),
            want: gone,
          } as const,
        ]
      : []),
  ]
})

export const shareboxLinkRows: readonly ContractRow[] = [
  ...making,
  ...changing,
  ...removing,
  ...refusals,
]
