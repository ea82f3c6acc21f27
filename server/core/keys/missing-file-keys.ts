import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { ROLE_CONFIG } from '../permissions/permission.ts'
import { visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { requireOwnPair } from './key-holder.ts'
import type { KeyHolder } from './key-pair.ts'
import type { MissingKey, MissingQuery } from './key-store.ts'

/** Most items of one answer, and how far into the list a page may start. */
export const maxMissing = 100
const maxOffset = 10_000

export type MissingFileKeys = {
  /** Whose pair the client can open. */
  readonly by: KeyHolder['kind']
  /** That is one which another one took the place of: its own holder alone is in need. */
  readonly previous?: boolean
  readonly room?: NodeRef
  readonly file?: NodeRef
  readonly userId?: number
  readonly page: { readonly offset: number; readonly limit: number }
}

export type MissingPage = {
  readonly items: readonly MissingKey[]
  /** At least: there are more when it is greater than what the page shows. */
  readonly total: number
}

/**
 * Who needs a key of which file, as far as the asker can make one, beside the key that he can open:
 * rescue pairs first, then users. Of files that the asker may open; with the tenant's pair whoever
 * has ROLE_CONFIG gets those of all rooms. Faults: 'not-found' 'key-pair' 'admin' without a pair of
 * his own, 'not-found' 'node' 'room' or 'file', 'not-found' 'user', 'not-encrypted' 'node' 'room',
 * 'key-missing' 'node' 'room' (it has no rescue pair), 'forbidden' 'user' for previous keys of
 * somebody else, 'range' 'body'.
 */
export async function missingFileKeys(ctx: Ctx, input: MissingFileKeys): Promise<MissingPage> {
  const { userId, roles } = actingUser(ctx)
  const { by, previous = false } = input
  const { offset, limit } = input.page
  if (offset > maxOffset) fault('range', 'body')
  return ctx.read(async (tx) => {
    const narrowed = await narrow(ctx, tx, input, userId)
    await requireOwnPair(ctx, tx)
    const isAll = by === 'tenant' && (roles & ROLE_CONFIG) !== 0
    const query = {
      ...narrowed,
      by: { kind: by, userId },
      current: !previous,
      seenBy: isAll ? null : userId,
      now: ctx.now,
    }
    const kinds: readonly KeyHolder['kind'][] = previous ? [by] : ['tenant', 'room', 'user']
    const wanted = input.userId === undefined ? kinds : kinds.filter((kind) => kind === 'user')
    const found = await firstOf(tx, query, wanted, offset + limit + 1)
    return { items: onlyOnce(found).slice(offset, offset + limit), total: found.length }
  })
}

async function narrow(
  ctx: Ctx,
  tx: Tx,
  { by, previous, room: roomRef, file: fileRef, userId }: MissingFileKeys,
  ownId: number,
): Promise<Pick<MissingQuery, 'roomId' | 'nodeId' | 'userId'>> {
  if (userId !== undefined) {
    if (previous && by === 'user' && userId !== ownId) {
      fault('forbidden', 'user', undefined, { rule: 'previous-keys' })
    }
    if (!(await tx.users.find(userId))) fault('not-found', 'user')
  }
  const room = roomRef && (await visible(ctx, tx, roomRef, 'room')).node
  if (room && room.kind !== 'room') fault('wrong-kind', 'node', 'room')
  if (room && room.encryptedBy === null) fault('not-encrypted', 'node', 'room')
  if (room && by === 'room') await requireRescue(tx, room.encryptedBy!)
  const file = fileRef && (await visible(ctx, tx, fileRef, 'file')).node
  if (file && file.kind !== 'file') fault('wrong-kind', 'node', 'file')
  return { roomId: room?.id, nodeId: file?.id, userId }
}

async function requireRescue(tx: Tx, roomId: number): Promise<void> {
  const pairs = await tx.keys.pairsOf({ kind: 'room', roomId })
  if (pairs.length === 0) fault('key-missing', 'node', 'room')
}

async function firstOf(
  tx: Tx,
  query: Omit<MissingQuery, 'of'>,
  kinds: readonly KeyHolder['kind'][],
  count: number,
): Promise<MissingKey[]> {
  const found: MissingKey[] = []
  for (const of of kinds) {
    const left = count - found.length
    if (left <= 0) break
    found.push(...(await tx.keys.missing({ ...query, of }, { offset: 0, limit: left })))
  }
  return found
}

/** Two pairs of the asker may open the same file. */
function onlyOnce(found: readonly MissingKey[]): MissingKey[] {
  const names = new Set<string>()
  return found.filter(({ versionId, pairId }) => {
    const name = `${versionId} ${pairId}`
    return names.has(name) ? false : names.add(name)
  })
}
