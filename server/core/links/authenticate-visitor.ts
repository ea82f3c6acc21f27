import { type Actor, type App, contextFor } from '../ctx.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { readEntry } from './link-ticket.ts'
import { type Visitor, visitedLink } from './visited-link.ts'

/** Whose visit a pass is that `visitLink` gave out; undefined when it is none of ours or over. */
export async function authenticateVisitor(
  app: App,
  tenant: Tenant,
  pass: string,
): Promise<Actor | undefined> {
  const ctx = contextFor(app, tenant, { kind: 'anonymous' }, 'authenticate-visitor')
  const entry = readEntry(ctx, pass, 'link-visit')
  if (!entry) return undefined
  const visitor: Visitor = { kind: 'visitor', ...entry }
  return (await ctx.read((tx) => visitedLink(ctx, tx, visitor))) && visitor
}
