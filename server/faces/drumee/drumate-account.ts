import { sendOwnCode } from '../../core/codes/send-own-code.ts'
import { updateSettings } from '../../core/profiles/update-settings.ts'
import { foundTenant } from '../../core/tenants/found-tenant.ts'
import { changeEmail } from '../../core/users/change-email.ts'
import { changePassword } from '../../core/users/change-password.ts'
import { checkOwnPassword } from '../../core/users/check-own-password.ts'
import { updateOwnAccount } from '../../core/users/update-own-account.ts'
import type { Row } from '../operation.ts'
import { seconds, userCode } from './ids.ts'
import { languageCode } from './languages.ts'
import { own } from './own.ts'
import {
  nameFields,
  presentAccountText,
  presentContactChanged,
  presentWelcomed,
  profileFields,
} from './present-account.ts'
import { onlyOwnId, proofOf, readProfile, verifyLink } from './read-account.ts'

/** The own account: what it is called, how it signs in, what it remembers. */
export const drumateAccountRows: Row[] = [
  own('drumate.update_profile', {
    changes: true,
    run: (ctx, { body }) =>
      updateOwnAccount(ctx, { ...readProfile(body.profile), proof: proofOf(body) }),
    reply: ({ own: changed, sent }) => {
      const profile = profileFields(changed)
      if (!sent) return profile
      return { secret: sent.secret, expiry: seconds(sent.expireAt), code: '******', profile }
    },
  }),
  own('drumate.change_password', {
    changes: true,
    run: (ctx, { body }) =>
      changePassword(ctx, { oldPassword: body.old_password, newPassword: body.new_password }),
    reply: (_done, _given, ctx) => ({
      status: 'success' as const,
      ...(ctx.actor.kind === 'user' ? { id: userCode(ctx.actor.userId) } : {}),
      domain_id: ctx.tenant.id,
    }),
  }),
  own('drumate.change_email', {
    changes: true,
    run: (ctx, { body }, request) =>
      changeEmail(ctx, {
        email: body.email,
        password: body.password,
        proof: proofOf(body),
        link: verifyLink(request),
      }),
    reply: (changed, _given, ctx) => presentContactChanged(ctx, changed),
  }),
  own('drumate.change_mobile', {
    changes: true,
    run: (ctx, { body }) => updateOwnAccount(ctx, { phone: body.mobile.trim() || null }),
    reply: ({ own: changed }, _given, ctx) => presentContactChanged(ctx, changed),
  }),
  own('drumate.check_password', {
    changes: true,
    run: (ctx, { body }) => checkOwnPassword(ctx, body),
    reply: (user) => {
      const { id, ident, email, firstname, lastname, fullname } = nameFields(user)
      const names = { id, ident, email, firstname, lastname, fullname }
      return { ...names, type: 'drumate', area: 'personal' as const, status: 'active' as const }
    },
    refusal: ({ code }) => (code === 'wrong-credentials' ? [] : undefined),
  }),
  own('drumate.update_ident', {
    changes: true,
    run: (ctx, { body }) => {
      onlyOwnId(ctx, body.id)
      return updateOwnAccount(ctx, { userName: body.ident })
    },
    reply: ({ own: changed }, _given, ctx, request) => presentAccountText(ctx, changed, request),
  }),
  own('drumate.set_lang', {
    changes: true,
    run: (ctx, { body }) => updateOwnAccount(ctx, { language: languageCode(body.Xlang) }),
    reply: ({ own: changed }) => ({ profile: profileFields(changed) }),
  }),
  own('drumate.intro_acknowledged', {
    changes: true,
    run: (ctx) => updateOwnAccount(ctx, { details: { intro: 'no' } }),
    reply: ({ own: changed }, _given, ctx) => presentWelcomed(ctx, changed),
  }),
  own('drumate.update_settings', {
    changes: true,
    run: (ctx, { body }) => updateSettings(ctx, body),
    reply: ({ settings }, _given, ctx) => ({
      id: ctx.actor.kind === 'user' ? userCode(ctx.actor.userId) : '',
      settings: { ...settings },
    }),
  }),
  // By GET too, since the web client does; what it does to an account is a message to its owner.
  own('drumate.get_otp', {
    run: (ctx) => sendOwnCode(ctx, { purpose: 'confirm' }),
    reply: ({ secret, createdAt, expireAt, hint }, _given, ctx) => ({
      uid: ctx.actor.kind === 'user' ? userCode(ctx.actor.userId) : '',
      secret,
      code: null,
      ctime: seconds(createdAt),
      expiry: seconds(expireAt),
      tips: hint,
    }),
  }),
  own('drumate.hub_to_pro', {
    changes: true,
    run: (ctx) => foundTenant(ctx),
    reply: (never) => never,
  }),
]
