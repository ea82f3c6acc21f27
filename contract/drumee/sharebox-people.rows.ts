import { createLink } from '../../server/core/links/create-link.ts'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { findNode } from '../../server/core/nodes/find-node.ts'
import { openedTo } from '../../server/core/openings/opened-to.ts'
import { READ } from '../../server/core/permissions/permission.ts'
import { acceptInvitation } from '../../server/core/shares/accept-invitation.ts'
import { invite } from '../../server/core/shares/invite.ts'
import { limitShare } from '../../server/core/shares/limit-share.ts'
import { nodeCode, userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Expected, Scene } from '../row.ts'
import { bad, denied, gone, guestOf, missing } from './boxes.ts'

const given = { '/docs': 'folder', '/docs/a.txt': { file: 'alpha' }, '/to': 'folder' } as const
const assign = { op: 'sharebox.assign_permission', as: 'manager', given } as const
const revoke = { op: 'sharebox.revoke_permission', as: 'manager', given } as const
const copy = { op: 'sharebox.copy_to_sb', as: 'manager', given } as const

const member = 'member@example.test'
type Values = (scene: Scene) => object
const none: Values = () => ({})
const sharing =
  (values: Values = none, path = '/docs') =>
  (scene: Scene) => ({ body: { nid: [scene.id(path)], email: [member], ...values(scene) } })
const closing =
  (values: Values = none) =>
  (scene: Scene) => ({
    body: {
      nid: [scene.id('/docs')],
      user_id: [userCode(scene.userId('member'))],
      ...values(scene),
    },
  })

/** The member is invited to /docs by the manager. */
const asked = async (scene: Scene) => {
  const node = { id: scene.nodeId('/docs') }
  const wish = { node, to: { login: 'member' }, permissions: READ, message: 'Look' }
  const expireAt = Date.now() + 49.5 * 3_600_000
  const { token } = await invite(scene.core('manager'), { ...wish, expireAt })
  scene.kept.token = token
}
const joined = async (scene: Scene) => {
  await asked(scene)
  await acceptInvitation(scene.core('member'), { token: String(scene.kept.token) })
}
const guest = async (scene: Scene) => {
  const node = { id: scene.nodeId('/docs') }
  await createLink(scene.core('manager'), { kind: 'download', node, recipient: guestOf(scene) })
}
/** What opens a node now, in short. */
const openings = async (scene: Scene, path = '/docs') => {
  const nodes = [{ id: scene.nodeId(path) }]
  const all = await openedTo(scene.core('manager'), { nodes })
  return all.map((one) => (one.by === 'link' ? one.link.recipient : one.by)).join()
}
const nothingOpen = async (scene: Scene) => {
  const left = await openings(scene)
  if (left !== '') throw new Error(`it is open still: ${left}`)
}
const row = (more: { readonly [key: string]: Expected }) => ({
  status: 200,
  body: { data: [more] },
})

const assigning: readonly ContractRow[] = [
  {
    ...assign,
    name: 'who has an account is invited',
    send: sharing(() => ({ privilege: 7, message: 'Look', days: 2, hours: 1 })),
    want: (scene) => ({
      ...row({
        nid: scene.id('/docs'),
        entity_id: userCode(scene.userId('member')),
        email: member,
        privilege: 7,
        days: 2,
        hours: 1,
        message: 'Look',
        share_id: null,
        is_share: 1,
      }),
      events: ['share.started', 'invitation.sent'],
    }),
  },
  {
    ...assign,
    name: 'without a word it is to read',
    send: sharing(),
    want: { ...row({ privilege: 3, days: null }), events: ['share.started', 'invitation.sent'] },
  },
  {
    ...assign,
    name: 'who is in it holds something else at once',
    before: joined,
    send: sharing(() => ({ permission: 15 })),
    want: { ...row({ privilege: 15, days: null }), events: ['grant.changed'] },
  },
  {
    ...assign,
    name: 'anybody else gets a link by mail',
    send: sharing((scene) => ({ email: [guestOf(scene)], privilege: 7, message: 'Look' })),
    want: (scene) => ({
      ...row({ entity_id: guestOf(scene), privilege: 7, is_share: 1, is_link: 0 }),
      events: ['link.created'],
    }),
    async then(scene, answer) {
      const { share_id: token } = (answer.body as { data: { share_id: string }[] }).data[0]!
      const { text } = await scene.waitForMail(guestOf(scene))
      if (!text.includes(`/-/#/dmz/${token}`)) throw new Error(text)
    },
  },
  {
    ...assign,
    name: 'the link that a guest has becomes what is asked for',
    before: guest,
    send: sharing((scene) => ({ email: [guestOf(scene).toUpperCase()], privilege: 7, days: 1 })),
    want: { ...row({ privilege: 7, days: 1, hours: 0 }), events: ['link.changed'] },
  },
  {
    ...assign,
    name: 'a file is shared by links alone',
    send: sharing((scene) => ({ email: [guestOf(scene)], privilege: 15 }), '/docs/a.txt'),
    want: (scene) => ({
      ...row({ email: guestOf(scene), privilege: 3, is_share: 1 }),
      events: ['link.created'],
    }),
  },
  {
    ...assign,
    name: 'what is no address',
    send: sharing(() => ({ email: [member, 'nobody'] })),
    want: { status: 400, code: 'INVALID_EMAIL_FORMAT' },
    then: nothingOpen,
  },
  {
    ...assign,
    name: 'a node that is not there is named, and nothing is shared',
    send: (scene) => ({
      body: { nid: [scene.id('/docs'), { nid: nodeCode(99_999_999) }], email: [member] },
    }),
    want: {
      status: 400,
      code: 'FILE_NOT_FOUND',
      body: { reason: [{ nid: nodeCode(99_999_999) }] },
    },
    then: nothingOpen,
  },
  ...[
    ['nobody', () => ({ email: [] })],
    ['no node', () => ({ nid: [] })],
    ['with the caller himself', () => ({ email: ['manager@example.test'] })],
    ['nothing given', () => ({ privilege: 1 })],
    ['hours that are none', () => ({ hours: 'soon' })],
  ].map(
    ([name, values]): ContractRow => ({
      ...assign,
      name: String(name),
      send: sharing(values as Values),
      want: bad,
    }),
  ),
  {
    ...assign,
    name: 'needs addresses',
    send: (scene) => ({ body: { nid: [scene.id('/docs')] } }),
    want: missing('email'),
  },
  { ...assign, name: 'is for who governs it', as: 'writer', send: sharing(), want: denied },
]

/** Where no mails are sent a guest would not hear of his link. */
export const mutedPeopleRows: readonly ContractRow[] = [
  {
    ...assign,
    name: 'without mails there are no guests, and nothing is shared',
    send: sharing((scene) => ({ email: [member, guestOf(scene)] })),
    want: { status: 503, code: 'MAIL_NOT_AVAILABLE' },
    then: nothingOpen,
  },
]

const revoking: readonly ContractRow[] = [
  {
    ...revoke,
    name: 'an open invitation',
    before: asked,
    send: closing(),
    want: (scene) => ({
      status: 200,
      body: { data: { id: userCode(scene.userId('member')), email: member } },
      events: ['invitation.revoked'],
    }),
    then: nothingOpen,
  },
  {
    ...revoke,
    name: 'a grant, by address',
    before: joined,
    send: closing(() => ({ user_id: [member] })),
    want: { status: 200, body: { data: { email: member } }, events: ['grant.removed'] },
    then: nothingOpen,
  },
  {
    ...revoke,
    name: 'a guest’s link',
    before: guest,
    send: closing((scene) => ({ user_id: [guestOf(scene)] })),
    want: { status: 200, body: { data: [] }, events: ['link.deleted'] },
    then: nothingOpen,
  },
  {
    ...revoke,
    name: 'who has nothing is passed over, and nobody is told who he is',
    send: closing(),
    want: { status: 200, body: { data: [] } },
  },
  {
    ...revoke,
    name: 'not the last who govern',
    send: (scene) => ({
      body: {
        nid: [scene.id('/')],
        user_id: [userCode(scene.userId('admin')), userCode(scene.userId('manager'))],
      },
    }),
    want: bad,
  },
  {
    ...revoke,
    name: 'nobody of this id',
    send: closing(() => ({ user_id: ['d0000000ffffffff'] })),
    want: bad,
  },
  { ...revoke, name: 'no node', send: closing(() => ({ nid: [] })), want: bad },
  {
    ...revoke,
    name: 'needs people',
    send: (scene) => ({ body: { nid: [scene.id('/docs')] } }),
    want: missing('user_id'),
  },
  { ...revoke, name: 'is for who governs it', as: 'writer', send: closing(), want: denied },
  { ...revoke, name: 'not what is not seen', as: 'member', send: closing(), want: gone },
]

const copying: readonly ContractRow[] = [
  {
    ...copy,
    name: 'into a folder of a hub that one governs',
    send: (scene) => ({
      body: {
        nid: [{ nid: scene.id('/docs/a.txt'), hub_id: scene.id('/') }],
        recipient_id: scene.id('/'),
        pid: scene.id('/to'),
      },
    }),
    want: (scene) => ({ ...row({ filename: 'a', pid: scene.id('/to') }), events: ['node.copied'] }),
  },
  {
    ...copy,
    name: 'not from where one may only read',
    as: 'reader',
    send: (scene) => ({ body: { nid: [scene.id('/docs')], recipient_id: '' } }),
    want: denied,
  },
  {
    ...copy,
    name: 'not to where one may only write',
    as: 'writer',
    before: async (scene) => {
      const { node } = await createFolder(scene.core('writer'), { path: [`w${scene.nodeId('/')}`] })
      scene.kept.own = nodeCode(node.id)
    },
    send: (scene) => ({ body: { nid: [scene.kept.own], pid: scene.id('/to') } }),
    want: denied,
  },
  {
    ...copy,
    name: 'into a file',
    send: (scene) => ({ body: { nid: [scene.id('/to')], pid: scene.id('/docs/a.txt') } }),
    want: { status: 400, code: '_destination_is_not_directory' },
  },
  {
    ...copy,
    name: 'more than fits',
    before: (scene) =>
      limitShare(scene.core('manager'), { node: { id: scene.nodeId('/') }, quota: 6 }),
    send: (scene) => ({ body: { nid: [scene.id('/docs/a.txt')], pid: scene.id('/to') } }),
    want: { status: 400, code: 'your_limit_exceeded' },
  },
  {
    ...copy,
    name: 'nothing',
    send: (scene) => ({ body: { nid: [], pid: scene.id('/to') } }),
    want: bad,
  },
  {
    ...copy,
    name: 'not what is not seen',
    as: 'member',
    send: (scene) => ({ body: { nid: [scene.id('/docs')] } }),
    want: gone,
  },
]

export const peopleShareRows: readonly ContractRow[] = [...assigning, ...revoking, ...copying]

const hubOf = (scene: Scene) => userCode(scene.userId('member'))
/** Other rows leave invitations for the member: only that to /docs counts. */
const ofDocs = (scene: Scene, isThere: boolean) => (list: unknown) =>
  (list as { nid: string }[]).some(({ nid }) => nid === scene.id('/docs')) === isThere
const count = { op: 'sharebox.notification_count', as: 'member', given } as const
const list = { op: 'sharebox.notification_list', as: 'member', given } as const
const accept = { op: 'sharebox.accept_notification', as: 'member', given } as const
const refuse = { op: 'sharebox.refuse_notification', as: 'member', given } as const
const docs = (scene: Scene) => ({ body: { nid: scene.id('/docs'), hub_id: hubOf(scene) } })

export const notificationRows: readonly ContractRow[] = [
  {
    ...count,
    name: 'counts what waits',
    before: asked,
    send: (scene) => ({ body: { hub_id: hubOf(scene) } }),
    want: { status: 200, body: { data: { count: (n: unknown) => Number(n) > 0 } } },
  },
  {
    ...list,
    name: 'tells who shares what, and for how long',
    before: asked,
    send: (scene) => ({ body: { hub_id: hubOf(scene) } }),
    want: (scene) => ({
      status: 200,
      body: {
        data: (rows: unknown) => {
          const found = (rows as { nid: string }[]).find(({ nid }) => nid === scene.id('/docs'))
          const told = {
            user_filename: 'docs',
            message: 'Look',
            days: 2,
            hours: 2,
            category: 'hub',
          }
          return Object.entries(told).every(([key, value]) => found?.[key as never] === value)
        },
      },
    }),
  },
  {
    ...accept,
    name: 'what is accepted stands on the own desk',
    before: asked,
    send: docs,
    want: (scene) => ({
      status: 200,
      body: { data: { nid: scene.id('/docs'), filename: 'docs', privilege: 3, category: 'hub' } },
      events: ['grant.changed', 'invitation.accepted'],
    }),
    async then(scene, answer) {
      const { data } = answer.body as { data: { parent_id: string } }
      const home = await findNode(scene.core('member'), { node: { path: [] } })
      if (data.parent_id !== nodeCode(home.node.id)) throw new Error(data.parent_id)
    },
  },
  {
    ...accept,
    name: 'nothing that waits',
    send: docs,
    want: { status: 200, body: { data: [] } },
  },
  {
    ...refuse,
    name: 'what is declined waits no longer',
    before: asked,
    send: docs,
    want: (scene) => ({
      status: 200,
      body: { data: ofDocs(scene, false) },
      events: ['invitation.declined'],
    }),
  },
  { ...refuse, name: 'nothing that waits', send: docs, want: gone },
  ...[accept, refuse].flatMap((one): ContractRow[] => [
    { ...one, name: 'needs a node', send: { body: {} }, want: missing('nid') },
    { ...one, name: 'what is no node', send: { body: { nid: 'x' } }, want: gone },
    { ...one, name: 'a node that is no text', send: { body: { nid: { nid: {} } } }, want: bad },
    { ...one, name: 'not for nobody', as: null, send: { body: { nid: 'x' } }, want: denied },
  ]),
  ...[count, list].flatMap((one): ContractRow[] => [
    { ...one, name: 'not for nobody', as: null, send: { body: {} }, want: denied },
    {
      ...one,
      name: 'not of somebody else',
      send: (scene) => ({ body: { hub_id: userCode(scene.userId('reader')) } }),
      want: denied,
    },
  ]),
]
