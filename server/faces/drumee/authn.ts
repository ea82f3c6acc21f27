import { approvePairing, beginPairing, pollPairing } from '../../core/sessions/pair-device.ts'
import { createPushTicket } from '../../core/sessions/push-ticket.ts'
import { signIn } from '../../core/sessions/sign-in.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { seconds } from './ids.ts'
import { op } from './op.ts'

/** How often a program may ask whether it was let in. */
const pollSeconds = 5

/** Programs without a browser: a token for name and password, or by a code on another screen. */
export const authnRows: Row[] = [
  // By the cookie too: the answer can be read by pages of this host alone.
  op('bootstrap.authn', {
    auth: 'open',
    run: async (ctx) => createPushTicket(ctx),
    reply: (token) => ({ token }),
  }),
  op('authn.create', {
    auth: 'open',
    changes: true,
    run: (ctx, _given, request) => signIn(ctx, { ...basicCredentials(request), kind: 'cookie' }),
    reply: ({ token }) => ({ token }),
  }),
  op('authn.begin', {
    auth: 'open',
    changes: true,
    run: (ctx, { body }) => beginPairing(ctx, body),
    reply: ({ deviceSecret, userCode, expireAt }) => ({
      device_code: deviceSecret,
      user_code: userCode,
      expires: seconds(expireAt),
      interval_seconds: pollSeconds,
    }),
  }),
  op('authn.approve', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => approvePairing(ctx, { userCode: body.user_code }),
    reply: () => ({ status: 'approved' as const }),
    refusal: ({ subject }) => (subject === 'code' ? { status: 'unknown' as const } : undefined),
  }),
  op('authn.poll', {
    auth: 'open',
    changes: true,
    run: (ctx, { body }) => pollPairing(ctx, { deviceSecret: body.device_code }),
    reply: (polled) =>
      polled.state === 'approved'
        ? { status: polled.state, token: polled.token }
        : { status: polled.state },
  }),
]

/** Name and password of the Basic scheme (RFC 7617); what is none is nobody's. */
function basicCredentials({ headers }: FaceRequest) {
  const [, encoded = ''] =
    /^Basic +([A-Za-z0-9+/=_-]+)\s*$/i.exec(headers.authorization ?? '') ?? []
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return { login: '', password: '' }
  return { login: text.slice(0, colon), password: text.slice(colon + 1) }
}
