import { endSession } from '../../core/sessions/end-session.ts'
import { signInByKey } from '../../core/sessions/login-keys.ts'
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
      const session = {
        kind: 'token',
        permanent: body.permanent_auth,
        device: body.device_description || undefined,
      } as const
      // The document wants one or the other.
      const { key, login = '', password = '' } = body
      return key === undefined
        ? signIn(ctx, { ...parseLogin(login), password, ...session })
        : signInByKey(ctx, { key, ...session })
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
