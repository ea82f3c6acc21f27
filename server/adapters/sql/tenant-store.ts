import { sql } from 'kysely'
import { fault } from '../../core/fault.ts'
import type { Tenant } from '../../core/tenants/tenant.ts'
import type { TenantStore } from '../../core/tenants/tenant-store.ts'
import type { Engine } from './engine.ts'
import { ids } from './ids.ts'
import type { ObjectHolds } from './object-holds.ts'
import type { TenantsTable } from './schema/nodes.ts'
import type { Database } from './schema.ts'
import { readSettings } from './settings-store.ts'

/** What the byte store must hold; written beside the blobs and uploads that say so. */
export type SegmentReach = Pick<TenantStore, 'reachable' | 'segments'>

type Reach = SegmentReach & ObjectHolds

/** The tenants themselves, in transactions of their own. */
export function tenantStore(engine: Engine<Database>, reach: Reach): TenantStore {
  const { read: db } = engine
  const found = (row: TenantsTable | undefined) => (row === undefined ? undefined : toTenant(row))
  return {
    ...reach,
    async findByHost(host) {
      const row = await db
        .selectFrom('tenant_hosts')
        .innerJoin('tenants', 'tenants.id', 'tenant_hosts.tenant_id')
        .selectAll('tenants')
        .where('tenant_hosts.host', '=', host)
        .executeTakeFirst()
      return found(row)
    },
    async findDefault() {
      const query = db.selectFrom('tenants').selectAll().where('is_default', '=', sql.lit(1))
      return found(await query.executeTakeFirst())
    },
    async find(id) {
      return found(
        await db.selectFrom('tenants').selectAll().where('id', '=', id).executeTakeFirst(),
      )
    },
    async all() {
      return (await db.selectFrom('tenants').selectAll().orderBy('id').execute()).map(toTenant)
    },
    takeId: () => engine.write((tx) => ids.next(tx, 'tenants')),
    insert: (tenant, isDefault) => insertTenant(engine, tenant, isDefault),
    addHost: (tenantId, host) => addHost(engine, tenantId, host),
    async setHomes(tenantId, homesId) {
      await engine.write((tx) =>
        tx.updateTable('tenants').set({ homes_id: homesId }).where('id', '=', tenantId).execute(),
      )
    },
    async ping() {
      await sql`select 1`.execute(db)
    },
  }
}

function toTenant(row: TenantsTable): Tenant {
  return {
    id: row.id,
    uuid: row.uuid,
    name: row.name,
    createdAt: row.created_at,
    isLocked: row.is_locked === 1,
    quota: row.quota,
    maxUsers: row.max_users,
    homesId: row.homes_id,
    language: row.language,
    settings: readSettings(row.settings),
  }
}

/** Faults 'exists' 'tenant' when there is a default already, or the id is taken. */
async function insertTenant(
  engine: Engine<Database>,
  tenant: Tenant,
  isDefault: boolean,
): Promise<void> {
  const row: TenantsTable = {
    id: tenant.id,
    uuid: tenant.uuid,
    name: tenant.name,
    created_at: tenant.createdAt,
    is_locked: Number(tenant.isLocked),
    quota: tenant.quota,
    max_users: tenant.maxUsers,
    homes_id: tenant.homesId,
    language: tenant.language,
    is_default: Number(isDefault),
    settings: JSON.stringify(tenant.settings),
  }
  const { numInsertedOrUpdatedRows } = await engine.write((tx) =>
    tx
      .insertInto('tenants')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow(),
  )
  if (numInsertedOrUpdatedRows !== 1n) fault('exists', 'tenant', undefined, { isDefault })
}

/** Faults 'exists' 'tenant' when another tenant has this host name. */
async function addHost(engine: Engine<Database>, tenantId: number, host: string): Promise<void> {
  const owner = await engine.write(async (tx) => {
    await tx
      .insertInto('tenant_hosts')
      .values({ host, tenant_id: tenantId })
      .onConflict((conflict) => conflict.column('host').doNothing())
      .execute()
    const query = tx.selectFrom('tenant_hosts').select('tenant_id').where('host', '=', host)
    return query.executeTakeFirstOrThrow()
  })
  if (owner.tenant_id !== tenantId) fault('exists', 'tenant', undefined, { host })
}
