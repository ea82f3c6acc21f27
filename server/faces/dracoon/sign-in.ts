import { signIn } from '../../core/sessions/sign-in.ts'
import type { Row } from '../operation.ts'
import { op, raw } from './op.ts'
import { refuseInput } from './refuse.ts'

/** The tag `auth`: liveness, and the old login. */
export const signInRows: Row[] = [
  op('login', {
    auth: 'none',
    run: async (ctx, { body }) => {
      const { authType = 'basic', password } = body
      if (authType !== 'basic') return refuseInput('body.authType', 'auth-method', 'only basic')
      const login = body.userName ?? body.login
      if (login === undefined) return refuseInput('body.userName', 'required', 'it is missing')
      return signIn(ctx, { kind: 'login', login, password })
    },
    reply: ({ token }) => ({ token }),
  }),

  raw('ping', {
    auth: 'none',
    run: async ({ now }) => ({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      text: `OK ${new Date(now).toISOString()}`,
      type: 'text/plain; charset=utf-8',
    }),
  }),
]
