import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { resolve } from '../nodes/resolve.ts'
import { MANAGE, ROLE_CONFIG } from '../permissions/permission.ts'
import { seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { checkFileKey } from './check-keys.ts'
import { pairFor, requireOwnPair } from './key-holder.ts'
import { pairVersionOf } from './key-pair.ts'
import { type HolderKey, mayOpen, opensFiles } from './upload-keys.ts'

export type FileKeyToSet = HolderKey & {
  /** A file, by its current version. */
  readonly file: NodeRef
}

/**
 * Gives others their keys of files; keys that are there already stay. Whoever may open a file gives
 * keys of it to others when he has one himself (given in this call counts), governs its room, or
 * has ROLE_CONFIG; to himself always. So nobody without a key can put a wrong one in the way.
 * Faults: 'not-found' 'node' 'file', 'not-encrypted' 'node' 'room', 'forbidden' 'file-key',
 * 'not-found' 'user' (may not open the file), 'not-found' 'key-pair', 'invalid' 'file-key'.
 */
export async function setFileKeys(
  ctx: Ctx,
  input: { readonly items: readonly FileKeyToSet[] },
): Promise<void> {
  const { items } = input
  if (items.length > ctx.limits.bulkItems) {
    fault('too-many', 'file-key', undefined, { limit: ctx.limits.bulkItems })
  }
  for (const { fileKey } of items) checkFileKey(fileKey)
  if (items.length === 0) return
  await ctx.write(async (tx) => {
    const files = new Map<string, FileToOpen>()
    const { userId } = actingUser(ctx)
    const isOwn = ({ holder }: HolderKey) => holder.kind === 'user' && holder.userId === userId
    const ordered = [...items.filter(isOwn), ...items.filter((item) => !isOwn(item))]
    for (const item of ordered) {
      const name = JSON.stringify(item.file)
      const file = files.get(name) ?? (await fileToOpen(ctx, tx, item.file))
      files.set(name, file)
      await setOne(ctx, tx, item, file, isOwn(item))
    }
    await tell(ctx, tx, [...files.values()])
  })
}

type FileToOpen = { readonly node: Node; mayGive: boolean; given: number }

async function fileToOpen(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<FileToOpen> {
  const node = (await resolve(ctx, tx, ref)) ?? fault('not-found', 'node', 'file')
  const isConfig = (actingUser(ctx).roles & ROLE_CONFIG) !== 0
  const held = isConfig ? MANAGE : (await seen(ctx, tx, node, 'file')).permissions
  if (node.kind !== 'file' || !node.content) return fault('wrong-kind', 'node', 'file')
  if (node.encryptedBy === null) fault('not-encrypted', 'node', 'room')
  if ((held & (opensFiles | MANAGE)) === 0) fault('forbidden', 'file-key')
  const own = await requireOwnPair(ctx, tx)
  const place = { nodeId: node.id, versionId: node.content.versionId }
  const keys = await tx.keys.fileKeys(
    place,
    own.map(({ id }) => id),
  )
  return { node, mayGive: keys.length > 0 || (held & MANAGE) !== 0, given: 0 }
}

async function setOne(
  ctx: Ctx,
  tx: Tx,
  { holder, fileKey }: HolderKey,
  file: FileToOpen,
  isOwn: boolean,
): Promise<void> {
  const { node } = file
  if (!isOwn && !file.mayGive) fault('forbidden', 'file-key')
  if (!isOwn && !(await mayOpen(ctx, tx, node, holder))) fault('not-found', 'user')
  const pair = await pairFor(tx, holder, pairVersionOf(fileKey))
  if (!pair) return fault('not-found', 'key-pair', 'admin')
  const versionId = node.content!.versionId
  await tx.keys.addFileKeys([{ nodeId: node.id, versionId, pairId: pair.id, fileKey }])
  if (isOwn) file.mayGive = true
  file.given += 1
}

async function tell(ctx: Ctx, tx: Tx, files: readonly FileToOpen[]): Promise<void> {
  const events = files.map(({ node, given }) => ({
    type: 'file-keys.set' as const,
    nodeId: node.id,
    roomId: node.boundaryId,
    nodeKind: 'file' as const,
    nodeName: node.name,
    data: { keys: given },
  }))
  await recordEvents(ctx, tx, events)
}
