export type OwnThingsTables = {
  avatars: AvatarsTable
  user_attributes: UserAttributesTable
  node_subscriptions: NodeSubscriptionsTable
  link_subscriptions: LinkSubscriptionsTable
  webhooks: WebhooksTable
  room_webhooks: RoomWebhooksTable
}

/** The picture whose `uuid` is the user's `avatar`. */
export type AvatarsTable = {
  tenant_id: number
  user_id: number
  uuid: string
  media_type: string
  picture: Uint8Array
}

/** Texts under keys; both are compared by `nameKey`. `kind`: 'profile' or 'user'. */
export type UserAttributesTable = {
  tenant_id: number
  user_id: number
  kind: string
  key_key: string
  key: string
  value: string
  value_key: string
}

export type NodeSubscriptionsTable = {
  tenant_id: number
  user_id: number
  node_id: number
  created_at: number
}

/** A row whose link is gone means nothing, and the sweep takes it. */
export type LinkSubscriptionsTable = {
  tenant_id: number
  user_id: number
  link_id: number
  created_at: number
}

export type WebhooksTable = {
  tenant_id: number
  id: number
  name: string
  name_key: string
  url: string
  sealed_secret: string | null
  is_enabled: number
  /** JSON array of names of event types. */
  event_types: string
  expire_at: number
  fail_status: number | null
  created_at: number
  created_by: number
  updated_at: number
  updated_by: number
}

/** Rooms whose administrators let a webhook know of what happens there. */
export type RoomWebhooksTable = {
  tenant_id: number
  room_id: number
  webhook_id: number
}
