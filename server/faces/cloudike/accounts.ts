import { fault } from '../../core/fault.ts'
import { endSession } from '../../core/sessions/end-session.ts'
import { signIn } from '../../core/sessions/sign-in.ts'
import { accountOf } from '../../core/users/account-of.ts'
import type { Row } from '../operation.ts'
import { parseLogin } from './ids.ts'
import { op } from './op.ts'
import { presentAccount, presentToken } from './present-account.ts'

/** Tag `accounts`. */
export const accountRows: readonly Row[] = [
  op('accountsLogin', {
    auth: 'none',
    run: (ctx, { body }) => {
      const { login, password } = body
      // Keys in place of a password are not given out yet, so that none is right.
      if (login === undefined || password === undefined) return fault('wrong-credentials', 'user')
      return signIn(ctx, {
        ...parseLogin(login),
        password,
        kind: 'token',
        permanent: body.permanent_auth,
        device: body.device_description || undefined,
      })
    },
    reply: (signedIn, _input, ctx) => presentToken(signedIn, ctx.tenant),
  }),

  op('accountsLogout', {
    auth: 'device',
    run: (ctx) => endSession(ctx),
    reply: () => ({ logout: true }),
  }),

  // Another account only for those who may see it; others get their own (dossier 4, rule 31).
  op('accountsGet', {
    auth: 'user',
    run: (ctx, { params }) => accountOf(ctx, { userId: params.user_id }),
    reply: (account, _input, ctx) => presentAccount(account, ctx.tenant),
  }),
]
