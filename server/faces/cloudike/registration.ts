import { makeLoginKey } from '../../core/sessions/login-keys.ts'
import { accountExists } from '../../core/users/account-exists.ts'
import { agree } from '../../core/users/agree.ts'
import { approveAccount, invitedAccount, resendApproval } from '../../core/users/approve-account.ts'
import { changeProfile } from '../../core/users/change-profile.ts'
import { registerAccount } from '../../core/users/register-account.ts'
import { removeLogin } from '../../core/users/remove-login.ts'
import { requestReset } from '../../core/users/request-reset.ts'
import { termsOfUse } from '../../core/users/terms-of-use.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { parseLogin } from './ids.ts'
import { op, raw } from './op.ts'
import { presentCreated, presentToken } from './present-account.ts'

const done = () => ({})
const approvalLink = ({ publicUrl }: FaceRequest) =>
  `${publicUrl}/public/account/approval?secret={secret}`
const resetLink = ({ publicUrl }: FaceRequest) =>
  `${publicUrl}/public/account/password?secret={secret}`

/** A name in one piece: the last word is the last name. */
export function splitName(name: string): { readonly firstName: string; readonly lastName: string } {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? (words.pop() ?? '') : ''
  return { firstName: words.join(' '), lastName: last }
}

/** Empty members count as not sent: a client posts its whole user object back. */
const filled = (text: string | undefined) => (text === '' ? undefined : text)

/** Accounts: making one, the own profile, forgotten passwords, terms of use. */
export const registrationRows: readonly Row[] = [
  op('accountsCreate', {
    auth: 'any',
    run: (ctx, { body }, request) =>
      registerAccount(ctx, {
        email: parseLogin(body.email).login,
        password: body.password,
        ...splitName(body.name),
        phone: filled(body.phone_number),
        language: filled(body.lang),
        agrees: body.user_agreement,
        link: approvalLink(request),
        invitation: filled(body.invite_hash),
      }),
    reply: (user, _input, { tenant }) => presentCreated(user, tenant),
  }),

  op('accountsApprove', {
    auth: 'none',
    run: (ctx, { params }) => approveAccount(ctx, { secret: params.hash }),
    reply: (signedIn, _input, { tenant }) => presentToken(signedIn, tenant),
  }),

  op('accountsResendMessageForApprove', {
    auth: 'none',
    run: (ctx, { body }, request) =>
      resendApproval(ctx, { ...parseLogin(body.login), link: approvalLink(request) }),
    reply: done,
  }),

  op('accountsGetinvited', {
    auth: 'none',
    run: (ctx, { params }) => invitedAccount(ctx, { secret: params.hash }),
    reply: ({ email, userName }) => ({ login: email === null ? userName : `email:${email}` }),
  }),

  op('accountsCheck', {
    auth: 'any',
    run: (ctx, { params }) => accountExists(ctx, parseLogin(params.login)),
    reply: () => ({ status: 'ok' as const }),
  }),

  op('accountsRecoverLostPassword', {
    auth: 'none',
    run: (ctx, { body }, request) =>
      requestReset(ctx, { ...parseLogin(body.login), link: resetLink(request) }),
    reply: done,
  }),

  op('accountsChangeProfile', {
    auth: 'user',
    run: (ctx, { body = {} }, request) => {
      const { name, timezone, extra_info: extra } = body
      const details = { ...(timezone ? { timezone } : {}), ...(extra ? { extra_info: extra } : {}) }
      return changeProfile(ctx, {
        ...(filled(name) === undefined ? {} : splitName(name ?? '')),
        language: filled(body.lang),
        password: filled(body.password),
        ...(Object.keys(details).length === 0 ? {} : { details }),
        undoLink: resetLink(request),
      })
    },
    reply: ({ samePassword }) =>
      samePassword
        ? { code: 'PasswordNotModified' as const, description: 'This is the present password' }
        : {},
  }),

  op('accountsRemoveLogin', {
    auth: 'user',
    run: (ctx, { body }) => removeLogin(ctx, parseLogin(body.login)),
    reply: (_result, { body }) => ({ login: body.login }),
  }),

  op('accountsAcceptOffer', {
    auth: 'user',
    run: (ctx) => agree(ctx, { agrees: true }),
    reply: () => ({ accepted: true }),
  }),

  op('accountsDeclineOffer', {
    auth: 'user',
    run: (ctx) => agree(ctx, { agrees: false }),
    reply: done,
  }),

  raw('accountsGetOffer', {
    auth: 'user',
    run: async (ctx) => ({
      status: 200,
      // An administrator's text: shown, but nothing in it runs or loads.
      headers: {
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      },
      text: await termsOfUse(ctx),
      type: 'text/html; charset=utf-8',
    }),
  }),

  op('adminAccountsGenerateLoginKey', {
    auth: 'user',
    run: (ctx, { body }) => makeLoginKey(ctx, { userId: body.user_id }),
    reply: ({ userId, key }) => [userId, key],
  }),
]
