import { createLink } from '../../server/core/links/create-link.ts'
import { viewLink } from '../../server/core/links/view-link.ts'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { findNode } from '../../server/core/nodes/find-node.ts'
import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'

const given = { '/docs': 'folder', '/docs/a.txt': { file: 'alpha' } } as const
const made = ['folder.created', 'link.created'] as const
const page = { offset: 0, limit: 10 }

/** A name and an address that only this row has. */
const nameIn = (scene: Scene) => `Box ${scene.nodeId('/')}`
const guestOf = (scene: Scene) => `guest-${scene.nodeId('/')}@outside.test`

const privateBox =
  (values: object = {}) =>
  (scene: Scene) => ({ body: { email: guestOf(scene), ...values } })
const publicBox =
  (values: object = {}) =>
  (scene: Scene) => ({ body: { name: nameIn(scene), ...values } })

type Data = { readonly nid: string; readonly share_id: string; readonly link: string }
const dataOf = ({ body }: { body: unknown }) => (body as { data: Data }).data

/** A box of the writer's, in `kept.nid` and `kept.token`. */
const having =
  (op: string, send: (scene: Scene) => { body: object }) =>
  async (scene: Scene): Promise<void> => {
    const { nid, share_id } = dataOf(await scene.call(op, 'writer', send(scene)))
    Object.assign(scene.kept, { nid, token: share_id })
  }
const havingPublic = (values: object = {}) =>
  having('sharebox.create_public_box', publicBox(values))
const havingPrivate = (values: object = {}) =>
  having('sharebox.create_private_box', privateBox(values))

const kept =
  (values: object = {}, by: 'nid' | 'token' = 'nid') =>
  (scene: Scene) => ({ body: { nid: scene.kept[by], ...values } })

const soft = (status: string) => ({ status: 200, body: { data: { status } } }) as const
const bad = { status: 400, code: 'INVALID_DATA' } as const
const denied = { status: 403, code: 'PERMISSION_DENIED' } as const
const gone = { status: 404, code: 'NODE_NOT_FOUND' } as const
const missing = (name: string) =>
  ({ status: 412, code: `VARIABLE **${name}** IS MANDATORY` }) as const

/** The address that an answer gives opens what its token opens. */
const opens =
  (password?: string) =>
  async (scene: Scene, answer: { body: unknown }): Promise<void> => {
    const { link, share_id: token } = dataOf(answer)
    if (!link.endsWith(`/-/#/dmz/inbound/token=${token}`)) throw new Error(link)
    const viewed = await viewLink(scene.core('writer'), { token, password, page })
    if (viewed.inside === null) throw new Error('The box is closed')
  }

const makingPrivate: readonly ContractRow[] = [
  {
    op: 'sharebox.create_private_box',
    name: 'a folder for one outsider, for ten days, to fetch from and to fill',
    as: 'writer',
    send: privateBox(),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          filename: guestOf(scene),
          filepath: `/${guestOf(scene)}`,
          hub_id: userCode(scene.userId('writer')),
          recipient_id: guestOf(scene),
          sender_id: userCode(scene.userId('writer')),
          permission: 7,
          privilege: 7,
          days: 10,
          hours: 0,
          is_password: 0,
        },
      },
      events: made,
    }),
    async then(scene, answer) {
      await opens()(scene, answer)
      const { to, text } = await scene.waitForMail(guestOf(scene))
      if (to.length !== 1 || !text.includes(dataOf(answer).share_id)) throw new Error(text)
    },
  },
  {
    op: 'sharebox.create_private_box',
    name: 'with a password, some hours and a word',
    as: 'writer',
    send: privateBox({ password: 'secret', days: '1', hours: '2', permission: 3 }),
    want: {
      status: 200,
      body: { data: { permission: 3, days: 1, hours: 2, is_password: 1 } },
      events: made,
    },
    then: opens('secret'),
  },
  {
    op: 'sharebox.create_private_box',
    name: 'no days and no hours are no end; writing alone is for bringing',
    as: 'writer',
    send: privateBox({ days: 0, permission: 4 }),
    want: {
      status: 200,
      body: { data: { permission: 5, days: null, hours: null } },
      events: made,
    },
  },
  {
    op: 'sharebox.create_private_box',
    name: 'the one that is there becomes what is asked for now',
    as: 'writer',
    before: havingPrivate(),
    send: privateBox({ password: 'secret', permission: 3 }),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          nid: String(scene.kept.nid),
          share_id: String(scene.kept.token),
          permission: 3,
          is_password: 1,
        },
      },
      events: ['link.changed'],
    }),
    then: opens('secret'),
  },
  {
    op: 'sharebox.create_private_box',
    name: 'the address of an account',
    as: 'writer',
    send: { body: { email: ' Reader@Example.test ' } },
    want: soft('DRUMATE_EMAIL'),
  },
  {
    op: 'sharebox.create_private_box',
    name: 'the folder has a link for anybody',
    as: 'writer',
    before: async (scene) => {
      const place = { path: [guestOf(scene)] }
      const { node } = await createFolder(scene.core('writer'), place)
      await createLink(scene.core('writer'), { kind: 'download', node })
    },
    send: privateBox(),
    want: soft('INVALID_STATE'),
  },
  {
    op: 'sharebox.create_private_box',
    name: 'something else has the name',
    as: 'writer',
    before: async (scene) => {
      const headers = {
        'content-type': 'application/octet-stream',
        'x-param-xia-data': encodeURI(JSON.stringify({ filename: guestOf(scene) })),
      }
      await scene.call('media.upload', 'writer', { bytes: 'x', headers })
    },
    send: privateBox(),
    want: soft('LINK_FAILED'),
  },
  ...[
    { email: 'nobody' },
    { days: -1 },
    { hours: 'soon' },
    { permission: 0 },
    { permission: 64 },
  ].map(
    (values): ContractRow => ({
      op: 'sharebox.create_private_box',
      name: `refuses ${JSON.stringify(values)}`,
      as: 'writer',
      send: privateBox(values),
      want: bad,
    }),
  ),
  {
    op: 'sharebox.create_private_box',
    name: 'refuses an end beyond all time',
    as: 'writer',
    send: privateBox({ days: 100_000_000 }),
    want: bad,
  },
]

const makingPublic: readonly ContractRow[] = [
  {
    op: 'sharebox.create_public_box',
    name: 'a folder for anybody with the link, to fetch from, without end',
    as: 'writer',
    send: publicBox(),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          name: nameIn(scene),
          recipient_id: '*',
          permission: 3,
          days: null,
          hours: null,
          is_password: 0,
        },
      },
      events: made,
    }),
    then: opens(),
  },
  {
    op: 'sharebox.create_public_box',
    name: 'the folder has a link for one address',
    as: 'writer',
    before: havingPrivate(),
    send: (scene) => ({ body: { name: guestOf(scene) } }),
    want: soft('INVALID_STATE'),
  },
  {
    op: 'sharebox.create_public_box',
    name: 'the folder has a link of the other kind',
    as: 'writer',
    before: havingPublic(),
    send: publicBox({ permission: 4 }),
    want: soft('INVALID_STATE'),
  },
  {
    op: 'sharebox.create_public_box',
    name: 'a hub has the name',
    as: 'writer',
    send: (scene) => ({ body: { name: scene.path('/').slice(1) } }),
    want: soft('LINK_FAILED'),
  },
  ...['', 'a/b', '..', 'a|b'].map(
    (name): ContractRow => ({
      op: 'sharebox.create_public_box',
      name: `refuses the name ${JSON.stringify(name)}`,
      as: 'writer',
      send: { body: { name } },
      want: bad,
    }),
  ),
  {
    op: 'sharebox.create_public_box',
    name: 'refuses -1 days',
    as: 'writer',
    send: publicBox({ days: -1 }),
    want: bad,
  },
]

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

const drop =
  (values: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({
    body: { nid: scene.id('/docs'), email: guestOf(scene), ...values(scene) },
  })

const bringing: readonly ContractRow[] = [
  {
    op: 'sharebox.create_inbound_link',
    name: 'folders named after the addresses, and a mail to each',
    as: 'writer',
    given,
    send: drop((scene) => ({
      email: [guestOf(scene), `second-${guestOf(scene)}`],
      message: 'Bring it here',
      days: 2,
    })),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          filename: `second-${guestOf(scene)}`,
          hub_id: scene.id('/'),
          ownpath: `/docs/${guestOf(scene)}/second-${guestOf(scene)}`,
        },
      },
      events: ['folder.created', 'folder.created', 'link.created'],
    }),
    async then(scene) {
      for (const to of [guestOf(scene), `second-${guestOf(scene)}`]) {
        const { text } = await scene.waitForMail(to)
        const isTold = text.includes('Bring it here') && text.includes('/-/#/dmz/inbound/token=')
        if (!isTold) throw new Error(text)
      }
    },
  },
  {
    op: 'sharebox.create_inbound_link',
    name: 'again it is the same folder and link',
    as: 'writer',
    given,
    before: async (scene) => {
      await scene.call('sharebox.create_inbound_link', 'writer', drop()(scene))
    },
    send: drop(),
    want: { status: 200, events: ['link.changed'] },
  },
  {
    op: 'sharebox.create_inbound_link',
    name: 'the folder has a link of the other kind',
    as: 'writer',
    given,
    before: async (scene) => {
      const place = { parent: { id: scene.nodeId('/docs') }, name: guestOf(scene) }
      const { node } = await createFolder(scene.core('writer'), place)
      await createLink(scene.core('writer'), { kind: 'download', node })
    },
    send: drop(),
    want: { status: 400, code: 'Failed to create link' },
  },
  {
    op: 'sharebox.create_inbound_link',
    name: 'below a file',
    as: 'writer',
    given,
    send: drop((scene) => ({ nid: scene.id('/docs/a.txt') })),
    want: { status: 400, code: 'Failed to create link' },
  },
  ...[{ email: ['nobody'] }, { email: ['a/b@outside.test'] }, { days: -1 }, { hours: 'soon' }].map(
    (values): ContractRow => ({
      op: 'sharebox.create_inbound_link',
      name: `refuses ${JSON.stringify(values)}`,
      as: 'writer',
      given,
      send: drop(() => values),
      want: bad,
    }),
  ),
  {
    op: 'sharebox.create_inbound_link',
    name: 'a reader may not',
    as: 'reader',
    given,
    send: drop(),
    want: denied,
  },
  {
    op: 'sharebox.create_inbound_link',
    name: 'in a folder that one does not see',
    as: 'member',
    given,
    send: drop(),
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

/** Where mails are sent. */
export const shareboxBoxRows: readonly ContractRow[] = [
  ...makingPrivate,
  ...makingPublic,
  ...reading,
  ...updating,
  ...bringing,
  ...refusals,
]

/** Where none are: a box is made all the same, and a link for certain people is not. */
export const mutedBoxRows: readonly ContractRow[] = [
  {
    op: 'sharebox.create_private_box',
    name: 'without mails the sender tells its link himself',
    as: 'writer',
    send: privateBox(),
    want: { status: 200, events: made },
    then: opens(),
  },
  {
    op: 'sharebox.create_inbound_link',
    name: 'without mails nobody would hear of it',
    as: 'writer',
    given,
    send: drop(),
    want: { status: 503, code: 'MAIL_NOT_AVAILABLE' },
    async then(scene) {
      const found = await findNode(scene.core('writer'), { node: { id: scene.nodeId('/docs') } })
      if (found.tally.folders !== 0) throw new Error('A folder was made')
    },
  },
]
