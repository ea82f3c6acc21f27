import {
  assignRoomWebhooks,
  type RoomWebhookView,
  roomWebhooks,
} from '../../core/webhooks/room-webhooks.ts'
import type { HookEvent } from '../../core/webhooks/webhook.ts'
import type { Row } from '../operation.ts'
import { writeDate } from './dates.ts'
import type { RoomWebhook } from './generated/shapes.ts'
import { nodeRef } from './ids.ts'
import { op } from './op.ts'
import { presentRange } from './present-node.ts'
import { presentUserInfo } from './present-user-info.ts'
import { boolean, parseFilter, parseRange } from './query.ts'

/** Which webhooks hear of what happens in a room (tag `nodes`). */
export const roomWebhookRows: Row[] = [
  op('requestListOfWebhooksForRoom', {
    auth: 'user',
    run: (ctx, { params }) =>
      roomWebhooks(ctx, {
        room: nodeRef(params.room_id),
        isAssigned: parseFilter(params.filter, { isAssigned: { eq: boolean } }).isAssigned?.eq,
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentRoomWebhook) }),
  }),

  op('handleRoomWebhookAssignments', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      assignRoomWebhooks(ctx, { room: nodeRef(params.room_id), assignments: body.items }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentRoomWebhook) }),
  }),
]

/** The secret is for who made it: those of a room do not see it. */
function presentRoomWebhook({ webhook, isAssigned, ...people }: RoomWebhookView): RoomWebhook {
  return {
    isAssigned,
    webhook: {
      id: webhook.id,
      name: webhook.name,
      url: webhook.url,
      isEnabled: webhook.isEnabled,
      expireAt: writeDate(webhook.expireAt),
      eventTypeNames: webhook.eventTypes.map(writeHookEvent),
      createdAt: writeDate(webhook.createdAt),
      createdBy: presentUserInfo(people.creator),
      updatedAt: writeDate(webhook.updatedAt),
      updatedBy: presentUserInfo(people.changer),
      failStatus: webhook.failStatus ?? undefined,
    },
  }
}

/** `downloadshare.created` is what core calls `download-link.created`. */
export function writeHookEvent(type: HookEvent): string {
  return type.replace('-link.', 'share.')
}
