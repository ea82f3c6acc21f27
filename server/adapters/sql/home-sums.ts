import { type Kysely, sql } from 'kysely'
import { MANAGE } from '../../core/permissions/permission.ts'
import type { BytesByKind } from '../../core/users/user-store.ts'
import { prepared } from './prepared.ts'
import type { Database } from './schema.ts'
import { type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Home = { tenantId: number; homeId: number }
type Sum = { kind: string; bytes: number }

/** Walks down from the home, so that its cost does not depend on what else the tenant has. */
const sumsBelow = prepared((db: Handle, { tenantId, homeId }: Home) =>
  statement(
    db,
    sql<Sum>`with recursive below(id) as (
        select cast(${homeId} as bigint)
        union all
        select n.id from below join nodes n on n.tenant_id = ${tenantId}
          and n.parent_id = below.id and n.deleted_at is null and n.kind in (1, 2)
      )
      select case substr(f.media_type, 1, 6) when 'image/' then 'image' when 'audio/' then 'audio'
          when 'video/' then 'video' else 'other' end as kind,
        cast(sum(f.size) as bigint) as bytes
      from below join nodes f on f.tenant_id = ${tenantId}
        and f.parent_id = below.id and f.deleted_at is null and f.kind = 3
      group by 1`,
  ),
)

export async function bytesByKind(scope: Scope, homeId: number): Promise<BytesByKind> {
  const { rows } = await sumsBelow(scope.db, { tenantId: scope.tenantId, homeId })
  const found: Record<string, number> = {}
  for (const { kind, bytes } of rows) found[kind] = bytes
  const { image = 0, audio = 0, video = 0, other = 0 } = found
  return { image, audio, video, other }
}

const sumDeleted = prepared((db: Handle, { tenantId, homeId }: Home) =>
  statement(
    db,
    sql<{ bytes: number }>`select cast(coalesce(sum(size), 0) as bigint) as bytes from nodes
      where tenant_id = ${tenantId} and boundary_id = ${homeId} and deleted_at is not null`,
  ),
)

export async function trashBytes(scope: Scope, homeId: number): Promise<number> {
  const { rows } = await sumDeleted(scope.db, { tenantId: scope.tenantId, homeId })
  return rows[0]?.bytes ?? 0
}

type Manager = { tenantId: number; userId: number; now: number }

const firstManaged = prepared((db: Handle, { tenantId, userId, now }: Manager) =>
  statement(
    db,
    sql<{ id: number }>`select n.id from access a
      join nodes n on n.tenant_id = a.tenant_id and n.id = a.boundary_id
      where a.tenant_id = ${tenantId} and a.user_id = ${userId}
        and (a.permissions & ${sql.lit(MANAGE)}) <> 0
        and (a.expire_at is null or a.expire_at > ${now})
        and n.home_of is null and n.deleted_at is null
      limit 1`,
  ),
)

/** Whether the user manages a live room that is nobody's home. */
export async function managesRooms(scope: Scope, userId: number, now: number): Promise<boolean> {
  const { rows } = await firstManaged(scope.db, { tenantId: scope.tenantId, userId, now })
  return rows.length > 0
}
