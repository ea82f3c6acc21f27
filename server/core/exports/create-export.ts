import { checkLine } from '../../lib/names/plain-line.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { ALL, expand, has, MANAGE, type Permissions } from '../permissions/permission.ts'
import { permit, seen, visible } from '../permissions/visible.ts'
import type { Export } from './export-store.ts'

export type CreateExport = {
  readonly node: NodeRef
  /** At least one, none that the creator does not hold there. */
  readonly permissions: Permissions
  /** null: until it is revoked. */
  readonly ttlSeconds: number | null
  readonly label?: string
}

export type CreatedExport = { readonly export: Export; readonly token: string }

const maxLabel = 150
/** A hundred years; whoever wants longer wants no end. */
const maxTtlSeconds = 100 * 365 * 86_400

/**
 * Makes a token that opens one node's subtree to a program of another installation. Needs MANAGE
 * there. Faults: 'not-found' and 'forbidden' 'node', 'invalid' 'export'
 * with data.field and data.rule.
 */
export async function createExport(ctx: Ctx, input: CreateExport): Promise<CreatedExport> {
  const { userId } = actingUser(ctx)
  check(input)
  // 128 random bits; programs expect hex digits.
  const token = ctx.secrets.blobKey()
  return ctx.write(async (tx) => {
    const found = await visible(ctx, tx, input.node, 'target')
    const [row] = await tx.nodes.lock([found.node.id], 'stay')
    if (!row) return fault('not-found', 'node', 'target')
    const { node, permissions: held } = await seen(ctx, tx, row, 'target')
    permit(held, MANAGE, 'target')
    const permissions = expand(input.permissions)
    if (!has(held, permissions)) fault('forbidden', 'node', 'target')
    const made: Export = {
      id: await tx.exports.takeId(),
      nodeId: node.id,
      permissions,
      createdAt: ctx.now,
      createdBy: userId,
      expireAt: input.ttlSeconds === null ? null : ctx.now + input.ttlSeconds * 1000,
      label: input.label ?? '',
      sealedToken: ctx.secrets.seal(token),
    }
    await tx.exports.insert(made, ctx.secrets.digest(token))
    const place = { nodeId: node.id, roomId: node.boundaryId, nodeName: node.name }
    await recordEvents(ctx, tx, [{ type: 'export.created', ...place, subjectId: made.id }])
    return { export: made, token }
  })
}

function check({ permissions, ttlSeconds, label = '' }: CreateExport): void {
  const known = Number.isInteger(permissions) && permissions > 0 && permissions <= ALL
  if (!known) refuse('permissions', 'range')
  if (ttlSeconds !== null) {
    const fits = Number.isSafeInteger(ttlSeconds) && ttlSeconds > 0 && ttlSeconds <= maxTtlSeconds
    if (!fits) refuse('ttlSeconds', 'range')
  }
  const rule = checkLine(label, maxLabel)
  if (rule) refuse('label', rule)
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'export', undefined, { field, rule })
}
