import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { MANAGE } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { NodeRef } from './node.ts'

/**
 * Tags that the objects of a room's files bear in the byte store: MANAGE. This installation writes
 * none, so every room is 'unsupported' 'node' 'room' (data.rule 'store-tags').
 */
export async function roomTags(ctx: Ctx, input: { readonly room: NodeRef }): Promise<never> {
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.room, 'room')
    if (node.kind !== 'room') fault('wrong-kind', 'node', 'room')
    permit(permissions, MANAGE, 'room')
    return fault('unsupported', 'node', 'room', { rule: 'store-tags' })
  })
}
