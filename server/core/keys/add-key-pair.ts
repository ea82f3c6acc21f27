import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import type { NewEvent } from '../event.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import { checkContainers, checkPrivateKey } from './check-keys.ts'
import { type HolderRef, holderFor, requireOwnPair } from './key-holder.ts'
import type { KeyContainers, KeyHolder, KeyVersion } from './key-pair.ts'

export type AddKeyPair = {
  readonly of: HolderRef
  readonly pair: KeyContainers
  /** The pair that this one follows: it stays, its private key in this new container. */
  readonly previous?: { readonly version: KeyVersion; readonly privateKey: string }
}

/**
 * Keeps a new key pair. The first one of the tenant enables client-side encryption for good; later
 * ones, and all of users and rooms, need that it is. Faults: those of `holderFor`; 'invalid'
 * 'key-pair' (data.field 'publicKey', 'privateKey', or data.rule 'not-enabled'; rule 'previous'
 * where nothing could be the previous one); 'exists' 'key-pair' when there is one of this version;
 * 'not-found' 'key-pair' 'admin' for the tenant's without a pair of the actor's own.
 */
export async function addKeyPair(ctx: Ctx, { of, pair, previous }: AddKeyPair): Promise<void> {
  checkContainers(pair)
  if (previous) checkPrivateKey(previous.privateKey)
  await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const holder = await holderFor(ctx, tx, of, 'write')
    await checkEnabled(ctx, tx, holder)
    if (previous) await retire(tx, holder, previous)
    await insertPair(ctx, tx, holder, pair)
  })
}

/** The tenant's first pair enables encryption; nobody has one of his own before that. */
async function checkEnabled(ctx: Ctx, tx: Tx, holder: KeyHolder): Promise<void> {
  const isEnabled = await tx.keys.isEnabled()
  if (holder.kind !== 'tenant') {
    if (!isEnabled) fault('invalid', 'key-pair', undefined, { rule: 'not-enabled' })
    return
  }
  if (isEnabled) await requireOwnPair(ctx, tx)
  else await enableEncryption(ctx, tx)
}

export async function enableEncryption(ctx: Ctx, tx: Tx): Promise<void> {
  await tx.keys.enable(ctx.now, actorId(ctx.actor))
  await recordEvents(ctx, tx, [{ type: 'encryption.enabled' }])
}

async function retire(
  tx: Tx,
  holder: KeyHolder,
  { version, privateKey }: NonNullable<AddKeyPair['previous']>,
): Promise<void> {
  const pairs = await tx.keys.pairsOf(holder)
  const old = pairs.find((pair) => pair.version === version && !pair.isPrevious)
  if (!old) {
    return fault('invalid', 'key-pair', undefined, { field: 'privateKey', rule: 'previous' })
  }
  await tx.keys.retire(old.id, privateKey)
}

/** Writes a pair that was checked, and the event. */
export async function insertPair(
  ctx: Ctx,
  tx: Tx,
  holder: KeyHolder,
  pair: KeyContainers,
): Promise<void> {
  const id = await tx.keys.takeId()
  const createdBy = actorId(ctx.actor)
  await tx.keys.insert({
    ...pair,
    id,
    holder,
    isPrevious: false,
    createdAt: ctx.now,
    createdBy,
  })
  await recordEvents(ctx, tx, [await pairEvent(tx, 'key-pair.created', holder, id)])
}

/** Of a room's pair its members may read. */
export async function pairEvent(
  tx: Tx,
  type: NewEvent['type'],
  holder: KeyHolder,
  pairId: number,
): Promise<NewEvent> {
  const data = { pair: pairId, holder: holder.kind }
  if (holder.kind === 'user') return { type, subjectId: holder.userId, data }
  if (holder.kind === 'tenant') return { type, data }
  const { roomId } = holder
  const nodeName = (await tx.nodes.find(roomId))?.name
  return { type, nodeId: roomId, roomId, nodeKind: 'room', nodeName, data }
}
