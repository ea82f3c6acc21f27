import type { Feedback, FeedbackSort, FeedbackStore } from '../../core/feedback/feedback-store.ts'
import { ids } from './ids.ts'
import type { FeedbackTable } from './schema/feedback.ts'
import type { Scope } from './scope.ts'

const columns = {
  createdAt: 'created_at',
  userId: 'user_id',
  email: 'email',
} as const satisfies Record<FeedbackSort['by'], keyof FeedbackTable>

/** What users of one tenant wrote to its administrators. */
export function feedbackStore({ db, tenantId }: Scope): FeedbackStore {
  const all = () => db.selectFrom('feedback').where('tenant_id', '=', tenantId)
  return {
    takeId: () => ids.next(db, 'feedback'),
    async insert({ id, userId, name, email, comment, createdAt }) {
      const row = { id, name, email, comment, user_id: userId, created_at: createdAt }
      await db
        .insertInto('feedback')
        .values({ tenant_id: tenantId, ...row })
        .execute()
    },
    async count() {
      const { n } = await all()
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return Number(n)
    },
    async page({ by, descending }, { offset, limit }) {
      const way = descending ? 'desc' : 'asc'
      const rows = await all()
        .selectAll()
        .orderBy(columns[by], way)
        .orderBy('id', way)
        .limit(limit)
        .offset(offset)
        .execute()
      return rows.map(toFeedback)
    },
    async removeOldest(userId, kept) {
      const oldest = await all()
        .select('id')
        .where('user_id', '=', userId)
        .orderBy('id', 'desc')
        .offset(kept)
        .limit(1)
        .executeTakeFirst()
      if (!oldest) return
      await db
        .deleteFrom('feedback')
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .where('id', '<=', oldest.id)
        .execute()
    },
  }
}

function toFeedback(row: FeedbackTable): Feedback {
  const { id, name, email, comment, user_id: userId, created_at: createdAt } = row
  return { id, userId, name, email, comment, createdAt }
}
