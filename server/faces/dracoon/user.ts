import { endSession } from '../../core/sessions/end-session.ts'
import { tenantUsage } from '../../core/tenants/tenant-usage.ts'
import { changePassword } from '../../core/users/change-password.ts'
import { ownAccount } from '../../core/users/own-account.ts'
import { updateOwnAccount } from '../../core/users/update-own-account.ts'
import type { Row } from '../operation.ts'
import { op, raw } from './op.ts'
import { presentCustomer } from './present-customer.ts'
import { presentUserAccount } from './present-user.ts'

/** The own account. Pictures are in avatars.ts. */
export const userRows: Row[] = [
  op('requestUserInfo', {
    auth: 'user',
    run: (ctx) => ownAccount(ctx),
    reply: presentUserAccount,
  }),

  op('updateUserAccount', {
    auth: 'user',
    run: (ctx, { body }, request) =>
      updateOwnAccount(ctx, {
        verifyAt: `${request.publicUrl}/public/account/address?secret={secret}`,
        userName: body.userName ?? body.login,
        firstName: body.firstName,
        lastName: body.lastName,
        email: body.email,
        phone: body.phone,
        language: body.language,
        agrees: body.acceptEULA,
      }),
    reply: ({ account }) => presentUserAccount(account),
  }),

  op('changeUserPassword', {
    auth: 'user',
    run: (ctx, { body }) => changePassword(ctx, body),
    reply: () => undefined,
  }),

  op('requestCustomerInfo', {
    auth: 'user',
    run: (ctx) => tenantUsage(ctx),
    reply: (usage, _input, { tenant }) => presentCustomer(tenant, usage),
  }),

  raw('pingUser', {
    auth: 'user',
    run: async (ctx) => {
      const { user } = await ownAccount(ctx)
      return {
        status: 200,
        headers: { 'cache-control': 'no-store' },
        text: `OK ${user.userName}`,
        type: 'text/plain; charset=utf-8',
      }
    },
  }),

  op('logout', {
    auth: 'user',
    run: (ctx, { params }) => endSession(ctx, { everywhere: params.everywhere === true }),
    reply: () => undefined,
  }),
]
