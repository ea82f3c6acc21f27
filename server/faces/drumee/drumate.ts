import { endSession } from '../../core/sessions/end-session.ts'
import { type Account, accountOf } from '../../core/users/account-of.ts'
import type { Row } from '../operation.ts'
import { sessionCookie } from './cookie.ts'
import type { DataUsage } from './generated/shapes.ts'
import { checkOwnHub } from './hub.ts'
import { op } from './op.ts'
import { amount, presentProfile } from './present-env.ts'

export const drumateRows: Row[] = [
  op('drumate.get_profile', {
    auth: 'session',
    run: async (ctx, { body }) => {
      checkOwnHub(ctx, body.hub_id)
      return accountOf(ctx)
    },
    reply: ({ user, usage }, _given, ctx, request) =>
      presentProfile(ctx, user, usage.quota ?? ctx.tenant.quota, request),
  }),
  op('drumate.data_usage', {
    auth: 'session',
    run: async (ctx, { body }) => {
      checkOwnHub(ctx, body.hub_id)
      return accountOf(ctx)
    },
    reply: (account, _given, ctx) => presentUsage(account, ctx.tenant.quota),
  }),
  op('drumate.logout', {
    auth: 'session',
    changes: true,
    run: async (ctx, { body }) => {
      checkOwnHub(ctx, body.hub_id)
      return endSession(ctx)
    },
    // The id of a session is a secret; that it is over is all that this says.
    reply: () => ({ session_id: '' }),
    headers: (_done, _ctx, request) => ({ 'set-cookie': sessionCookie(request, '', 0) }),
  }),
]

/** Bytes in hubs are the organisation's, not a person's: only the personal hub counts here. */
function presentUsage({ usage }: Account, tenantQuota: number | null): DataUsage {
  const { used, trash, byKind } = usage
  const quota = amount(usage.quota ?? tenantQuota)
  return {
    usage: {
      ...byKind,
      total: used + trash,
      hub_usage: 0,
      hub_trash: 0,
      personal_usage: used,
      personal_trash: trash,
    },
    quota: { storage: quota, real: quota, disk: quota },
  }
}
