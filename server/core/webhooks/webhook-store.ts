import type { Webhook } from './webhook.ts'

export type RoomWebhookFilter = { readonly roomId: number; readonly isAssigned?: boolean }

export type RoomWebhook = { readonly webhook: Webhook; readonly isAssigned: boolean }

/** Webhooks of the tenant, and the rooms that let them know. */
export type WebhookStore = {
  takeId(): Promise<number>
  insert(webhook: Webhook): Promise<void>
  find(id: number): Promise<Webhook | undefined>
  count(): Promise<number>
  /** Those of nodes, by id, with what the room says of each. */
  countForRoom(filter: RoomWebhookFilter): Promise<number>
  pageForRoom(
    filter: RoomWebhookFilter,
    page: { offset: number; limit: number },
  ): Promise<RoomWebhook[]>
  /** What is so already stays. */
  assign(roomId: number, webhookIds: readonly number[]): Promise<void>
  unassign(roomId: number, webhookIds: readonly number[]): Promise<void>
}
