import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import {
  ROLE_SEES_NONMEMBERS,
  ROLE_USER,
  ROLE_USERS,
  type Roles,
} from '../permissions/permission.ts'
import { openAccount } from './open-account.ts'
import { checkNewPassword, generatePassword, passwordForm } from './password-policy.ts'
import type { User } from './user.ts'
import { checkUserFields } from './user-fields.ts'

export type CreateUser = {
  readonly userName: string
  readonly firstName: string
  readonly lastName: string
  readonly email?: string | null
  readonly phone?: string | null
  /** Default: the tenant's. */
  readonly language?: string
  /** Absent: one is generated and answered. */
  readonly password?: string
  /** Default: only for a generated password. */
  readonly mustChangePassword?: boolean
  /** Beside ROLE_USER, which everybody has. */
  readonly roles?: Roles
  readonly expireAt?: number | null
  readonly isNonmemberViewer?: boolean
}

/** Roles that anybody who makes accounts may give; of the others, only those that he holds. */
const freeRoles = ROLE_USER | ROLE_SEES_NONMEMBERS

/**
 * Makes an account with its home. Needs ROLE_USERS. Faults: 'forbidden' 'user', 'invalid' 'user'
 * with data.field and data.rule, 'exists' 'user' for a taken user name, 'limit-reached' 'user'.
 */
export async function createUser(
  ctx: Ctx,
  input: CreateUser,
): Promise<{ user: User; password: string | null }> {
  const roles = rolesFor(ctx, input)
  checkUserFields(ctx, { ...input, roles })
  const generated =
    input.password === undefined ? generatePassword(ctx.secrets, input.userName) : null
  const password = generated ?? input.password ?? ''
  checkNewPassword(password, input.userName)
  const hash = await ctx.secrets.hashPassword(passwordForm(password))
  const account = {
    userName: input.userName,
    firstName: input.firstName,
    lastName: input.lastName,
    email: input.email ?? null,
    phone: input.phone ?? null,
    language: input.language ?? ctx.tenant.language,
    expireAt: input.expireAt ?? null,
    mustChangePassword: input.mustChangePassword ?? generated !== null,
    roles,
  }
  const user = await ctx.write((tx) => openAccount(ctx, tx, account, hash))
  return { user, password: generated }
}

function rolesFor({ actor }: Ctx, { roles = 0, isNonmemberViewer }: CreateUser): Roles {
  const wanted = roles | ROLE_USER | (isNonmemberViewer ? ROLE_SEES_NONMEMBERS : 0)
  if (actor.kind === 'system') return wanted
  if (actor.kind !== 'user') return fault('unauthenticated', 'session')
  const given = actor.roles | freeRoles
  const allowed = (actor.roles & ROLE_USERS) !== 0 && (wanted & ~given) === 0
  return allowed ? wanted : fault('forbidden', 'user')
}
