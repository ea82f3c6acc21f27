import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef, Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { MANAGE } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import { isNodeHook } from './webhook.ts'
import type { RoomWebhook } from './webhook-store.ts'

export type ListRoomWebhooks = {
  readonly room: NodeRef
  readonly isAssigned?: boolean
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

export type RoomWebhookView = RoomWebhook & { readonly creator: Person; readonly changer: Person }

/**
 * The webhooks of the tenant that hear of nodes, and whether they hear of this room. Needs MANAGE.
 * Faults: 'not-found', 'wrong-kind' and 'forbidden' 'node' 'room'.
 */
export async function roomWebhooks(
  ctx: Ctx,
  input: ListRoomWebhooks,
): Promise<Page<RoomWebhookView>> {
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const room = await hearingRoom(ctx, tx, input.room)
    return pageOf(tx, room, input.isAssigned, page)
  })
}

export type AssignRoomWebhooks = {
  readonly room: NodeRef
  readonly assignments: readonly { readonly webhookId: number; readonly isAssigned: boolean }[]
}

/**
 * Lets webhooks hear of what happens in a room, or no more: all of them or none. Answers the first
 * page of `roomWebhooks`. Needs MANAGE. Faults: those of `roomWebhooks`; 'not-found' 'webhook';
 * 'invalid' 'webhook' with data.rule 'event-type' for one that hears of the tenant; 'too-many'
 * 'webhook' beyond `limits.bulkItems`.
 */
export async function assignRoomWebhooks(
  ctx: Ctx,
  { room: ref, assignments }: AssignRoomWebhooks,
): Promise<Page<RoomWebhookView>> {
  const limit = ctx.limits.bulkItems
  if (assignments.length > limit) fault('too-many', 'webhook', undefined, { limit })
  const idsOf = (wanted: boolean) =>
    assignments.filter((one) => one.isAssigned === wanted).map(({ webhookId }) => webhookId)
  return ctx.write(async (tx) => {
    const room = await hearingRoom(ctx, tx, ref)
    for (const { webhookId } of assignments) await checkHook(tx, webhookId)
    await tx.webhooks.assign(room.id, idsOf(true))
    await tx.webhooks.unassign(room.id, idsOf(false))
    await recordEvents(ctx, tx, [
      {
        type: 'webhook.assigned',
        nodeId: room.id,
        roomId: room.id,
        nodeKind: 'room',
        nodeName: room.name,
        data: { on: idsOf(true).length, off: idsOf(false).length },
      },
    ])
    return pageOf(tx, room, undefined, { offset: 0, limit: ctx.limits.pageItems })
  })
}

async function hearingRoom(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Node> {
  const { node, permissions } = await visible(ctx, tx, ref, 'room')
  if (node.kind !== 'room') fault('wrong-kind', 'node', 'room')
  permit(permissions, MANAGE, 'room')
  return node
}

async function checkHook(tx: Tx, id: number): Promise<void> {
  const webhook = Number.isSafeInteger(id) ? await tx.webhooks.find(id) : undefined
  if (!webhook) return fault('not-found', 'webhook')
  if (isNodeHook(webhook)) return
  fault('invalid', 'webhook', undefined, { field: 'eventTypes', rule: 'event-type' })
}

async function pageOf(
  tx: Tx,
  room: Node,
  isAssigned: boolean | undefined,
  page: PageRequest,
): Promise<Page<RoomWebhookView>> {
  const filter = { roomId: room.id, isAssigned }
  const total = await tx.webhooks.countForRoom(filter)
  const found = await tx.webhooks.pageForRoom(filter, page)
  const ids = found.flatMap(({ webhook }) => [webhook.createdBy, webhook.updatedBy])
  const people = await tx.users.people([...new Set(ids)])
  const items = found.map((one) => ({
    ...one,
    creator: personOf(people, one.webhook.createdBy),
    changer: personOf(people, one.webhook.updatedBy),
  }))
  return { ...page, items, total }
}
