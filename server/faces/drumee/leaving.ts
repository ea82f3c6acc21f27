import { checkOwnCode } from '../../core/codes/check-own-code.ts'
import { sendOwnCode } from '../../core/codes/send-own-code.ts'
import { backupLog, orderBackup } from '../../core/downloads/order-backup.ts'
import { askToLeave, leave } from '../../core/users/leave.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { sessionCookie } from './cookie.ts'
import { nobodyId, seconds, userCode } from './ids.ts'
import { own } from './own.ts'
import { pageOf } from './query.ts'

/** Taking one's data along, and leaving. */
export const leavingRows: Row[] = [
  own('drumate.prepare_data_backup', {
    changes: true,
    run: (ctx) => orderBackup(ctx),
    reply: ({ token }) => ({ zipid: token, status: 'queued' as const }),
  }),
  own('drumate.show_backup_log', {
    run: (ctx, { body }) => backupLog(ctx, { page: pageOf(body) }),
    reply: (records, _given, ctx) => {
      const uid = ctx.actor.kind === 'user' ? userCode(ctx.actor.userId) : nobodyId
      return records.map(({ at, name, archive, state }) => ({
        ...{ uid, action: 'backup' as const, category: 'files', notify_to: null },
        ...{ entity_id: uid, log: `${name}: ${state}`, ctime: seconds(at) },
        ...{ backup: archive, status: statusWords[state] },
      }))
    },
  }),
  own('drumate.send_account_deletion_code', {
    changes: true,
    run: (ctx) => sendOwnCode(ctx, { purpose: 'leave-code' }),
    reply: ({ secret, channel, to }) => ({ secret, ...(channel === 'mail' ? { email: to } : {}) }),
  }),
  own('drumate.validate_account_deletion_code', {
    changes: true,
    run: (ctx, { body }) => checkOwnCode(ctx, { purpose: 'leave-code', short: body.code }),
    reply: () => ({ valid: 1 as const }),
    refusal: ({ subject }) => (subject === 'code' ? { valid: 0 as const } : undefined),
  }),
  own('drumate.delete_account', {
    changes: true,
    run: (ctx, { body }) => askToLeave(ctx, { secret: body.secret, short: body.code }),
    reply: ({ secret }) => ({ secret }),
  }),
  own('drumate.confirm_delete_account', {
    changes: true,
    run: (ctx, { body }, request) => leave(ctx, { secret: body.secret, link: backLink(request) }),
    reply: () => ({ redirect: '#/welcome/checkout' }),
    headers: (_done, _ctx, request) => ({ 'set-cookie': sessionCookie(request, '', 0) }),
  }),
]

/** As `prepare_data_backup` calls what was ordered. */
const statusWords = { ordered: 'queued', fetched: 'fetched', failed: 'failed' } as const

/** The page of the web client on which somebody comes back; the secret goes to `yp.login`. */
const backLink = ({ publicUrl }: FaceRequest) => `${publicUrl}/-/#/welcome/back={secret}`
