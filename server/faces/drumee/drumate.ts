import { ownProfile } from '../../core/profiles/own-profile.ts'
import { endSession } from '../../core/sessions/end-session.ts'
import { type Account, accountOf } from '../../core/users/account-of.ts'
import type { Row } from '../operation.ts'
import { sessionCookie } from './cookie.ts'
import type { DataUsage } from './generated/shapes.ts'
import { own } from './own.ts'
import { presentProfile } from './present-account.ts'
import { amount } from './present-place.ts'

export const drumateRows: Row[] = [
  own('drumate.get_profile', {
    run: ownProfile,
    reply: (profile, _given, ctx, request) => presentProfile(ctx, profile, request),
  }),
  own('drumate.data_usage', {
    run: (ctx) => accountOf(ctx),
    reply: (account, _given, ctx) => presentUsage(account, ctx.tenant.quota),
  }),
  own('drumate.logout', {
    changes: true,
    run: (ctx) => endSession(ctx),
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
