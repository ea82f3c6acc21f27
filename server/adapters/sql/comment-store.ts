import { type Kysely, sql } from 'kysely'
import type { Assignee, Comment, Task, TaskStatus } from '../../core/comments/comment.ts'
import type { CommentChange, CommentStore } from '../../core/comments/comment-store.ts'
import { flag } from './column-types.ts'
import { ids } from './ids.ts'
import type { CommentAssigneesTable, CommentsTable } from './schema/remarks.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope } from './scope.ts'

/** Comments of one tenant. */
export function commentStore(scope: Scope): CommentStore {
  const { db, tenantId } = scope
  return {
    takeId: () => ids.next(db, 'comments'),
    async insert(comment) {
      await db.insertInto('comments').values(toRow(tenantId, comment)).execute()
      await writeAssignees(scope, comment.id, comment.task)
    },
    update: (id, change) => update(scope, id, change),
    async find(id) {
      const rows = await ofTenant(db, tenantId).where('id', '=', id).execute()
      const [comment] = await withAssignees(scope, rows)
      return comment
    },
    async count(nodeId, { withDeleted }) {
      let query = db
        .selectFrom('comments')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .where('node_id', '=', nodeId)
      if (!withDeleted) query = query.where('deleted_at', 'is', null)
      return (await query.executeTakeFirstOrThrow()).count
    },
    async page(nodeId, { withDeleted }, { offset, limit }) {
      let query = ofTenant(db, tenantId).where('node_id', '=', nodeId)
      if (!withDeleted) query = query.where('deleted_at', 'is', null)
      return withAssignees(
        scope,
        await query.orderBy('created_at').orderBy('id').limit(limit).offset(offset).execute(),
      )
    },
    async setStatus(id, userId, status) {
      const { numUpdatedRows } = await db
        .updateTable('comment_assignees')
        .set({ status })
        .where('tenant_id', '=', tenantId)
        .where('comment_id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
  }
}

const ofTenant = (db: Kysely<Database>, tenantId: number) =>
  db.selectFrom('comments').selectAll().where('tenant_id', '=', tenantId)

async function update(scope: Scope, id: number, change: CommentChange): Promise<void> {
  const { text, taggedText, task, updatedAt, updatedBy, isChanged, deletedAt } = change
  const columns = {
    ...(text === undefined ? {} : { text }),
    ...(taggedText === undefined ? {} : { tagged_text: taggedText }),
    ...(task === undefined ? {} : { is_task: flag(task !== null), due_at: task?.dueAt ?? null }),
    ...(updatedAt === undefined ? {} : { updated_at: updatedAt }),
    ...(updatedBy === undefined ? {} : { updated_by: updatedBy }),
    ...(isChanged === undefined ? {} : { is_changed: flag(isChanged) }),
    ...(deletedAt === undefined ? {} : { deleted_at: deletedAt }),
  }
  await scope.db
    .updateTable('comments')
    .set(columns)
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', id)
    .execute()
  if (task !== undefined) await writeAssignees(scope, id, task)
}

async function writeAssignees(
  { db, tenantId }: Scope,
  id: number,
  task: Task | null,
): Promise<void> {
  await db
    .deleteFrom('comment_assignees')
    .where('tenant_id', '=', tenantId)
    .where('comment_id', '=', id)
    .execute()
  if (!task || task.assignees.length === 0) return
  const rows = task.assignees.map(({ userId, status }) => ({
    tenant_id: tenantId,
    comment_id: id,
    user_id: userId,
    status,
  }))
  await db.insertInto('comment_assignees').values(rows).execute()
}

async function withAssignees(scope: Scope, rows: readonly CommentsTable[]): Promise<Comment[]> {
  const tasks = rows.filter((row) => row.is_task === 1).map((row) => row.id)
  const assignees = new Map<number, Assignee[]>()
  if (tasks.length > 0) {
    const list = inList(scope.kind, 'comment_id', idList(scope, tasks))
    const found = await sql<CommentAssigneesTable>`select * from comment_assignees
      where tenant_id = ${scope.tenantId} and ${list} order by user_id`.execute(scope.db)
    for (const { comment_id: id, user_id: userId, status } of found.rows) {
      const some = assignees.get(id) ?? []
      assignees.set(id, [...some, { userId, status: status as TaskStatus }])
    }
  }
  return rows.map((row) => toComment(row, assignees.get(row.id) ?? []))
}

function toRow(tenantId: number, comment: Comment): CommentsTable {
  return {
    tenant_id: tenantId,
    id: comment.id,
    node_id: comment.nodeId,
    text: comment.text,
    tagged_text: comment.taggedText,
    is_task: flag(comment.task !== null),
    due_at: comment.task?.dueAt ?? null,
    created_at: comment.createdAt,
    created_by: comment.createdBy,
    updated_at: comment.updatedAt,
    updated_by: comment.updatedBy,
    is_changed: flag(comment.isChanged),
    deleted_at: comment.deletedAt,
  }
}

function toComment(row: CommentsTable, assignees: readonly Assignee[]): Comment {
  return {
    id: row.id,
    nodeId: row.node_id,
    text: row.text,
    taggedText: row.tagged_text,
    task: row.is_task === 1 ? { dueAt: row.due_at, assignees } : null,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    isChanged: row.is_changed === 1,
    deletedAt: row.deleted_at,
  }
}
