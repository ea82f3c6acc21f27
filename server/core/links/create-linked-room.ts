import type { Ctx } from '../ctx.ts'
import { type CreateRoom, createRoomIn } from '../nodes/create-room.ts'
import { describeNode } from '../nodes/describe-nodes.ts'
import type { NodeView } from '../nodes/node.ts'
import { type CreateLink, checkNewLink, createLinkIn } from './create-link.ts'

export type CreateLinkedRoom = CreateRoom & {
  /** null: people without an account get in by no link. */
  readonly link: Pick<CreateLink, 'kind' | 'takesUploads'> | null
}

/** A room and a link on it, or neither. Faults: those of `createRoom` and `createLink`. */
export async function createLinkedRoom(
  ctx: Ctx,
  { link, ...input }: CreateLinkedRoom,
): Promise<NodeView> {
  const hash = link && (await checkNewLink(ctx, link))
  return ctx.write(async (tx) => {
    const room = await createRoomIn(ctx, tx, input)
    if (link) await createLinkIn(ctx, tx, { ...link, node: { id: room.id } }, hash)
    return describeNode(ctx, tx, room)
  })
}
