import type { Task } from '../../core/tasks/task.ts'
import type { TaskChange, TaskStore } from '../../core/tasks/task-store.ts'
import { ids } from './ids.ts'
import { removeExpired } from './remove-expired.ts'
import type { TasksTable } from './schema/feed.ts'
import type { Scope } from './scope.ts'

/** Tasks of one tenant. */
export function taskStore(scope: Scope): TaskStore {
  const { db, tenantId } = scope
  const own = () => db.selectFrom('tasks').selectAll().where('tenant_id', '=', tenantId)
  return {
    takeId: () => ids.next(db, 'tasks'),
    async insert(task, digest) {
      await db
        .insertInto('tasks')
        .values(toRow(tenantId, task, digest))
        .execute()
    },
    async find(id) {
      const row = await own().where('id', '=', id).executeTakeFirst()
      return row && toTask(row)
    },
    async findByDigest(digest) {
      const row = await own().where('digest', '=', digest).executeTakeFirst()
      return row && toTask(row)
    },
    async update(id, change) {
      await db
        .updateTable('tasks')
        .set(columnsOf(change))
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute()
    },
    async updateOpen(id, change) {
      const { numUpdatedRows } = await db
        .updateTable('tasks')
        .set(columnsOf(change))
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('state', 'in', ['waiting', 'running'])
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async ofHolder(holder, kind, limit) {
      const rows = await own()
        .where('holder', '=', holder)
        .where('kind', '=', kind)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toTask)
    },
    async newestOf(holder, kind) {
      const [newest] = await this.ofHolder(holder, kind, 1)
      return newest
    },
    async countOpen(holder) {
      const { count } = await db
        .selectFrom('tasks')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .where('holder', '=', holder)
        .where('state', 'in', ['waiting', 'running'])
        .executeTakeFirstOrThrow()
      return count
    },
    removeExpired: (now, limit) => removeExpired(scope, 'tasks', now, limit),
  }
}

function columnsOf(change: TaskChange): Partial<TasksTable> {
  const { state, progress, input, memo, result, failure, updatedAt, expireAt } = change
  return {
    ...(state === undefined ? {} : { state }),
    ...(progress === undefined ? {} : { progress }),
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
    ...(memo === undefined ? {} : { memo: JSON.stringify(memo) }),
    ...(result === undefined ? {} : { result: json(result) }),
    ...(failure === undefined ? {} : { failure: json(failure) }),
    ...(updatedAt === undefined ? {} : { updated_at: updatedAt }),
    ...(expireAt === undefined ? {} : { expire_at: expireAt }),
  }
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value))

function toTask(row: TasksTable): Task {
  return {
    id: row.id,
    kind: row.kind as Task['kind'],
    holder: row.holder,
    state: row.state as Task['state'],
    progress: row.progress,
    input: JSON.parse(row.input) as Task['input'],
    memo: JSON.parse(row.memo) as Task['memo'],
    result: row.result === null ? null : (JSON.parse(row.result) as Task['result']),
    failure: row.failure === null ? null : (JSON.parse(row.failure) as Task['failure']),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expireAt: row.expire_at,
  }
}

function toRow(tenantId: number, task: Task, digest: string): TasksTable {
  return {
    tenant_id: tenantId,
    id: task.id,
    digest,
    kind: task.kind,
    holder: task.holder,
    state: task.state,
    progress: task.progress,
    input: JSON.stringify(task.input),
    memo: JSON.stringify(task.memo),
    result: json(task.result),
    failure: json(task.failure),
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    expire_at: task.expireAt,
  }
}
