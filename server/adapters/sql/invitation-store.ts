import { sql } from 'kysely'
import { fault } from '../../core/fault.ts'
import { MANAGE } from '../../core/permissions/permission.ts'
import type { Invitation } from '../../core/shares/invitation.ts'
import type { InvitationStore } from '../../core/shares/invitation-store.ts'
import { attempt } from './attempt.ts'
import { flag } from './column-types.ts'
import { violatesUnique } from './constraint-of.ts'
import { ids } from './ids.ts'
import type { InvitationsTable } from './schema/shares.ts'
import { idList, inList, type Scope } from './scope.ts'

/** How many are looked at together. */
const pageOfEnded = 500

/** Open invitations of one tenant. */
export function invitationStore(scope: Scope): InvitationStore {
  const { db, tenantId } = scope
  const all = () => db.selectFrom('invitations').selectAll().where('tenant_id', '=', tenantId)
  const open = (now: number) =>
    all().where((eb) => eb.or([eb('expire_at', 'is', null), eb('expire_at', '>', now)]))
  const removal = () => db.deleteFrom('invitations').where('tenant_id', '=', tenantId)
  return {
    takeId: () => ids.next(db, 'invitations'),
    insert: (invitation, digest) => insert(scope, toRow(tenantId, invitation, digest)),
    async findByDigest(digest, now) {
      const row = await open(now).where('digest', '=', digest).executeTakeFirst()
      return row && toInvitation(row)
    },
    async ofNodes(nodeIds, now) {
      if (nodeIds.length === 0) return []
      const rows = open(now).where(inList(scope.kind, 'node_id', idList(scope, nodeIds)))
      return (await rows.orderBy('id').execute()).map(toInvitation)
    },
    async ofUser(userId, kind, now) {
      const rows = open(now).where('user_id', '=', userId).where('kind', '=', kind)
      return (await rows.orderBy('id').execute()).map(toInvitation)
    },
    async requestsTo(userId, now) {
      const rows = all()
        .where('kind', '=', 'request')
        .where(
          sql<boolean>`exists (select 1 from access a where a.tenant_id = ${tenantId}
          and a.boundary_id = invitations.node_id and a.user_id = ${userId}
          and (a.permissions & ${sql.lit(MANAGE)}) <> 0
          and (a.expire_at is null or a.expire_at > ${now}))`,
        )
      return (await rows.orderBy('id').execute()).map(toInvitation)
    },
    async ended(now, nodeId) {
      const past = all().where('expire_at', 'is not', null).where('expire_at', '<=', now)
      const rows =
        nodeId === undefined ? past.limit(pageOfEnded) : past.where('node_id', '=', nodeId)
      return (await rows.orderBy('expire_at').execute()).map(toInvitation)
    },
    async update(id, { permissions, publicView, message, expireAt }) {
      await db
        .updateTable('invitations')
        .set({
          ...(permissions === undefined ? {} : { permissions }),
          ...(publicView === undefined ? {} : { public_view: flag(publicView) }),
          ...(message === undefined ? {} : { message }),
          ...(expireAt === undefined ? {} : { expire_at: expireAt }),
        })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute()
    },
    async remove(id) {
      return (await removal().where('id', '=', id).executeTakeFirst()).numDeletedRows === 1n
    },
  }
}

async function insert(scope: Scope, row: InvitationsTable): Promise<void> {
  const run = (db: Scope['db']) => db.insertInto('invitations').values(row).execute()
  try {
    await (scope.kind === 'sqlite' ? run(scope.db) : attempt(scope.db, run))
  } catch (error) {
    const columns = ['tenant_id', 'user_id', 'kind', 'node_id']
    if (!violatesUnique(error, 'invitations', columns)) throw error
    fault('exists', 'invitation')
  }
}

function toInvitation(row: InvitationsTable): Invitation {
  return {
    id: row.id,
    nodeId: row.node_id,
    kind: row.kind as Invitation['kind'],
    userId: row.user_id,
    groupId: row.group_id,
    permissions: row.permissions,
    sealedToken: row.sealed_token,
    publicView: row.public_view === 1,
    message: row.message,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expireAt: row.expire_at,
  }
}

function toRow(tenantId: number, one: Invitation, digest: string): InvitationsTable {
  return {
    tenant_id: tenantId,
    id: one.id,
    digest,
    sealed_token: one.sealedToken,
    kind: one.kind,
    node_id: one.nodeId,
    user_id: one.userId,
    group_id: one.groupId,
    permissions: one.permissions,
    public_view: flag(one.publicView),
    message: one.message,
    created_at: one.createdAt,
    created_by: one.createdBy,
    expire_at: one.expireAt,
  }
}
