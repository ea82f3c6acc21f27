import { openOrder } from '../../core/downloads/order-archive.ts'
import { archiveAnswer } from '../archive-answer.ts'
import type { Row } from '../operation.ts'
import { raw } from './op.ts'

/** Archives that were ordered. */
export const archiveRows: Row[] = [
  raw('media.zip', {
    auth: 'node',
    run: async (ctx, { body }) => archiveAnswer(await openOrder(ctx, { token: body.id })),
  }),
]
