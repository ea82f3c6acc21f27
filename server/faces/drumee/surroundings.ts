import { contactStates } from '../../core/contacts/list-contacts.ts'
import { accountOf } from '../../core/users/account-of.ts'
import type { Row } from '../operation.ts'
import { readCode, userCode } from './ids.ts'
import { op } from './op.ts'
import { own } from './own.ts'
import { amount } from './present-place.ts'

/** What the web client asks for when it starts, besides files. */
export const surroundingRows: Row[] = [
  own('contact.connection_status', {
    run: (ctx, { body }) =>
      contactStates(ctx, {
        ids: body.id?.map((id) => userId(id)),
        page: { offset: 0, limit: ctx.limits.pageItems },
      }),
    reply: (states) =>
      states.map(({ user, isPresent }) => ({
        id: userCode(user.id),
        uid: userCode(user.id),
        status: isPresent ? 'online' : 'offline',
        connected: isPresent ? (1 as const) : (0 as const),
      })),
  }),
  // There are no reminders in this platform: the list of them is empty.
  op('reminder.list', { auth: 'session', run: async () => undefined, reply: () => [] }),
  // No map of addresses is kept: the caller's own address is all that is known of his place.
  op('butler.hello', {
    auth: 'open',
    run: async (ctx) => ctx.client.address,
    reply: (ip) => ({ ip }),
  }),
  op('desk.limit', {
    auth: 'session',
    run: (ctx) => accountOf(ctx),
    reply: ({ usage }, _given, ctx) => {
      const quota = usage.quota ?? ctx.tenant.quota
      const left = quota === null ? null : Math.max(0, quota - usage.used - usage.trash)
      return {
        storage: amount(quota),
        real: amount(left),
        quota_disk: amount(quota),
        watermark: amount(quota),
        desk: usage.used,
        private: 0,
        share: 0,
        chat: 0,
      }
    },
  }),
]

/** What is no user's id is nobody's. */
function userId(text: string): number {
  const named = readCode(text)
  return named?.kind === 'user' ? named.id : 0
}
