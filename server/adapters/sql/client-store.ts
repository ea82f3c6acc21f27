import type { Kysely } from 'kysely'
import { fault } from '../../core/fault.ts'
import type { Client, ClientStore } from '../../core/sessions/client-store.ts'
import { flag } from './column-types.ts'
import { prepared } from './prepared.ts'
import type { ClientsTable } from './schema/identity.ts'
import type { Database } from './schema.ts'
import { pick, type Scope } from './scope.ts'

type Handle = Kysely<Database>

const byId = prepared((db: Handle, { tenantId, id }: { tenantId: number; id: string }) =>
  db.selectFrom('clients').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)

/** Named one by one, since `prepared` gives stand-ins. */
const tableColumns: readonly (keyof ClientsTable)[] = [
  'tenant_id',
  'id',
  'name',
  'is_confidential',
  'is_enabled',
  'is_standard',
  'grant_types',
  'redirect_uris',
  'access_token_seconds',
  'refresh_token_seconds',
  'approval_seconds',
  'secret_digest',
]

const insertRow = prepared((db: Handle, row: ClientsTable) =>
  db
    .insertInto('clients')
    .values(pick(row, tableColumns))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing()),
)

/** Programs that may sign users of one tenant in. */
export function clientStore({ db, tenantId }: Scope): ClientStore {
  const find = async (id: string) => (await byId(db, { tenantId, id })).rows[0]
  return {
    async find(id) {
      const row = await find(id)
      return row && toClient(row)
    },
    secretDigest: async (id) => (await find(id))?.secret_digest ?? null,
    async insert(client, secretDigest) {
      const { numAffectedRows } = await insertRow(db, toRow(tenantId, client, secretDigest))
      if (numAffectedRows !== 1n) fault('exists', 'client', undefined, { field: 'id' })
    },
    async all() {
      const rows = await db
        .selectFrom('clients')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .orderBy('name')
        .orderBy('id')
        .execute()
      return rows.map(toClient)
    },
  }
}

function toClient(row: ClientsTable): Client {
  return {
    id: row.id,
    name: row.name,
    isConfidential: row.is_confidential === 1,
    isEnabled: row.is_enabled === 1,
    isStandard: row.is_standard === 1,
    grantTypes: JSON.parse(row.grant_types),
    redirectUris: JSON.parse(row.redirect_uris),
    accessTokenSeconds: row.access_token_seconds,
    refreshTokenSeconds: row.refresh_token_seconds,
    approvalSeconds: row.approval_seconds,
  }
}

function toRow(tenantId: number, client: Client, secretDigest: string | null): ClientsTable {
  return {
    tenant_id: tenantId,
    id: client.id,
    name: client.name,
    is_confidential: flag(client.isConfidential),
    is_enabled: flag(client.isEnabled),
    is_standard: flag(client.isStandard),
    grant_types: JSON.stringify(client.grantTypes),
    redirect_uris: JSON.stringify(client.redirectUris),
    access_token_seconds: client.accessTokenSeconds,
    refresh_token_seconds: client.refreshTokenSeconds,
    approval_seconds: client.approvalSeconds,
    secret_digest: secretDigest,
  }
}
