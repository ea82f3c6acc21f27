import { type Kysely, sql } from 'kysely'
import type { Event, EventType, NewEvent } from '../../core/event.ts'
import {
  type EventFilter,
  type EventStore,
  feedWindow,
  mostRecipients,
} from '../../core/events/event-store.ts'
import { aboutUsers, toldToRecipients } from '../../core/events/told-event.ts'
import { READ } from '../../core/permissions/permission.ts'
import { contains } from './contains.ts'
import { prepared } from './prepared.ts'
import type { EventsTable } from './schema/nodes.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Sender = Parameters<EventStore['append']>[1]
type EventRow = Omit<EventsTable, 'id'>

const columns: readonly (keyof EventRow)[] = [
  'tenant_id',
  'at',
  'type',
  'actor_id',
  'address',
  'user_agent',
  'node_id',
  'room_id',
  'node_kind',
  'node_name',
  'subject_id',
  'data',
]

function toRow(tenantId: number, event: NewEvent, by: Sender): EventRow {
  return {
    tenant_id: tenantId,
    at: by.at,
    type: event.type,
    actor_id: by.actorId,
    address: by.address,
    user_agent: by.userAgent,
    node_id: event.nodeId ?? null,
    room_id: event.roomId ?? null,
    node_kind: event.nodeKind ?? null,
    node_name: event.nodeName ?? null,
    subject_id: event.subjectId ?? null,
    data: event.data === undefined ? null : JSON.stringify(event.data),
  }
}

function toEvent(row: EventsTable): Event {
  return {
    id: row.id,
    at: row.at,
    type: row.type as EventType,
    actorId: row.actor_id,
    address: row.address,
    userAgent: row.user_agent,
    ...(row.node_id === null ? {} : { nodeId: row.node_id }),
    ...(row.room_id === null ? {} : { roomId: row.room_id }),
    ...(row.node_kind === null ? {} : { nodeKind: row.node_kind as Event['nodeKind'] }),
    ...(row.node_name === null ? {} : { nodeName: row.node_name }),
    ...(row.subject_id === null ? {} : { subjectId: row.subject_id }),
    ...(row.data === null ? {} : { data: JSON.parse(row.data) as Event['data'] }),
  }
}

/**
 * On SQLite one more than the newest of the tenant: in the order of the commits, and never reused
 * as long as the newest event of a tenant is kept.
 */
const insertNext = prepared((db: Handle, row: EventRow) => {
  const next = sql`(select coalesce(max(id), 0) + 1 from events where tenant_id = ${row.tenant_id})`
  const values = columns.map((column) => sql`${row[column]}`)
  return statement(
    db,
    sql`insert into events (id, ${sql.join(columns.map((column) => sql.ref(column)))})
      values (${next}, ${sql.join(values)})`,
  )
})

const rowsAtOnce = 500

async function append(scope: Scope, events: readonly NewEvent[], by: Sender): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => toRow(scope.tenantId, event, by))
  const told = events.some(({ recipients = [] }) => recipients.length > 0)
  if (scope.kind === 'sqlite' && rows.length === 1 && !told) {
    await insertNext(scope.db, rows[0]!)
    return
  }
  const ids = await (scope.kind === 'postgres' ? appendInOrder : appendNext)(scope, rows)
  if (told) await addRecipients(scope, events, ids)
}

async function addRecipients(
  { db, tenantId }: Scope,
  events: readonly NewEvent[],
  ids: readonly number[],
): Promise<void> {
  const rows = events.flatMap(({ recipients = [] }, at) =>
    [...new Set(recipients)]
      .slice(0, mostRecipients)
      .map((userId) => ({ tenant_id: tenantId, event_id: ids[at]!, user_id: userId })),
  )
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await db
      .insertInto('event_recipients')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute()
  }
}

/** Answers the ids, in the order of the rows. */
async function appendNext(
  { db, tenantId }: Scope,
  rows: readonly EventRow[],
): Promise<readonly number[]> {
  const { newest } = await db
    .selectFrom('events')
    .select(sql<number>`coalesce(max(id), 0)`.as('newest'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  const numbered = rows.map((row, at) => ({ ...row, id: newest + at + 1 }))
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await db
      .insertInto('events')
      .values(numbered.slice(from, from + rowsAtOnce))
      .execute()
  }
  return numbered.map(({ id }) => id)
}

/**
 * PostgreSQL gives ids before the commit, so a reader could see a later event and never an earlier
 * one that was not committed then. Each writer therefore holds, until it commits, a shared lock
 * whose number is the last id given before his: no id of his is lower (see `horizon`).
 */
async function appendInOrder({ db }: Scope, rows: readonly EventRow[]): Promise<readonly number[]> {
  await holdPlace(db, {})
  const ids: number[] = []
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const values = rows
      .slice(from, from + rowsAtOnce)
      .map((row) => ({ ...row, id: sql<number>`nextval('event_ids')` }))
    const inserted = await db.insertInto('events').values(values).returning('id').execute()
    ids.push(...inserted.map(({ id }) => id).sort((a, b) => a - b))
  }
  return ids
}

/** A number of our own among PostgreSQL's advisory locks of two numbers. */
const placeLock = 730194723

const holdPlace = prepared((db: Handle, _: object) => ({
  compile: () =>
    sql`select pg_advisory_xact_lock_shared(${sql.lit(placeLock)},
      cast(last_value % 2147483648 as integer)) from event_ids`.compile(db),
}))

/**
 * Up to which id all events are committed or will never be. The counter is read before the locks:
 * a writer that has its id by then either holds its lock still or has committed.
 */
async function horizon({ db, kind }: Scope): Promise<number> {
  if (kind === 'sqlite') return Number.MAX_SAFE_INTEGER
  const counter = await sql<{ id: number }>`select last_value as id from event_ids`.execute(db)
  const last = counter.rows[0]!.id
  const held = await sql<{ place: number }>`select objid::bigint as place from pg_locks
    where locktype = 'advisory' and classid = ${sql.lit(placeLock)} and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  const places = held.rows.map(({ place }) => last - ((last - place) % 2147483648))
  return Math.min(last, ...places)
}

/**
 * In a room that the user may read now, about him, or taking a right from him; looked for among the
 * newest events.
 */
function toldTo(
  tenantId: number,
  { userId, now }: { readonly userId: number; readonly now: number },
) {
  const about = sql.join(aboutUsers.map((type) => sql.lit(type)))
  const named = sql.join(toldToRecipients.map((type) => sql.lit(type)))
  return sql<boolean>`events.id > (
      select coalesce(max(w.id), 0) - ${sql.lit(feedWindow)} from events w
      where w.tenant_id = ${tenantId})
    and (exists (select 1 from access a
        where a.tenant_id = ${tenantId} and a.boundary_id = events.room_id
          and a.user_id = ${userId} and (a.expire_at is null or a.expire_at > ${now})
          and a.permissions & ${sql.lit(READ)} <> 0)
      or (events.subject_id = ${userId} and events.type in (${about}))
      or (events.type in (${named}) and exists (select 1 from event_recipients r
        where r.tenant_id = ${tenantId} and r.event_id = events.id and r.user_id = ${userId})))`
}

function filtered({ db, kind, tenantId }: Scope, filter: EventFilter, upTo: number | undefined) {
  let query = db.selectFrom('events').where('tenant_id', '=', tenantId)
  if (filter.roomId !== undefined) query = query.where('room_id', '=', filter.roomId)
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId)
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId)
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<=', filter.to)
  if (filter.agentContains !== undefined) {
    query = query.where(contains(kind, 'user_agent', filter.agentContains))
  }
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId)
  if (filter.notActorId !== undefined) {
    query = query.where('actor_id', 'is distinct from', filter.notActorId)
  }
  if (filter.toldTo) query = query.where(toldTo(tenantId, filter.toldTo))
  if (upTo !== undefined) query = query.where('id', '<=', upTo)
  if (filter.types === undefined) return query
  if (filter.types.length === 0) return query.where(sql<boolean>`1 = 0`)
  return query.where('type', 'in', [...filter.types])
}

/** Who reads on from an id gets no event that an earlier one may still precede. */
async function visibleUpTo(scope: Scope, filter: EventFilter): Promise<number | undefined> {
  return filter.afterId === undefined ? undefined : horizon(scope)
}

/** The events of one tenant. */
export function eventStore(scope: Scope): EventStore {
  return {
    append: async (events, by) => {
      scope.queued.event = true
      await append(scope, events, by)
    },
    async findMany(ids) {
      if (ids.length === 0) return []
      const { db, kind, tenantId } = scope
      const rows = await db
        .selectFrom('events')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where(inList(kind, 'id', idList(scope, ids)))
        .orderBy('id')
        .execute()
      return rows.map(toEvent)
    },
    async recipientsOf(eventIds, userIds) {
      if (eventIds.length === 0 || userIds.length === 0) return new Map()
      const { db, kind, tenantId } = scope
      const rows = await db
        .selectFrom('event_recipients')
        .select(['event_id', 'user_id'])
        .where('tenant_id', '=', tenantId)
        .where(inList(kind, 'event_id', idList(scope, eventIds)))
        .where(inList(kind, 'user_id', idList(scope, userIds)))
        .execute()
      const byEvent = Map.groupBy(rows, (row) => row.event_id)
      return new Map([...byEvent].map(([id, told]) => [id, told.map((row) => row.user_id)]))
    },
    async count(filter) {
      const { count } = await filtered(scope, filter, await visibleUpTo(scope, filter))
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return count
    },
    async page(filter, { offset, limit, descending }) {
      if (limit <= 0) return []
      const rows = await filtered(scope, filter, await visibleUpTo(scope, filter))
        .selectAll()
        .orderBy('id', descending ? 'desc' : 'asc')
        .limit(limit)
        .offset(offset)
        .execute()
      return rows.map(toEvent)
    },
  }
}
