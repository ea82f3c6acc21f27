import { type Kysely, sql } from 'kysely'
import type { Tally } from '../../core/nodes/node.ts'
import type { TallyChange, TallyStore } from '../../core/nodes/tally-store.ts'
import { kindOf } from './engine-handle.ts'
import { prepared } from './prepared.ts'
import type { TalliesTable } from './schema/nodes.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Many = { tenantId: number; list: unknown }
type TallyRow = Omit<TalliesTable, 'tenant_id' | 'shard'>

const sums = prepared((db: Handle, { tenantId, list }: Many) =>
  statement(
    db,
    sql<TallyRow>`select node_id, sum(rooms) as rooms, sum(folders) as folders,
      sum(files) as files, sum(size) as size, sum(revision) as revision, sum(listing) as listing,
      max(changed_at) as changed_at
      from tallies where tenant_id = ${tenantId} and ${inList(kindOf(db), 'node_id', list)}
      group by node_id`,
  ),
)

async function talliesOf(scope: Scope, ids: readonly number[]): Promise<Map<number, Tally>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sums(scope.db, { tenantId: scope.tenantId, list: idList(scope, ids) })
  return new Map(rows.map((row) => [row.node_id, toTally(row)]))
}

function toTally(row: TallyRow): Tally {
  return {
    rooms: row.rooms,
    folders: row.folders,
    files: row.files,
    size: row.size,
    revision: row.revision,
    listing: row.listing,
    changedAt: row.changed_at,
  }
}

const rowsAtOnce = 500

/** Written to shard 0: a new container has no other rows. */
async function insertTallies(
  { db, tenantId }: Scope,
  tallies: readonly (Tally & { readonly id: number })[],
): Promise<void> {
  for (let from = 0; from < tallies.length; from += rowsAtOnce) {
    const rows = tallies.slice(from, from + rowsAtOnce).map(({ id, changedAt, ...counts }) => ({
      tenant_id: tenantId,
      node_id: id,
      shard: 0,
      rooms: counts.rooms,
      folders: counts.folders,
      files: counts.files,
      size: counts.size,
      revision: counts.revision,
      listing: counts.listing,
      changed_at: changedAt,
    }))
    await db.insertInto('tallies').values(rows).execute()
  }
}

type Applied = {
  tenantId: number
  shard: number
  rooms: number
  folders: number
  files: number
  size: number
  listing: number
  at: number
} & Record<`id${number}`, number>

/** Containers of one statement; paths are rarely longer. */
const containersAtOnce = 16

/**
 * One prepared statement for each number of containers. The first is the direct parent; only its
 * children are counted. What was never created is created, so that nothing is lost.
 */
const additions = Array.from({ length: containersAtOnce + 1 }, (_, count) =>
  prepared((db: Handle, change: Applied) => {
    const rowOf = (at: number) =>
      at === 0
        ? sql`${change.rooms}, ${change.folders}, ${change.files}, ${change.size}, 1,
            ${change.listing}, ${change.at}`
        : sql`0, 0, 0, ${change.size}, 1, 0, ${change.at}`
    const rows = Array.from(
      { length: count },
      (_, at) => sql`(${change.tenantId}, ${change[`id${at}`]}, ${change.shard}, ${rowOf(at)})`,
    )
    const latest = sql.raw(kindOf(db) === 'sqlite' ? 'max' : 'greatest')
    return statement(
      db,
      sql`insert into tallies
          (tenant_id, node_id, shard, rooms, folders, files, size, revision, listing, changed_at)
        values ${sql.join(rows)}
        on conflict (tenant_id, node_id, shard) do update set
          rooms = tallies.rooms + excluded.rooms, folders = tallies.folders + excluded.folders,
          files = tallies.files + excluded.files, size = tallies.size + excluded.size,
          revision = tallies.revision + 1, listing = tallies.listing + excluded.listing,
          changed_at = ${latest}(tallies.changed_at, excluded.changed_at)`,
    )
  }),
)

/** The parent first, then the others by falling id: mostly one order for all writers. */
async function applyChange(scope: Scope, change: TallyChange): Promise<void> {
  const { parentId } = change
  const above = [...new Set(change.ancestorIds)].filter((id) => id !== parentId)
  above.sort((a, b) => b - a)
  const counts = { rooms: change.rooms ?? 0, folders: change.folders ?? 0 }
  const files = change.files ?? 0
  const fixed = { tenantId: scope.tenantId, shard: scope.shard(), size: change.size ?? 0 }
  if (parentId !== null) {
    const first = above.splice(0, containersAtOnce - 1)
    const values = { ...fixed, ...counts, files, listing: 1, at: change.at }
    await additions[first.length + 1]!(scope.db, numbered(values, [parentId, ...first]))
  }
  while (above.length > 0) {
    const next = above.splice(0, containersAtOnce)
    const values = { ...fixed, rooms: 0, folders: 0, files: 0, listing: 0, at: change.at }
    await additions[next.length]!(scope.db, numbered(values, next))
  }
}

function numbered(values: Omit<Applied, `id${number}`>, ids: readonly number[]): Applied {
  const applied: Applied = { ...values }
  for (let at = 0; at < ids.length; at++) applied[`id${at}`] = ids[at]!
  return applied
}

const tenantSum = prepared((db: Handle, { tenantId }: { tenantId: number }) =>
  statement(
    db,
    sql<{ bytes: number }>`select coalesce(sum(bytes), 0) as bytes from tenant_bytes
      where tenant_id = ${tenantId}`,
  ),
)

type Booking = { tenantId: number; shard: number; bytes: number }

/**
 * On PostgreSQL a booking shares the lock that `lock` takes alone, so that nobody books beside a
 * decision near a limit.
 */
const bookBytes = prepared((db: Handle, { tenantId, shard, bytes }: Booking) => {
  const values = sql`cast(${tenantId} as bigint), cast(${shard} as bigint),
    cast(${bytes} as bigint)`
  const source =
    kindOf(db) === 'sqlite'
      ? sql`select ${values} where true`
      : sql`select ${values} from (select pg_advisory_xact_lock_shared(${sql.lit(bookingLock)},
          cast(${tenantId} as integer)) offset 0) held`
  return statement(
    db,
    sql`insert into tenant_bytes (tenant_id, shard, bytes) ${source}
      on conflict (tenant_id, shard) do update set bytes = tenant_bytes.bytes + excluded.bytes`,
  )
})

/** A number of our own among PostgreSQL's advisory locks of two numbers. */
const bookingLock = 730194722

/** The counters of one tenant. */
export function tallyStore(scope: Scope): TallyStore {
  const { db, kind, tenantId } = scope
  return {
    of: (ids) => talliesOf(scope, ids),
    create: (id, at) => insertTallies(scope, [{ id, ...nothing, changedAt: at }]),
    insertMany: (rows) => insertTallies(scope, rows),
    apply: (change) => applyChange(scope, change),
    async tenantBytes() {
      return (await tenantSum(db, { tenantId })).rows[0]!.bytes
    },
    async book(bytes) {
      if (bytes !== 0) await bookBytes(db, { tenantId, shard: scope.shard(), bytes })
    },
    async lock() {
      if (kind === 'sqlite') return
      await sql`select pg_advisory_xact_lock(${sql.lit(bookingLock)},
        cast(${tenantId} as integer))`.execute(db)
    },
  }
}

const nothing = { rooms: 0, folders: 0, files: 0, size: 0, revision: 0, listing: 0 }
