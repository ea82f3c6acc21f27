import { has, ROLE_USERS } from '../../core/permissions/permission.ts'
import { isPermanent } from '../../core/sessions/lifetime.ts'
import type { Session } from '../../core/sessions/session.ts'
import type { NewSignIn } from '../../core/sessions/sign-in.ts'
import type { Tenant } from '../../core/tenants/tenant.ts'
import type { Account as AccountFacts } from '../../core/users/account-of.ts'
import { fullName } from '../../core/users/full-name.ts'
import { isPending } from '../../core/users/pending.ts'
import type { User } from '../../core/users/user.ts'
import type { User as Account, AccountCreated, Device, Token } from './generated/shapes.ts'

/** A token as the login answers it. */
export function presentToken({ token, session, user }: NewSignIn, tenant: Tenant): Token {
  return {
    token,
    id: String(session.id),
    userid: user.id,
    login: user.userName,
    name: fullName(user),
    created: session.createdAt,
    expires: isPermanent(session) ? null : session.expireAt,
    device_description: deviceName(session),
    remote_wipe: false,
    need_agreement: tenant.settings.agreement && user.agreedAt === null,
    company_id: tenant.id,
  }
}

/** What the user called the device, or when and with what he signed in (params, section 2). */
function deviceName({ data, createdAt, userAgent }: Session): string {
  return data.device ?? `${new Date(createdAt).toISOString()} ${userAgent}`.trim()
}

/** A new account. */
export function presentCreated(user: User, tenant: Tenant): AccountCreated {
  return {
    userid: user.id,
    name: fullName(user),
    email: user.email ?? '',
    login: user.userName,
    storage_size: 0,
    balance: 'n/a',
    is_active: !user.isLocked && !isPending(user),
    is_approved: !isPending(user),
    created: user.createdAt,
    expires: user.expireAt,
    company_id: tenant.id,
    company_name: tenant.name,
  }
}

/** A device in a list of tokens (params, section 3, DEVICE). */
export function presentDevice(session: Session): Device {
  return {
    id: String(session.id),
    device_description: deviceName(session),
    created: session.createdAt,
    remote_wipe: session.wipeAt !== null,
    last_action: session.lastUsedAt,
  }
}

/** An account (params, section 3, USER). */
export function presentAccount({ user, usage }: AccountFacts, tenant: Tenant): Account {
  return {
    userid: user.id,
    name: fullName(user),
    lang: user.language,
    timezone: 'UTC',
    role: has(user.roles, ROLE_USERS) ? 'admin' : 'user',
    logins: loginsOf(user),
    unapproved_logins: isPending(user) && user.email !== null ? [`email:${user.email}`] : [],
    is_active: !user.isLocked,
    is_approved: !isPending(user),
    is_deleted: false,
    deleted_date: 0,
    registration_date: user.createdAt,
    last_login: user.lastLoginAt,
    expired: user.expireAt,
    need_password_change: user.mustChangePassword,
    company_id: tenant.id,
    storage_size: usage.used,
    quota_size: usage.quota ?? unlimited,
    hard_quota_size: usage.quota ?? unlimited,
    overhead_size: Math.max(0, usage.used - (usage.quota ?? usage.used)),
    storage_usage: usage.byKind,
    trash_size: usage.trash,
    balance: 'n/a',
    extra_info: {},
  }
}

/** How the wire says that there is no limit (dossier 2, "Quotas"). */
const unlimited = -1

/** Every name under which the account signs in. */
function loginsOf({ id, email, phone, userName }: User): string[] {
  return [
    ...(email === null ? [] : [`email:${email}`]),
    ...(phone === null ? [] : [`msisdn:${phone}`]),
    `userid:${id}`,
    userName,
  ]
}
