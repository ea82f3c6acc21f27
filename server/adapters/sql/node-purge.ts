import { type Kysely, sql } from 'kysely'
import { kindOf } from './engine-handle.ts'
import { wholeSubtreeIds } from './node-tree.ts'
import { prepared } from './prepared.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Many = { tenantId: number; list: unknown }

const removeNodes = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql`delete from nodes where tenant_id = ${tenantId} and ${inList(kindOf(db), 'id', list)}`,
  ),
)

const removeVersions = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql<{ size: number }>`delete from versions
      where tenant_id = ${tenantId} and ${inList(kindOf(db), 'node_id', list)} returning size`,
  ),
)

/** Mounts of the removed rooms, hidden ones too, in whatever home they are. */
const removeMountsTo = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql`delete from nodes where tenant_id = ${tenantId} and target_id is not null
      and ${inList(kindOf(db), 'target_id', list)}`,
  ),
)

/** Tables whose rows belong to nodes, and the column that names the node. */
const belongings = [
  ['tallies', 'node_id'],
  ['grants', 'room_id'],
  ['admissions', 'room_id'],
  ['access', 'boundary_id'],
  ['access', 'via_id'],
  ['links', 'node_id'],
  ['link_files', 'node_id'],
  ['exports', 'node_id'],
  ['favorites', 'node_id'],
  ['comments', 'node_id'],
  ['invitations', 'node_id'],
  ['publications', 'node_id'],
  ['offers', 'node_id'],
  ['node_subscriptions', 'node_id'],
  ['room_webhooks', 'room_id'],
  ['file_keys', 'node_id'],
  ['encrypted_rooms', 'room_id'],
] as const

/** Comments go with the people to whom they gave tasks. */
const removeAssignees = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql`delete from comment_assignees where tenant_id = ${tenantId} and comment_id in (
      select c.id from comments c
      where c.tenant_id = ${tenantId} and ${inList(kindOf(db), 'c.node_id', list)})`,
  ),
)

const removals = belongings.map(([table, column]) =>
  prepared((db: Handle, { tenantId, list }: Many) =>
    statement(
      db,
      sql`delete from ${sql.table(table)}
        where tenant_id = ${tenantId} and ${inList(kindOf(db), column, list)}`,
    ),
  ),
)

/** Rescue keys of the removed rooms; what they opened goes with its files. */
const removeRoomKeys = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql`delete from key_pairs where tenant_id = ${tenantId} and holder_kind = 'room'
      and ${inList(kindOf(db), 'holder_id', list)}`,
  ),
)

/** Bounds the memory of one statement's list. */
const idsAtOnce = 10_000

/**
 * Removes a subtree and all that belongs to it for good; the bytes of the versions stay in the byte
 * store until the sweep finds that nothing refers to them.
 */
export async function purge(scope: Scope, id: number): Promise<{ nodes: number; bytes: number }> {
  const { db, tenantId } = scope
  const all = await wholeSubtreeIds(scope, id)
  let bytes = 0
  for (let from = 0; from < all.length; from += idsAtOnce) {
    const values = { tenantId, list: idList(scope, all.slice(from, from + idsAtOnce)) }
    for (const { size } of (await removeVersions(db, values)).rows) bytes += size
    await removeAssignees(db, values)
    for (const remove of removals) await remove(db, values)
    await removeMountsTo(db, values)
    await removeRoomKeys(db, values)
    await removeNodes(db, values)
  }
  return { nodes: all.length, bytes }
}
