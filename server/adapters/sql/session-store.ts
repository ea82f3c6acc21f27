import { type Kysely, sql } from 'kysely'
import type { Session, SessionKind } from '../../core/sessions/session.ts'
import type { SessionStore } from '../../core/sessions/session-store.ts'
import { groupRoles } from './group-roles.ts'
import { ids } from './ids.ts'
import { prepared } from './prepared.ts'
import type { SessionsTable } from './schema/identity.ts'
import type { Database } from './schema.ts'
import { pick, type Scope } from './scope.ts'
import { toUser, userColumns } from './user-rows.ts'

type Handle = Kysely<Database>
type One = { tenantId: number; id: number }

const sessionColumns = [
  'sessions.id as session_id',
  'kind',
  'user_id',
  'family_id',
  'client_id',
  'sessions.created_at as started_at',
  'last_used_at',
  'sessions.expire_at as ends_at',
  'idle_seconds',
  'user_agent',
  'address',
  'data',
  'wipe_at',
] as const

const usersColumns = userColumns.map((column) => `users.${column}` as const)

/** Named one by one, since `prepared` gives stand-ins. */
const tableColumns: readonly (keyof SessionsTable)[] = [
  'tenant_id',
  'digest',
  'id',
  'kind',
  'user_id',
  'family_id',
  'client_id',
  'created_at',
  'last_used_at',
  'expire_at',
  'idle_seconds',
  'user_agent',
  'address',
  'data',
  'consumed_at',
  'wipe_at',
]

const insertRow = prepared((db: Handle, row: SessionsTable) =>
  db.insertInto('sessions').values(pick(row, tableColumns)),
)

type Digest = { tenantId: number; digest: string; now: number }

/** The statement of every request: look-ups by key of session, user, and the user's groups. */
const byDigest = prepared((db: Handle, { tenantId, digest, now }: Digest) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', (join) =>
      join
        .onRef('users.tenant_id', '=', 'sessions.tenant_id')
        .onRef('users.id', '=', 'sessions.user_id'),
    )
    .select(sessionColumns)
    .select(usersColumns)
    .select(groupRoles(sql`users.tenant_id`, sql`users.id`, sql`${now}`).as('group_roles'))
    .where('sessions.tenant_id', '=', tenantId)
    .where('sessions.digest', '=', digest),
)

const selectById = (db: Handle, { tenantId, id }: One) =>
  db
    .selectFrom('sessions')
    .select(sessionColumns)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)

const byId = prepared(selectById)
const byIdForUpdate = prepared((db: Handle, one: One) => selectById(db, one).forUpdate())

const setUsed = prepared((db: Handle, { tenantId, id, at }: One & { at: number }) =>
  db
    .updateTable('sessions')
    .set({ last_used_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('last_used_at', '<', at),
)

const setConsumed = prepared((db: Handle, { tenantId, id, at }: One & { at: number }) =>
  db
    .updateTable('sessions')
    .set({ consumed_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('consumed_at', 'is', null),
)

type Group = 'id' | 'family_id' | 'user_id'
type GroupOf = One & { keep: number }

const removal = (column: Group) => ({
  lock: prepared((db: Handle, { tenantId, id, keep }: GroupOf) =>
    db
      .selectFrom('sessions')
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where(column, '=', id)
      .where('family_id', '<>', keep)
      .orderBy('id')
      .forUpdate(),
  ),
  remove: prepared((db: Handle, { tenantId, id, keep }: GroupOf) =>
    db
      .deleteFrom('sessions')
      .where('tenant_id', '=', tenantId)
      .where(column, '=', id)
      .where('family_id', '<>', keep),
  ),
})

const removals = {
  id: removal('id'),
  family_id: removal('family_id'),
  user_id: removal('user_id'),
} as const satisfies Record<Group, unknown>

/**
 * On PostgreSQL the rows are locked first: who adds a session to a family holds a row of it, so
 * that what he adds is there when the rows are removed, or he finds his row gone.
 */
async function removeBy(scope: Scope, group: Group, id: number, keepFamily = 0): Promise<void> {
  const rows = { tenantId: scope.tenantId, id, keep: keepFamily }
  if (scope.kind === 'postgres') await removals[group].lock(scope.db, rows)
  await removals[group].remove(scope.db, rows)
}

const removeOld = prepared(
  (db: Handle, { tenantId, now, limit }: { tenantId: number; now: number; limit: number }) =>
    db
      .deleteFrom('sessions')
      .where('tenant_id', '=', tenantId)
      .where('digest', 'in', (eb) =>
        eb
          .selectFrom('sessions')
          .select('digest')
          .where('tenant_id', '=', tenantId)
          .where('expire_at', '<=', now)
          .orderBy('expire_at')
          .limit(limit),
      ),
)

/** Sessions of one tenant, found by the digest of their token. */
export function sessionStore(scope: Scope): SessionStore {
  const { db, kind, tenantId } = scope
  return {
    takeId: () => ids.next(db, 'sessions'),
    async insert(session, digest) {
      await insertRow(db, toRow(tenantId, session, digest))
    },
    async findByDigest(digest, now) {
      const row = (await byDigest(db, { tenantId, digest, now })).rows[0]
      if (!row) return undefined
      const user = toUser(row)
      return { session: toSession(row), user, roles: user.roles | row.group_roles }
    },
    async find(id) {
      const row = (await byId(db, { tenantId, id })).rows[0]
      return row && toSession(row)
    },
    async hold(id) {
      const look = kind === 'sqlite' ? byId : byIdForUpdate
      const row = (await look(db, { tenantId, id })).rows[0]
      return row && toSession(row)
    },
    async touch(id, at) {
      await setUsed(db, { tenantId, id, at })
    },
    async setWipe(id, at) {
      await db
        .updateTable('sessions')
        .set({ wipe_at: at })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute()
    },
    async consume(id, at) {
      return (await setConsumed(db, { tenantId, id, at })).numAffectedRows === 1n
    },
    async remove(id) {
      await removeBy(scope, 'id', id)
    },
    async removeFamily(id) {
      await removeBy(scope, 'family_id', id)
    },
    async removeOfUser(id, keepFamily) {
      await removeBy(scope, 'user_id', id, keepFamily)
    },
    async ofUser(userId, kinds) {
      if (kinds.length === 0) return []
      const rows = await db
        .selectFrom('sessions')
        .select(sessionColumns)
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .where('kind', 'in', [...kinds])
        .orderBy('id')
        .execute()
      return rows.map(toSession)
    },
    async removeExpired(now, limit) {
      return Number((await removeOld(db, { tenantId, now, limit })).numAffectedRows)
    },
  }
}

type SessionRow = Pick<
  SessionsTable,
  | 'kind'
  | 'user_id'
  | 'family_id'
  | 'client_id'
  | 'last_used_at'
  | 'idle_seconds'
  | 'user_agent'
  | 'address'
  | 'data'
  | 'wipe_at'
> & { session_id: number; started_at: number; ends_at: number }

function toSession(row: SessionRow): Session {
  return {
    id: row.session_id,
    kind: row.kind as SessionKind,
    userId: row.user_id,
    familyId: row.family_id,
    clientId: row.client_id,
    createdAt: row.started_at,
    lastUsedAt: row.last_used_at,
    expireAt: row.ends_at,
    idleSeconds: row.idle_seconds,
    userAgent: row.user_agent,
    address: row.address,
    wipeAt: row.wipe_at,
    data: row.data === '{}' ? {} : JSON.parse(row.data),
  }
}

function toRow(tenantId: number, session: Session, digest: string): SessionsTable {
  return {
    tenant_id: tenantId,
    digest,
    id: session.id,
    kind: session.kind,
    user_id: session.userId,
    family_id: session.familyId,
    client_id: session.clientId,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    expire_at: session.expireAt,
    idle_seconds: session.idleSeconds,
    user_agent: session.userAgent,
    address: session.address,
    data: JSON.stringify(session.data),
    consumed_at: null,
    wipe_at: session.wipeAt,
  }
}
