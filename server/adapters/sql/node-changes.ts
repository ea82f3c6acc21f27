import { type Kysely, sql, type Updateable } from 'kysely'
import { fault } from '../../core/fault.ts'
import type { Node } from '../../core/nodes/node.ts'
import type { NewNode, NodeChange, Version } from '../../core/nodes/node-store.ts'
import { attempt } from './attempt.ts'
import { violatesUnique } from './constraint-of.ts'
import { ids } from './ids.ts'
import { childByKey, nodeById } from './node-look-ups.ts'
import {
  contentColumns,
  kindCodes,
  kindOrders,
  nameColumns,
  nodeRowColumns,
  roomColumns,
  toNodeRow,
  toVersionRow,
  versionRowColumns,
} from './node-rows.ts'
import { prepared } from './prepared.ts'
import type { NodesTable, VersionsTable } from './schema/nodes.ts'
import type { Database } from './schema.ts'
import { pick, type Scope, statement } from './scope.ts'

/** Rows of one INSERT; SQLite takes 32,766 values in a statement. */
const rowsAtOnce = 500

/** The first of `count` ids that follow each other. */
export async function takeNodeIds({ db }: Scope, count: number): Promise<number> {
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`${count} ids cannot be taken`)
  for (;;) {
    const taken = await ids.take(db, 'nodes', count)
    const first = taken[0]!
    // Ids that other processes took from between are left out; gaps are normal.
    if (taken[count - 1] === first + count - 1) return first
  }
}

const insertRow = prepared((db: Kysely<Database>, row: NodesTable) =>
  db
    .insertInto('nodes')
    .values(pick(row, nodeRowColumns))
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'parent_id', 'name_key'])
        .where('deleted_at', 'is', null)
        .doNothing(),
    ),
)

export async function insertNode(scope: Scope, node: NewNode): Promise<void> {
  const row = toNodeRow(scope.tenantId, node)
  // The sibling in the way may be gone when it is looked for: then the name is free again.
  for (let tries = 0; tries < 3; tries++) {
    const { numAffectedRows } = await insertRow(scope.db, row)
    if (numAffectedRows === 1n) return
    const sibling = await childByKey(scope, node.parentId, row.name_key)
    if (sibling) fault('name-taken', 'node', undefined, { node: sibling.id })
  }
  fault('name-taken', 'node')
}

export async function insertNodes(scope: Scope, nodes: readonly NewNode[]): Promise<void> {
  for (let from = 0; from < nodes.length; from += rowsAtOnce) {
    const rows = nodes.slice(from, from + rowsAtOnce)
    const values = rows.map((node) => toNodeRow(scope.tenantId, node))
    await scope.db.insertInto('nodes').values(values).execute()
  }
}

type Changes = Updateable<NodesTable>
type Update = (
  db: Kysely<Database>,
  values: Changes & { tenantId: number; nodeId: number },
) => Promise<{ numAffectedRows?: bigint }>

/** One prepared statement for each set of columns that changes together. */
const updates = new Map<string, Update>()
const updatesAtMost = 300

function updateOf(changes: Changes): Update {
  const columns = Object.keys(changes) as (keyof Changes)[]
  const key = columns.join()
  const known = updates.get(key)
  if (known) return known
  if (updates.size >= updatesAtMost) updates.clear()
  const update: Update = prepared(
    (db: Kysely<Database>, values: Changes & { tenantId: number; nodeId: number }) =>
      db
        .updateTable('nodes')
        .set(Object.fromEntries(columns.map((column) => [column, values[column]])))
        .where('tenant_id', '=', values.tenantId)
        .where('id', '=', values.nodeId)
        .where(sql<boolean>`coalesce(deleted_at, 0) = 0`),
  )
  updates.set(key, update)
  return update
}

/** Faults 'not-found' when the node is not live any more, 'name-taken' on a clash. */
export async function updateNode(scope: Scope, id: number, change: NodeChange): Promise<void> {
  const moves = change.name !== undefined || change.parentId !== undefined
  const node = moves ? await nodeById(scope, id) : undefined
  if (moves && !node) fault('not-found', 'node')
  const changes = changedColumns(change, node)
  if (Object.keys(changes).length === 0) return
  const run = (db: Kysely<Database>) =>
    updateOf(changes)(db, { ...changes, tenantId: scope.tenantId, nodeId: id })
  const { numAffectedRows } = await (node
    ? atPlace(scope, { ...node, ...change }, run)
    : run(scope.db))
  if (numAffectedRows !== 1n) fault('not-found', 'node')
}

/** Runs a change of name or parent so that a clash leaves the transaction usable. */
export async function atPlace<T>(
  scope: Scope,
  node: Pick<Node, 'name' | 'parentId' | 'kind'>,
  run: (db: Kysely<Database>) => Promise<T>,
): Promise<T> {
  try {
    // A failed statement of SQLite undoes itself; PostgreSQL needs a savepoint for that.
    return await (scope.kind === 'sqlite' ? run(scope.db) : attempt(scope.db, run))
  } catch (error) {
    if (!violatesUnique(error, 'nodes', ['tenant_id', 'parent_id', 'name_key'])) throw error
    const { name_key: key } = nameColumns(node.name, node.kind)
    const sibling = await childByKey(scope, node.parentId, key)
    return fault('name-taken', 'node', undefined, sibling ? { node: sibling.id } : {})
  }
}

const plainColumns = {
  boundaryId: 'boundary_id',
  currentId: 'current_id',
  updatedAt: 'updated_at',
  updatedBy: 'updated_by',
  clientCreatedAt: 'client_created_at',
  clientModifiedAt: 'client_modified_at',
  notes: 'notes',
  classification: 'classification',
  expireAt: 'expire_at',
  encryptedBy: 'encrypted_by',
} as const satisfies Partial<Record<keyof NodeChange, keyof NodesTable>>

/** `node` is the node as it is now; needed when the name changes. */
function changedColumns(change: NodeChange, node: Node | undefined): Changes {
  const changes: Record<string, unknown> = {}
  for (const member of Object.keys(plainColumns) as (keyof typeof plainColumns)[]) {
    if (change[member] !== undefined) changes[plainColumns[member]] = change[member]
  }
  if (change.parentId !== undefined) changes.parent_id = change.parentId ?? 0
  if (change.kind !== undefined) {
    changes.kind = kindCodes[change.kind]
    changes.kind_order = kindOrders[change.kind]
  }
  if (change.name !== undefined && node) Object.assign(changes, nameColumns(change.name, node.kind))
  if (change.content !== undefined) {
    Object.assign(changes, contentColumns(change.content), { has_old: 1 })
  }
  if (change.room !== undefined) Object.assign(changes, roomColumns(change.room))
  return changes
}

const insertVersionRow = prepared((db: Kysely<Database>, row: VersionsTable) =>
  db.insertInto('versions').values(pick(row, versionRowColumns)),
)

export async function insertVersion({ db, tenantId }: Scope, version: Version): Promise<void> {
  await insertVersionRow(db, toVersionRow(tenantId, version))
}

export async function insertVersions(scope: Scope, versions: readonly Version[]): Promise<void> {
  for (let from = 0; from < versions.length; from += rowsAtOnce) {
    const rows = versions.slice(from, from + rowsAtOnce)
    const values = rows.map((version) => toVersionRow(scope.tenantId, version))
    await scope.db.insertInto('versions').values(values).execute()
  }
}

type Superseding = { tenantId: number; versionId: number; at: number; by: number | null }

const supersede = prepared((db: Kysely<Database>, { tenantId, versionId, at, by }: Superseding) =>
  statement(
    db,
    sql`update versions set superseded_at = ${at}, superseded_by = ${by}
      where tenant_id = ${tenantId} and id = ${versionId} and superseded_at is null
        and node_id = coalesce((select v.node_id from versions v
          where v.tenant_id = ${tenantId} and v.id = ${versionId} and v.id <> v.node_id),
          ${versionId})`,
  ),
)

/**
 * Closes a current version. When another transaction did so meanwhile, this one rests on an old
 * state: the error is one that the engine answers by running it again (PostgreSQL only).
 */
export async function supersedeVersion(
  { db, tenantId }: Scope,
  versionId: number,
  at: number,
  by: number | null,
): Promise<void> {
  const { numAffectedRows } = await supersede(db, { tenantId, versionId, at, by })
  if (numAffectedRows === 1n) return
  const error = new Error(`Version ${versionId} is not current any more`)
  throw Object.assign(error, { code: '40001' })
}

type Removing = { tenantId: number; id: number }

const removeMount = prepared((db: Kysely<Database>, { tenantId, id }: Removing) =>
  db
    .deleteFrom('nodes')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('target_id', 'is not', null),
)

export async function removeMounts(scope: Scope, mountIds: readonly number[]): Promise<void> {
  for (const id of mountIds) await removeMount(scope.db, { tenantId: scope.tenantId, id })
}

/** No-op on SQLite, which has one writer. */
export async function lockTree({ db, kind, tenantId }: Scope): Promise<void> {
  if (kind === 'sqlite') return
  const tenant = sql`cast(${tenantId} as integer)`
  await sql`select pg_advisory_xact_lock(${sql.lit(treeLock)}, ${tenant})`.execute(db)
}

/** A number of our own among PostgreSQL's advisory locks of two numbers. */
const treeLock = 730194721
