import { createLink } from '../../server/core/links/create-link.ts'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { findNode } from '../../server/core/nodes/find-node.ts'
import type { ContractRow, Scene } from '../row.ts'
import { bad, denied, gone, guestOf } from './boxes.ts'

const given = { '/docs': 'folder', '/docs/a.txt': { file: 'alpha' } } as const

const drop =
  (values: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({
    body: { nid: scene.id('/docs'), email: guestOf(scene), ...values(scene) },
  })

/** Folders to which people bring files. */
export const inboundRows: readonly ContractRow[] = [
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

/** Where no mails are sent nobody would hear of one. */
export const mutedInboundRows: readonly ContractRow[] = [
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
