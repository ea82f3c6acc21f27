import type { FeedbackSort } from '../../core/feedback/feedback-store.ts'
import { listFeedback } from '../../core/feedback/list-feedback.ts'
import { sendFeedback } from '../../core/feedback/send-feedback.ts'
import type { Row } from '../operation.ts'
import { op } from './op.ts'
import { refuseInput } from './refuse.ts'

const sorts: Readonly<Record<string, FeedbackSort['by']>> = {
  created: 'createdAt',
  userid: 'userId',
  email: 'email',
}

/** What users write to the administrators. */
export const feedbackRows: readonly Row[] = [
  op('accountsFeedback', {
    auth: 'user',
    run: (ctx, { body }) =>
      sendFeedback(ctx, {
        comment: body.comment,
        name: body.name || undefined,
        email: body.email || undefined,
      }),
    reply: () => ({}),
  }),

  op('accountsFeedbackList', {
    auth: 'user',
    run: (ctx, { params }) => {
      const {
        limit = 20,
        offset = 0,
        order_field: field = 'created',
        order_direction: way,
      } = params
      const by = Object.hasOwn(sorts, field) ? sorts[field] : undefined
      if (by === undefined)
        return refuseInput('order_field', 'unsupported', 'created, userid, email')
      const descending = /^desc/i.test(way ?? '')
      return listFeedback(ctx, { sort: { by, descending }, page: { offset, limit } })
    },
    reply: ({ total, items }) => ({
      count: total,
      data: items.map(({ comment, userId, email, createdAt }) => ({
        text: comment,
        userid: userId,
        email,
        created: createdAt,
      })),
    }),
  }),
]
