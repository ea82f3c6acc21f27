import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { trashNode } from '../nodes/trash-node.ts'
import type { Tx } from '../store.ts'
import { pairEvent } from './add-key-pair.ts'
import { type HolderRef, holderFor, requireOwnPair } from './key-holder.ts'
import type { KeyHolder, KeyPair, KeyVersion } from './key-pair.ts'

export type RemoveKeyPair = {
  readonly of: HolderRef
  /** Absent: the least good pair, of whatever version; of two of one version the older. */
  readonly version?: KeyVersion
}

/** Files that go with a user's pair are put into the trash so many at a time. */
const filesAtOnce = 100

/**
 * Removes a key pair and every file key that it opens. Files that nothing but a user's pair opens
 * are lost for everybody and go to the trash of their rooms first. Faults: those of `holderFor`,
 * 'not-found' 'key-pair' ('room' for a room's).
 */
export async function removeKeyPair(ctx: Ctx, input: RemoveKeyPair): Promise<void> {
  while (!(await ctx.write((tx) => removeStep(ctx, tx, input)))) {
    // Each round leaves fewer files that only this pair opens.
  }
}

async function removeStep(ctx: Ctx, tx: Tx, { of, version }: RemoveKeyPair): Promise<boolean> {
  await tx.nodes.lockTree()
  const holder = await holderFor(ctx, tx, of, 'write')
  if (holder.kind === 'tenant') await requireOwnPair(ctx, tx)
  const pairs = await tx.keys.pairsOf(holder)
  const pair = pairs.findLast((one) => version === undefined || one.version === version)
  if (!pair) {
    return fault('not-found', 'key-pair', holder.kind === 'room' ? 'room' : undefined)
  }
  if (holder.kind === 'user' && (await trashLost(ctx, tx, pair)) === filesAtOnce) return false
  await removePair(ctx, tx, holder, pair)
  return true
}

async function removePair(ctx: Ctx, tx: Tx, holder: KeyHolder, pair: KeyPair): Promise<void> {
  await tx.keys.remove(pair.id)
  await recordEvents(ctx, tx, [await pairEvent(tx, 'key-pair.removed', holder, pair.id)])
}

async function trashLost(ctx: Ctx, tx: Tx, { id }: KeyPair): Promise<number> {
  const found = await tx.keys.openedOnlyBy(id, filesAtOnce)
  for (const node of await tx.nodes.lock(found, 'change')) {
    const parent = node.parentId === null ? undefined : await tx.nodes.find(node.parentId)
    if (parent) await trashNode(ctx, tx, node, parent)
  }
  return found.length
}
