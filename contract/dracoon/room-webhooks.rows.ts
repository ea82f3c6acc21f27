import { createWebhook } from '../../server/core/webhooks/create-webhook.ts'
import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'
import { nothing } from './sample-call.ts'

const ofRoom =
  (more: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({ params: { room_id: scene.id('/') }, ...more(scene) })

async function makeHooks(scene: Scene): Promise<void> {
  const make = (name: string, eventTypes: Parameters<typeof createWebhook>[1]['eventTypes']) =>
    createWebhook(scene.core('admin'), { name, url: 'https://hook.test/in', eventTypes })
  const [first, second, tenant] = [
    await make('first', ['file.created', 'download-link.used']),
    await make('second', ['room.deleted']),
    await make('people', ['user.created']),
  ]
  Object.assign(scene.kept, { first: first.id, second: second.id, tenant: tenant.id })
}

const assign = (hooks: Readonly<Record<string, boolean>>) =>
  ofRoom(({ kept }) => ({
    body: {
      items: Object.entries(hooks).map(([name, isAssigned]) => ({
        webhookId: name === 'nothing' ? nothing : Number(kept[name]),
        isAssigned,
      })),
    },
  }))

const manager = { as: 'manager', before: makeHooks } as const
const list = { ...manager, op: 'requestListOfWebhooksForRoom' } as const
const handle = { ...manager, op: 'handleRoomWebhookAssignments' } as const

type Item = { isAssigned: boolean; webhook: { id: number; secret?: string } }
const itemsOf = (body: unknown) => (body as { items: Item[] }).items
const has = (isAssigned: boolean) => (items: unknown) =>
  Array.isArray(items) && items.length > 0 && items.every((one) => one.isAssigned === isAssigned)

/** Which webhooks hear of a room. */
export const roomWebhooksRows: readonly ContractRow[] = [
  {
    ...list,
    name: 'those that hear of nodes, and no others',
    send: ofRoom(() => ({ query: { limit: 500 } })),
    want: { status: 200, body: { items: has(false) } },
    then: async ({ kept }, { body }) => {
      const ids = itemsOf(body).map(({ webhook }) => webhook.id)
      if (!ids.includes(Number(kept.first)) || ids.includes(Number(kept.tenant))) {
        throw new Error(ids.join(' '))
      }
      if (itemsOf(body).some(({ webhook }) => 'secret' in webhook)) throw new Error('a secret')
    },
  },
  {
    ...list,
    name: 'those that hear of this room',
    before: async (scene) => {
      await makeHooks(scene)
      const wanted = assign({ first: true })(scene)
      await scene.call('handleRoomWebhookAssignments', 'manager', wanted)
    },
    send: ofRoom(() => ({ query: { filter: 'isAssigned:eq:true' } })),
    want: {
      status: 200,
      body: {
        range: { total: 1 },
        items: [
          {
            isAssigned: true,
            webhook: {
              name: 'first',
              url: 'https://hook.test/in',
              isEnabled: true,
              eventTypeNames: ['file.created', 'downloadshare.used'],
            },
          },
        ],
      },
    },
  },
  ...refusals({
    op: 'requestListOfWebhooksForRoom',
    send: ofRoom(),
    forbidden: ['reader', 'writer'],
    invisible: { status: 404, code: -41000 },
  }),
  {
    ...handle,
    name: 'lets two know and one no more',
    before: async (scene) => {
      await makeHooks(scene)
      const wanted = assign({ first: true })(scene)
      await scene.call('handleRoomWebhookAssignments', 'manager', wanted)
    },
    send: assign({ first: false, second: true }),
    want: { status: 200, events: ['webhook.assigned'] },
    then: async ({ kept }, { body }) => {
      const on = itemsOf(body).filter(({ isAssigned }) => isAssigned)
      if (on.map(({ webhook }) => webhook.id).join() !== String(kept.second)) throw new Error('no')
    },
  },
  {
    ...handle,
    name: 'knows no other',
    send: assign({ first: true, nothing: true }),
    want: { status: 404, code: -91000 },
  },
  {
    ...handle,
    name: 'takes none that hears of the tenant',
    send: assign({ tenant: true }),
    want: { status: 400, code: -80060 },
  },
  {
    ...handle,
    name: 'takes no more than the limit',
    send: ofRoom(() => ({
      body: {
        items: Array.from({ length: 1001 }, (_, at) => ({
          webhookId: nothing + at,
          isAssigned: true,
        })),
      },
    })),
    want: { status: 400, code: -80007 },
  },
  ...refusals({
    op: 'handleRoomWebhookAssignments',
    before: makeHooks,
    send: assign({ first: true }),
    forbidden: ['reader', 'writer'],
    invisible: { status: 404, code: -41000 },
  }),
]
