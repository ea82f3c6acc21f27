import { type Actor, type App, contextFor } from '../ctx.ts'
import { heldOn } from '../permissions/held-on.ts'
import { ALL, MANAGE } from '../permissions/permission.ts'
import type { Tenant } from '../tenants/tenant.ts'

/** Longer than any token that was given out. */
const maxToken = 200

/**
 * Who an export token stands for; undefined when it is unknown or over, or its node is gone, or its
 * maker is gone, locked or expired or does not manage the node any more. It never holds more than
 * its maker does now.
 */
export async function authenticateExport(
  app: App,
  tenant: Tenant,
  token: string,
): Promise<Actor | undefined> {
  if (token === '' || token.length > maxToken || tenant.isLocked) return undefined
  const ctx = contextFor(app, tenant, { kind: 'anonymous' }, 'authenticate-export')
  return ctx.read(async (tx) => {
    const found = await tx.exports.findByDigest(ctx.secrets.digest(token))
    if (!found || isPast(found.expireAt, ctx.now)) return undefined
    const maker = await tx.users.find(found.createdBy)
    const node = await tx.nodes.find(found.nodeId)
    if (!maker || !node || maker.isLocked || isPast(maker.expireAt, ctx.now)) return undefined
    const viewer = { userId: maker.id, mask: ALL, within: null, roles: 0 }
    const held = await heldOn(ctx, tx, viewer, node)
    if (held === undefined || (held & MANAGE) === 0) return undefined
    const permissions = found.permissions & held
    return { kind: 'export', exportId: found.id, nodeId: node.id, permissions }
  })
}

function isPast(at: number | null, now: number): boolean {
  return at !== null && at <= now
}
