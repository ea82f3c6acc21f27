import {
  type ExpressionBuilder,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
  sql,
} from 'kysely'
import { fault } from '../../core/fault.ts'
import type { Person, User } from '../../core/users/user.ts'
import type { LoginKind, UserFilter, UserSort, UserStore } from '../../core/users/user-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { attempt } from './attempt.ts'
import { flag } from './column-types.ts'
import { violatesUnique } from './constraint-of.ts'
import { contains } from './contains.ts'
import { kindOf } from './engine-handle.ts'
import { groupRoles, lastingRoles } from './group-roles.ts'
import { bytesByKind, managesRooms, trashBytes } from './home-sums.ts'
import { ids } from './ids.ts'
import { prepared } from './prepared.ts'
import type { UsersTable } from './schema/identity.ts'
import type { Database } from './schema.ts'
import { idList, inList, pick, type Scope } from './scope.ts'
import { removeUser } from './user-removal.ts'
import { changedUserColumns, toUser, toUserRow, userColumns } from './user-rows.ts'

type Handle = Kysely<Database>
type One = { tenantId: number; id: number }

const selectById = (db: Handle, { tenantId, id }: One) =>
  db.selectFrom('users').select(userColumns).where('tenant_id', '=', tenantId).where('id', '=', id)

const byId = prepared(selectById)
const byIdForUpdate = prepared((db: Handle, one: One) => selectById(db, one).forUpdate())

/** At most three are looked at: the one with the name, and whether an address is one account's. */
const byLogin = prepared((db: Handle, { tenantId, key }: { tenantId: number; key: string }) =>
  db
    .selectFrom('users')
    .select([...userColumns, 'user_name_key'])
    .where('tenant_id', '=', tenantId)
    .where((eb) => eb.or([eb('user_name_key', '=', key), eb('email_key', '=', key)]))
    .orderBy((eb) => eb.case().when('user_name_key', '=', key).then(0).else(1).end())
    .limit(3),
)

/** Named one by one, since `prepared` gives stand-ins. */
const tableColumns: readonly (keyof UsersTable)[] = [
  'tenant_id',
  'id',
  'user_name',
  'user_name_key',
  'first_name',
  'first_name_key',
  'last_name',
  'last_name_key',
  'email',
  'email_key',
  'phone',
  'language',
  'is_locked',
  'expire_at',
  'must_change_password',
  'agreed_at',
  'avatar',
  'home_id',
  'roles',
  'created_at',
  'last_login_at',
  'last_failure_at',
  'profile',
  'password_hash',
]

type Login = { tenantId: number; value: string | number }

const bySome = (column: 'email_key' | 'phone' | 'user_name_key' | 'id') =>
  prepared((db: Handle, { tenantId, value }: Login) =>
    db
      .selectFrom('users')
      .select(userColumns)
      .where('tenant_id', '=', tenantId)
      .where(column, '=', value)
      .limit(2),
  )

const byKind = {
  userName: bySome('user_name_key'),
  email: bySome('email_key'),
  phone: bySome('phone'),
  id: bySome('id'),
}

const insertRow = prepared((db: Handle, row: UsersTable) =>
  db
    .insertInto('users')
    .values(pick(row, tableColumns))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'user_name_key']).doNothing()),
)

const hashOf = prepared((db: Handle, { tenantId, id }: One) =>
  db
    .selectFrom('users')
    .select('password_hash')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id),
)

const setHash = prepared((db: Handle, { tenantId, id, hash }: One & { hash: string }) =>
  db
    .updateTable('users')
    .set({ password_hash: hash })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id),
)

const personColumns = ['id', 'user_name', 'first_name', 'last_name', 'email', 'avatar'] as const

const peopleOf = prepared((db: Handle, { tenantId, list }: { tenantId: number; list: unknown }) =>
  db
    .selectFrom('users')
    .select(personColumns)
    .where('tenant_id', '=', tenantId)
    .where(inList(kindOf(db), 'id', list)),
)

const personById = prepared((db: Handle, { tenantId, id }: One) =>
  db
    .selectFrom('users')
    .select(personColumns)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id),
)

/** Accounts of one tenant. */
export function userStore(scope: Scope): UserStore {
  const { db, tenantId } = scope
  return {
    takeId: () => ids.next(db, 'users'),
    async find(id) {
      const row = (await byId(db, { tenantId, id })).rows[0]
      return row && toUser(row)
    },
    async hold(id) {
      // SQLite has one writer: nobody else changes the row until it ends.
      const look = scope.kind === 'sqlite' ? byId : byIdForUpdate
      const row = (await look(db, { tenantId, id })).rows[0]
      return row && toUser(row)
    },
    async findByLogin(login, by) {
      if (by !== undefined) return theOne(scope, login, by)
      const key = nameKey(login)
      const { rows } = await byLogin(db, { tenantId, key })
      const [row] = rows
      if (!row || (row.user_name_key !== key && rows.length > 1)) return undefined
      return toUser(row)
    },
    async insert(user, passwordHash) {
      const { numAffectedRows } = await insertRow(db, toUserRow(tenantId, user, passwordHash))
      if (numAffectedRows !== 1n) taken()
    },
    async update(id, change) {
      const columns = changedUserColumns(change)
      if (Object.keys(columns).length === 0) return
      const run = (handle: Handle) =>
        handle
          .updateTable('users')
          .set(columns)
          .where('tenant_id', '=', tenantId)
          .where('id', '=', id)
          .execute()
      if (change.userName === undefined) await run(db)
      else await renaming(db, run)
    },
    remove: (id) => removeUser(scope, id),
    passwordHash: async (id) => (await hashOf(db, { tenantId, id })).rows[0]?.password_hash ?? null,
    async setPasswordHash(id, hash) {
      await setHash(db, { tenantId, id, hash })
    },
    managesRooms: (userId, now) => managesRooms(scope, userId, now),
    bytesByKind: (homeId) => bytesByKind(scope, homeId),
    trashBytes: (homeId) => trashBytes(scope, homeId),
    lastingRoles: () => lastingRoles(db, tenantId),
    async people(userIds) {
      if (userIds.length === 0) return new Map()
      const { rows } =
        userIds.length === 1
          ? await personById(db, { tenantId, id: userIds[0]! })
          : await peopleOf(db, { tenantId, list: idList(scope, userIds) })
      return new Map(rows.map((row) => [row.id, toPerson(row)]))
    },
    count: (filter) => countUsers(scope, filter),
    async page(filter, sort, { offset, limit }) {
      let query = filtered(scope, filter).select(userColumns)
      for (const { by, descending } of sort) {
        query = query.orderBy(sortColumns[by], descending ? 'desc' : 'asc')
      }
      const rows = await query.orderBy('id').limit(limit).offset(offset).execute()
      return rows.map(toUser)
    },
  }
}

/** The account that one way of naming it leads to, if that is exactly one. */
async function theOne(scope: Scope, login: string, by: LoginKind): Promise<User | undefined> {
  const { db, tenantId } = scope
  if (by === 'id' && !/^\d{1,15}$/.test(login)) return undefined
  const value = by === 'id' ? Number(login) : by === 'phone' ? login : nameKey(login)
  const { rows } = await byKind[by](db, { tenantId, value })
  const [row, second] = rows
  return row && !second ? toUser(row) : undefined
}

function taken(): never {
  return fault('exists', 'user', undefined, { field: 'userName' })
}

async function renaming(db: Handle, run: (handle: Handle) => Promise<unknown>): Promise<void> {
  try {
    await attempt(db, run)
  } catch (error) {
    if (!violatesUnique(error, 'users', ['tenant_id', 'user_name_key'])) throw error
    taken()
  }
}

type PersonRow = Pick<UsersTable, (typeof personColumns)[number]>

function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    userName: row.user_name,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    avatar: row.avatar,
    kind: 'internal',
  }
}

const sortColumns = {
  userName: 'user_name_key',
  email: 'email_key',
  firstName: 'first_name_key',
  lastName: 'last_name_key',
  isLocked: 'is_locked',
  lastLoginAt: 'last_login_at',
  expireAt: 'expire_at',
  createdAt: 'created_at',
} as const satisfies Record<UserSort['by'], keyof UsersTable>

async function countUsers(scope: Scope, filter: UserFilter): Promise<number> {
  const { count } = await filtered(scope, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

type Users = SelectQueryBuilder<Database, 'users', object>

/** Texts are compared by their keys: without case, NFC. All given members must hold. */
function filtered(scope: Scope, filter: UserFilter): Users {
  let query: Users = scope.db.selectFrom('users').where('tenant_id', '=', scope.tenantId)
  if (filter.userName !== undefined) {
    query = query.where('user_name_key', '=', nameKey(filter.userName))
  }
  if (filter.email !== undefined) query = query.where('email_key', '=', nameKey(filter.email))
  if (filter.phone !== undefined) query = query.where('phone', '=', filter.phone)
  const parts = [
    ['user_name_key', filter.userNameContains],
    ['first_name_key', filter.firstNameContains],
    ['last_name_key', filter.lastNameContains],
    ['email_key', filter.emailContains],
  ] as const
  for (const [column, part] of parts) {
    if (part !== undefined) query = query.where(contains(scope.kind, column, nameKey(part)))
  }
  const anywhere = filter.nameContains
  if (anywhere !== undefined) query = query.where((eb) => inSome(scope, eb, anywhere, names))
  const any = filter.anyContains
  if (any !== undefined) {
    query = query.where((eb) => inSome(scope, eb, any, [...names, 'email_key']))
  }
  return narrowed(scope, query, filter)
}

function narrowed(scope: Scope, users: Users, filter: UserFilter): Users {
  let query = users
  const { hasRoles, lacksRoles } = filter
  if (filter.isLocked !== undefined) query = query.where('is_locked', '=', flag(filter.isLocked))
  if (filter.createdFrom !== undefined) {
    query = query.where('created_at', '>=', filter.createdFrom)
  }
  if (filter.createdTo !== undefined) query = query.where('created_at', '<=', filter.createdTo)
  const held = rolesHeld(filter.effectiveAt)
  if (hasRoles !== undefined) query = query.where(bits(held, hasRoles), '=', hasRoles)
  if (lacksRoles !== undefined) query = query.where(bits(held, lacksRoles), '=', 0)
  const { hasKeyPair } = filter
  if (hasKeyPair !== undefined)
    query = query.where(hasKeyPair ? paired : sql<boolean>`not ${paired}`)
  if (filter.ids) query = query.where(inList(scope.kind, 'id', idList(scope, filter.ids)))
  if (filter.notIds) {
    const list = idList(scope, filter.notIds)
    query = query.where((eb) => eb.not(inList(scope.kind, 'id', list)))
  }
  return query
}

const paired = sql<boolean>`exists (select 1 from key_pairs
  where key_pairs.tenant_id = users.tenant_id and key_pairs.holder_kind = 'user'
    and key_pairs.holder_id = users.id)`

const bits = (held: RawBuilder<unknown>, roles: number) =>
  sql<number>`(${held} & ${sql.lit(roles)})`

/** The roles that users were given, and at a time those of their groups. */
function rolesHeld(at: number | undefined): RawBuilder<unknown> {
  if (at === undefined) return sql`users.roles`
  return sql`(users.roles | ${groupRoles(sql`users.tenant_id`, sql`users.id`, sql`${at}`)})`
}

const names = ['user_name_key', 'first_name_key', 'last_name_key'] as const

function inSome(
  scope: Scope,
  eb: ExpressionBuilder<Database, 'users'>,
  part: string,
  columns: readonly (keyof UsersTable)[],
) {
  return eb.or(columns.map((column) => contains(scope.kind, column, nameKey(part))))
}
