import { type Actor, type App, type ClientFacts, type Ctx, contextFor } from '../ctx.ts'
import { Fault } from '../fault.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { User } from '../users/user.ts'
import { dutiesOf, refuseDuties } from './duties.ts'
import { lockOf } from './guarded.ts'
import {
  accountCounters,
  type Credentials,
  candidate,
  closedAccount,
  missingStep,
  withAccount,
} from './with-account.ts'

/** How long a right password is not hashed again. */
const keepMs = 60_000
const keepPasswords = 10_000

/** Keyed digests of (account, stored hash, password) with the time until which they are good. */
const caches = new WeakMap<object, Map<string, number>>()

/**
 * Who sends login and password with every request (RFC 7617): no session is made. Failures are
 * counted and faulted as by `signIn`. A right pair is remembered for a minute together with the
 * stored hash that it fits; account, hash and locks are read each time, so that a new password or a
 * closed account counts at once. Faults 'forbidden' 'session' for an account that owes something,
 * unless `mayOwe`.
 */
export async function authenticatePassword(
  app: App,
  tenant: Tenant,
  input: Credentials & { readonly client: ClientFacts; readonly mayOwe?: boolean },
): Promise<{ actor: Actor; user: User }> {
  const request = 'authenticate-password'
  const ctx = contextFor(app, tenant, { kind: 'anonymous' }, request, input.client)
  const { user, hash } = await candidate(ctx, input)
  const key = user && hash !== null ? keyOf(ctx, user, hash, input.password) : undefined
  if (user && key !== undefined && isKept(ctx, key)) {
    const counters = accountCounters(ctx, input, user)
    const locked = await ctx.read((tx) => lockOf(ctx, tx, { counters, subject: 'user' }, false))
    const refusal = locked ?? closedAccount(ctx, user) ?? missingStep(input, user)
    if (refusal instanceof Fault) throw refusal
    return actorOf(ctx, user, input)
  }
  const checked = await withAccount(ctx, input, async (_tx, current) => current)
  if (key !== undefined) keep(ctx, key)
  return actorOf(ctx, checked, input)
}

type Known = { actor: Actor; user: User }

async function actorOf(
  ctx: Ctx,
  user: User,
  { mayOwe = false }: { mayOwe?: boolean },
): Promise<Known> {
  if (!mayOwe) refuseDuties(dutiesOf(ctx.tenant, user))
  const roles = user.roles | (await ctx.read((tx) => tx.groups.rolesOf(user.id, ctx.now)))
  return { actor: { kind: 'user', userId: user.id, roles, sessionId: 0 }, user }
}

function keyOf(ctx: Ctx, user: User, hash: string, password: string): string {
  return ctx.secrets.sign('password-cache', [ctx.tenant.id, user.id, hash, password].join(' '))
}

function isKept(ctx: Ctx, key: string): boolean {
  const until = caches.get(ctx.store)?.get(key)
  return until !== undefined && until > ctx.now && until <= ctx.now + keepMs
}

function keep(ctx: Ctx, key: string): void {
  const cache = caches.get(ctx.store) ?? new Map<string, number>()
  caches.set(ctx.store, cache)
  if (cache.size >= keepPasswords) cache.clear()
  cache.set(key, ctx.now + keepMs)
}
