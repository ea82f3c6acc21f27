import { changeNode } from '../../server/core/nodes/change-node.ts'
import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'ten bytes!' },
  '/small': 'room',
} as const

const limited = async (scene: Scene): Promise<void> => {
  await changeNode(scene.core('manager'), {
    node: { id: scene.nodeId('/small') },
    change: { quota: 9 },
  })
}

/** What the reader's own home may hold; nobody but the server itself may say it. */
const homeQuota = (quota: number | null) => async (scene: Scene) => {
  const reader = scene.core('reader')
  const userId = scene.userId('reader')
  const home = (await reader.read((tx) => tx.nodes.homesOf([userId]))).get(userId)
  if (!home) throw new Error('the reader has no home')
  const system = { ...reader, actor: { kind: 'system' } as const }
  await changeNode(system, { node: { id: home.id }, change: { quota } })
}

const copies = ['media.copy', 'media.copy_all']

/** What does not fit is refused with the word for whose limit it is. */
export const quotaRows: readonly ContractRow[] = [
  {
    op: 'media.upload',
    name: 'a hub that has no room for it',
    as: 'writer',
    given,
    before: limited,
    send: (scene) => ({
      bytes: 'ten bytes!',
      headers: { 'x-param-xia-data': JSON.stringify({ nid: scene.id('/small'), filename: 'x' }) },
    }),
    want: { status: 507, code: 'INSUFFICIENT_STORAGE' },
  },
  ...copies.flatMap((op): ContractRow[] => [
    {
      op,
      name: 'into a hub that has no room for it',
      as: 'writer',
      given,
      before: limited,
      send: (scene) => ({ body: { nid: scene.id('/docs/a.txt'), pid: scene.id('/small') } }),
      want: { status: 507, code: 'INSUFFICIENT_STORAGE' },
    },
    {
      op,
      name: 'into the own hub, which has no room for it',
      as: 'reader',
      given,
      before: homeQuota(9),
      send: (scene) => ({
        body: {
          nid: scene.id('/docs/a.txt'),
          pid: '0',
          recipient_id: userCode(scene.userId('reader')),
        },
      }),
      want: { status: 507, code: 'your_limit_exceeded' },
      then: homeQuota(null),
    },
  ]),
]

/** What the rows share of an organisation that holds 20 bytes, and so much it may hold. */
export const fullTenant = { shared: { '/a.txt': { file: 'twenty bytes of text' } }, quota: 30 }

/** What the organisation has no room for. */
export const fullTenantRows: readonly ContractRow[] = copies.map((op) => ({
  op,
  name: 'what the organisation has no room for',
  as: 'writer',
  send: (scene) => ({ body: { nid: scene.id('/a.txt'), pid: scene.id('/') } }),
  want: { status: 507, code: 'limit_exceeded' },
}))
