/** Where somebody outside hears of what happens, by an HTTPS request each time. */
export type Webhook = {
  readonly id: number
  readonly name: string
  readonly url: string
  /** Sealed; what the requests are signed with. Null for none. */
  readonly sealedSecret: string | null
  readonly isEnabled: boolean
  readonly eventTypes: readonly HookEvent[]
  readonly expireAt: number
  /** The HTTP status that made it stop; null as long as it works. */
  readonly failStatus: number | null
  readonly createdAt: number
  readonly createdBy: number
  readonly updatedAt: number
  readonly updatedBy: number
}

/** What a webhook may be told of. */
export type HookEvent = NodeHookEvent | TenantHookEvent

/** In rooms whose administrators let it. */
export type NodeHookEvent =
  | `${'download-link' | 'upload-link'}.${'created' | 'deleted' | 'used'}`
  | `${'file' | 'folder' | 'room'}.${'created' | 'deleted'}`

/** In the tenant. */
export type TenantHookEvent = `user.${'created' | 'deleted' | 'locked'}` | 'webhook.expiring'

export const nodeHookEvents: readonly NodeHookEvent[] = [
  'download-link.created',
  'download-link.deleted',
  'download-link.used',
  'upload-link.created',
  'upload-link.deleted',
  'upload-link.used',
  'file.created',
  'file.deleted',
  'folder.created',
  'folder.deleted',
  'room.created',
  'room.deleted',
]

export const tenantHookEvents: readonly TenantHookEvent[] = [
  'user.created',
  'user.deleted',
  'user.locked',
  'webhook.expiring',
]

/** A webhook hears of nodes or of the tenant, never of both. */
export const isNodeHook = ({ eventTypes }: Pick<Webhook, 'eventTypes'>): boolean =>
  eventTypes.some((type) => (nodeHookEvents as readonly string[]).includes(type))
