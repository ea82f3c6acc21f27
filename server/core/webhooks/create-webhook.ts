import { checkLine } from '../../lib/names/plain-line.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { ROLE_CONFIG } from '../permissions/permission.ts'
import { type HookEvent, nodeHookEvents, tenantHookEvents, type Webhook } from './webhook.ts'

export type CreateWebhook = {
  readonly name: string
  /** HTTPS only. */
  readonly url: string
  readonly eventTypes: readonly HookEvent[]
  readonly secret?: string
  readonly isEnabled?: boolean
}

export const maxWebhooks = 100
const maxName = 150
const maxUrl = 2048
const maxSecret = 1024
/** After so long somebody has to say that it is still wanted. */
const lifetimeMs = 180 * 86_400_000

/**
 * Makes a webhook. Needs ROLE_CONFIG. Faults: 'forbidden' 'webhook'; 'invalid' 'webhook' with
 * data.field and data.rule; 'limit-reached' 'webhook' where the tenant has as many as it may.
 */
export async function createWebhook(ctx: Ctx, input: CreateWebhook): Promise<Webhook> {
  const { userId, roles } = actingUser(ctx)
  if ((roles & ROLE_CONFIG) === 0) fault('forbidden', 'webhook')
  check(input)
  const { name, url, eventTypes, secret, isEnabled = true } = input
  const made = { createdAt: ctx.now, createdBy: userId, updatedAt: ctx.now, updatedBy: userId }
  return ctx.write(async (tx) => {
    if ((await tx.webhooks.count()) >= maxWebhooks) {
      fault('limit-reached', 'webhook', undefined, { limit: maxWebhooks })
    }
    const webhook: Webhook = {
      id: await tx.webhooks.takeId(),
      name,
      url,
      sealedSecret: secret === undefined ? null : ctx.secrets.seal(secret),
      isEnabled,
      eventTypes: [...new Set(eventTypes)],
      expireAt: ctx.now + lifetimeMs,
      failStatus: null,
      ...made,
    }
    await tx.webhooks.insert(webhook)
    const data = { name, url }
    await recordEvents(ctx, tx, [{ type: 'webhook.created', subjectId: webhook.id, data }])
    return webhook
  })
}

function check({ name, url, eventTypes, secret }: CreateWebhook): void {
  const rule = checkLine(name, maxName, true)
  if (rule) refuse('name', rule)
  if (url.length > maxUrl) refuse('url', 'length')
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') refuse('url', 'form')
  if (secret !== undefined && secret.length > maxSecret) refuse('secret', 'length')
  const known = [nodeHookEvents, tenantHookEvents] as readonly (readonly string[])[]
  const isOfOneKind = known.some((types) => eventTypes.every((type) => types.includes(type)))
  if (eventTypes.length === 0 || !isOfOneKind) refuse('eventTypes', 'event-type')
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'webhook', undefined, { field, rule })
}
