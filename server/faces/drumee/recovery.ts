import { createHash } from 'node:crypto'
import { type Fault, fault } from '../../core/fault.ts'
import { isMailAddress } from '../../core/mail/mail-fields.ts'
import { requestReset } from '../../core/users/request-reset.ts'
import { checkReset, resetPassword } from '../../core/users/reset-password.ts'
import { verifyEmail } from '../../core/users/verify-email.ts'
import { sameText } from '../../lib/bytes/same-text.ts'
import type { Row } from '../operation.ts'
import type { PasswordSetRefusal, TokenRefusal } from './generated/shapes.ts'
import { readCode, userCode } from './ids.ts'
import { op } from './op.ts'
import { resetLink } from './read-account.ts'

/** A forgotten password in three steps, and the proof of an address. */
const drumateRecovery: Row[] = [
  op('drumate.send_forgot_password_token', {
    auth: 'open',
    changes: true,
    run: async (ctx, { body }, request) => {
      const email = addressOf(body.email)
      await requestReset(ctx, { login: email, by: 'email', link: resetLink(request) })
      return email
    },
    reply: (email) => ({ email }),
  }),
  op('drumate.validate_forgot_password_token', {
    auth: 'open',
    run: (ctx, { body }) => checkReset(ctx, { secret: body.code, email: addressOf(body.email) }),
    reply: () => ({ valid: 1 as const }),
    refusal: (error) => (isBadProof(error) ? { valid: 0 as const } : undefined),
  }),
  op('drumate.reset_forgot_password', {
    auth: 'open',
    changes: true,
    run: (ctx, { body }) =>
      resetPassword(ctx, {
        secret: body.code,
        email: addressOf(body.email),
        password: body.password,
      }),
    reply: () => ({ status: 'ok' }),
  }),
  op('drumate.verify_email', {
    auth: 'open',
    changes: true,
    run: (ctx, { body }) =>
      verifyEmail(ctx, {
        secret: body.token,
        userId: userId(body.uid),
        isMeant: (email) => isNamed(email, body.email),
      }),
    reply: () => [],
  }),
]

/** The same by a mailed link. */
const butlerRecovery: Row[] = [
  op('butler.get_reset_token', {
    auth: 'open',
    changes: true,
    run: async (ctx, { body }, request) => {
      const email = body.email.trim()
      // What cannot be an address is nobody's, known or not.
      if (!isMailAddress(email)) return undefined
      await requestReset(ctx, { login: email, by: 'email', link: resetLink(request) })
      return email
    },
    reply: (email) =>
      email === undefined ? { rejected: 'INVALID_EMAIL_FORMAT' as const } : { email },
  }),
  op('butler.check_token', {
    auth: 'open',
    run: (ctx, { body }) => checkReset(ctx, { secret: body.secret }),
    reply: ({ id, userName, email }, { body }) => ({
      email: email ?? '',
      method: 'forgot_password',
      status: 'active',
      id: userCode(id),
      secret: body.secret,
      ident: userName,
    }),
    refusal: (error): TokenRefusal | undefined => {
      if (!isBadProof(error)) return undefined
      return { error: error.code === 'expired' ? 'LINK_EXPIRES' : 'INVALID_LINK' }
    },
  }),
  ...(['butler.set_password', 'butler.set_pass_phrase'] as const).map((id) =>
    op(id, {
      auth: 'open',
      changes: true,
      run: (ctx, { body }) =>
        resetPassword(ctx, {
          secret: body.secret,
          userId: userId(body.id) ?? 0,
          password: body.password,
        }),
      reply: (user) => ({ id: userCode(user.id), email: user.email ?? '', status: 'ok' }),
      refusal: refusedPassword,
    }),
  ),
]

export const recoveryRows: Row[] = [...drumateRecovery, ...butlerRecovery]

function refusedPassword(error: Fault): PasswordSetRefusal | undefined {
  if (error.code === 'invalid' && error.data.field === 'password') {
    return { rejected: 1, reason: 'bad_pass' }
  }
  if (!isBadProof(error)) return undefined
  return { rejected: 1, reason: error.code === 'expired' ? 'expired' : 'not_found' }
}

/** Codes that are no good; for accounts that may not be used the same is said. */
function isBadProof({ code, subject }: Fault): boolean {
  if (subject === 'user') return code === 'disabled' || code === 'expired'
  return subject === 'code'
}

function addressOf(text: string): string {
  const email = text.trim()
  if (isMailAddress(email)) return email
  return fault('invalid', 'user', undefined, { field: 'email', rule: 'form' })
}

function userId(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const named = readCode(text)
  return named?.kind === 'user' ? named.id : 0
}

/** Clients name an address by the hex digits of its SHA-512, or as it is. */
function isNamed(email: string, name: string): boolean {
  const given = name.trim().toLowerCase()
  const digest = createHash('sha512').update(email).digest('hex')
  return sameText(given, digest) || sameText(given, email.toLowerCase())
}
