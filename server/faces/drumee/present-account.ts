import type { Ctx } from '../../core/ctx.ts'
import type { OwnProfile } from '../../core/profiles/own-profile.ts'
import { phoneNumber } from '../../core/texts/phone-number.ts'
import { codeNumberOf, hasVerifiedEmail, secondStepBy } from '../../core/users/second-step.ts'
import type { User as CoreUser } from '../../core/users/user.ts'
import type { FaceRequest } from '../operation.ts'
import type {
  Account,
  AccountDigest,
  AccountText,
  ContactChanged,
  Profile,
  ProfileFields,
  Quota,
  Welcomed,
} from './generated/shapes.ts'
import { nodeCode, seconds, tenantCode, userCode } from './ids.ts'
import { amount, domainOf } from './present-place.ts'

/** What of an account stands in every shape that a user of it has. */
export function accountFields(own: OwnProfile) {
  const { user, profile } = own
  return {
    ...nameFields(user),
    remit: 0,
    ctime: seconds(user.createdAt),
    mtime: seconds(profile.updatedAt ?? user.createdAt),
    lang: user.language,
    avatar: avatarPath(user.id),
    status: user.isLocked ? ('locked' as const) : ('active' as const),
    profile: profileFields(own),
    settings: profile.settings,
    profile_type: 'normal',
  }
}

export function nameFields(user: CoreUser) {
  const { userName, firstName, lastName } = user
  const email = user.email ?? ''
  return {
    id: userCode(user.id),
    ident: userName,
    username: userName,
    email,
    firstname: firstName,
    lastname: lastName,
    fullname: `${firstName} ${lastName}`.trim() || email || userName,
  }
}

/** Where the picture of a user is; clients add what they want of it. */
export function avatarPath(userId: number): string {
  return `/-/avatar/${userCode(userId)}`
}

const otpWords = { mail: 'email', text: 'sms', off: '0' } as const

/** Whether codes go to the number of the account by text message. */
function isCodeNumber({ phone, profile }: CoreUser): boolean {
  return phone !== null && phoneNumber(phone) === codeNumberOf({ profile })
}

/** What a user says of himself, and what his account says (dossier 9.1). */
export function profileFields({ user, profile }: OwnProfile): ProfileFields {
  const { ident, username, email, firstname, lastname } = nameFields(user)
  return {
    ...profile.details,
    ...{ ident, username, email, firstname, lastname, lang: user.language },
    mobile: user.phone ?? undefined,
    otp: otpWords[secondStepBy(user) ?? 'off'],
    mobile_verified: isCodeNumber(user) ? 1 : 0,
    email_verified: hasVerifiedEmail(user) ? 1 : 0,
    profile_type: 'normal',
  }
}

export function quotaFields(ctx: Ctx, { quota }: Pick<OwnProfile, 'quota'>): Quota {
  const bytes = quota ?? ctx.tenant.quota
  return { storage: amount(bytes), disk: amount(bytes), unlimited: bytes === null ? 1 : 0 }
}

export function presentProfile(ctx: Ctx, own: OwnProfile, request: FaceRequest): Profile {
  return {
    ...accountFields(own),
    hub_id: userCode(own.user.id),
    home_id: nodeCode(own.user.homeId),
    isGuest: 0,
    domain: domainOf(request),
    domain_id: ctx.tenant.id,
    organization: ctx.tenant.name,
    quota: quotaFields(ctx, own),
  }
}

/** After a change of picture. */
export function presentAccount(ctx: Ctx, own: OwnProfile, request: FaceRequest): Account {
  const { profile_type: _type, ...fields } = accountFields(own)
  return {
    ...fields,
    oid: tenantCode(ctx.tenant.id),
    hub_id: userCode(own.user.id),
    sb_id: null,
    logged_in: 1,
    domain: domainOf(request),
    domain_id: ctx.tenant.id,
    quota: quotaFields(ctx, own),
  }
}

/** The same with two members as text, as the web client wants it after a change of name. */
export function presentAccountText(ctx: Ctx, own: OwnProfile, request: FaceRequest): AccountText {
  const account = presentAccount(ctx, own, request)
  const { profile, settings } = account
  return { ...account, profile: JSON.stringify(profile), settings: JSON.stringify(settings) }
}

export function presentContactChanged(ctx: Ctx, own: OwnProfile): ContactChanged {
  const { id, email, firstname, lastname } = nameFields(own.user)
  const quota = quotaFields(ctx, own)
  return { id, email, firstname, lastname, profile: profileFields(own), quota }
}

export function presentWelcomed(ctx: Ctx, own: OwnProfile): Welcomed {
  const { id, username, email, firstname, lastname, fullname } = nameFields(own.user)
  return {
    ...{ id, username, email, firstname, lastname, fullname },
    domain_id: ctx.tenant.id,
    remit: 0,
    profile: profileFields(own),
    avatar: avatarPath(own.user.id),
    lang: own.user.language,
    quota: quotaFields(ctx, own),
    connected: 1,
  }
}

/** What somebody may know of a person whom he knows. */
export function presentDigest(ctx: Ctx, user: CoreUser, request: FaceRequest): AccountDigest {
  const { id, ident, username, email, firstname, lastname } = nameFields(user)
  return {
    ...{ id, ident, username, email, firstname, lastname },
    domain: domainOf(request),
    domain_id: ctx.tenant.id,
    mobile: null,
  }
}
