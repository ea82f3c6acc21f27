import { type SelectQueryBuilder, sql } from 'kysely'
import type {
  Admission,
  AdmissionFilter,
  AdmissionSort,
  AdmissionStore,
} from '../../core/groups/admission-store.ts'
import { MANAGE } from '../../core/permissions/permission.ts'
import { flag } from './column-types.ts'
import type { AdmissionsTable } from './schema/groups.ts'
import type { Database } from './schema.ts'
import type { Scope } from './scope.ts'

const toAdmission = (row: Omit<AdmissionsTable, 'tenant_id'>): Admission => ({
  roomId: row.room_id,
  groupId: row.group_id,
  userId: row.user_id,
  isDenied: row.is_denied === 1,
})

/** Who waits to be let into rooms of one tenant. */
export function admissionStore(scope: Scope): AdmissionStore {
  const { db, tenantId } = scope
  const some = (key: Partial<Omit<AdmissionsTable, 'tenant_id'>>) => {
    let query = db.deleteFrom('admissions').where('tenant_id', '=', tenantId)
    for (const [column, value] of Object.entries(key)) {
      query = query.where(column as keyof AdmissionsTable, '=', value)
    }
    return query
  }
  return {
    insert: (admissions) => insert(scope, admissions),
    async of(roomId, groupId) {
      const rows = await filtered(scope, { roomId, groupId }).selectAll('w').execute()
      return rows.map(toAdmission)
    },
    async find(roomId, groupId, userId) {
      const row = await filtered(scope, { roomId, groupId, userId })
        .selectAll('w')
        .executeTakeFirst()
      return row && toAdmission(row)
    },
    async decide({ roomId, groupId, userId, isDenied }) {
      await db
        .updateTable('admissions')
        .set({ is_denied: flag(isDenied) })
        .where('tenant_id', '=', tenantId)
        .where('room_id', '=', roomId)
        .where('group_id', '=', groupId)
        .where('user_id', '=', userId)
        .execute()
    },
    async remove(roomId, groupId, userId) {
      await some({ room_id: roomId, group_id: groupId, user_id: userId }).execute()
    },
    async removeAll(roomId, groupId, denied) {
      const key = { room_id: roomId, group_id: groupId }
      await some(denied ? key : { ...key, is_denied: 0 }).execute()
    },
    async removeOfUser(userId, groupId) {
      const key = { user_id: userId }
      await some(groupId === undefined ? key : { ...key, group_id: groupId }).execute()
    },
    async count(filter) {
      const { count } = await filtered(scope, filter)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return count
    },
    async page(filter, sort, { offset, limit }) {
      let query = filtered(scope, filter).selectAll('w')
      for (const { by, descending } of sort) {
        query = query.orderBy(sortColumns[by], descending ? 'desc' : 'asc')
      }
      for (const column of ['w.room_id', 'w.group_id', 'w.user_id'] as const) {
        query = query.orderBy(column)
      }
      return (await query.limit(limit).offset(offset).execute()).map(toAdmission)
    },
  }
}

const sortColumns = {
  userId: 'w.user_id',
  groupId: 'w.group_id',
  roomId: 'w.room_id',
  state: 'w.is_denied',
} as const satisfies Record<AdmissionSort['by'], string>

async function insert({ db, tenantId }: Scope, admissions: readonly Admission[]): Promise<void> {
  if (admissions.length === 0) return
  const rows = admissions.map(({ roomId, groupId, userId, isDenied }) => ({
    tenant_id: tenantId,
    room_id: roomId,
    group_id: groupId,
    user_id: userId,
    is_denied: flag(isDenied),
  }))
  await db
    .insertInto('admissions')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'room_id', 'group_id', 'user_id']).doNothing(),
    )
    .execute()
}

type Admissions = SelectQueryBuilder<Database & { w: AdmissionsTable }, 'w', object>

function filtered({ db, tenantId }: Scope, filter: AdmissionFilter): Admissions {
  const { roomId, groupId, userId, isDenied, managedBy } = filter
  let query: Admissions = db.selectFrom('admissions as w').where('w.tenant_id', '=', tenantId)
  if (roomId !== undefined) query = query.where('w.room_id', '=', roomId)
  if (groupId !== undefined) query = query.where('w.group_id', '=', groupId)
  if (userId !== undefined) query = query.where('w.user_id', '=', userId)
  if (isDenied !== undefined) query = query.where('w.is_denied', '=', flag(isDenied))
  if (managedBy) {
    query = query.where(
      sql<boolean>`exists (select 1 from access a where a.tenant_id = w.tenant_id
        and a.boundary_id = w.room_id and a.user_id = ${managedBy.userId}
        and (a.expire_at is null or a.expire_at > ${managedBy.now})
        and (a.permissions & ${sql.lit(MANAGE)}) <> 0)`,
    )
  }
  return query
}
