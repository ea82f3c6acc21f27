import { nameKey } from '../../lib/names/name-key.ts'
import { checkText } from '../../lib/names/plain-text.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import { maxPasswordLength, passwordForm } from '../users/password-policy.ts'
import { isPending } from '../users/pending.ts'
import { hasSecondStep } from '../users/second-step.ts'
import type { User } from '../users/user.ts'
import type { LoginKind } from '../users/user-store.ts'
import { type Counter, countersFor, guarded } from './guarded.ts'

export type Credentials = {
  readonly login: string
  readonly password: string
  /** How `login` is meant; default: a user name, or an address that is one account's. */
  readonly by?: LoginKind
  /**
   * The caller asks for the second step where the account wants one. By default a password alone
   * does not open such an account.
   */
  readonly secondStep?: 'follows'
}

export type Candidate = { readonly user: User | undefined; readonly hash: string | null }

/** The longest login that is looked up. */
const maxLogin = 320

/**
 * Checks login and password and runs `use` in the transaction that notes the sign-in, with the
 * account as it is then. Unknown accounts, wrong passwords and accounts without a password are the
 * same fault after the same time and are counted alike. Faults: 'wrong-credentials' 'user',
 * 'locked' 'user', after a right password 'disabled' and 'expired' 'user', 'disabled' 'tenant', and
 * 'forbidden' 'user' with rule 'second-step'.
 */
export async function withAccount<T>(
  ctx: Ctx,
  credentials: Credentials,
  use: (tx: Tx, user: User) => Promise<T>,
): Promise<T> {
  const { user, hash } = await candidate(ctx, credentials)
  return guarded<T>(ctx, {
    subject: 'user',
    counters: accountCounters(ctx, credentials, user),
    check: () => ctx.secrets.checkPassword(checkable(credentials.password), hash),
    wrong: (tx) => noteFailure(ctx, tx, user),
    right: async (tx) => {
      const current = await noteSuccess(ctx, tx, user, hash)
      if (current instanceof Fault) return current
      return missingStep(credentials, current) ?? use(tx, current)
    },
  })
}

/** Why an account may not be used now; undefined when it may. */
export function closedAccount(ctx: Ctx, user: User): Fault | undefined {
  if (ctx.tenant.isLocked) return new Fault('disabled', 'tenant')
  if (user.isLocked || isPending(user)) return new Fault('disabled', 'user')
  const isPast = user.expireAt !== null && user.expireAt <= ctx.now
  return isPast ? new Fault('expired', 'user') : undefined
}

/** The fault of an account whose second step the caller does not ask for. */
export function missingStep({ secondStep }: Credentials, user: User): Fault | undefined {
  if (secondStep === 'follows' || !hasSecondStep(user)) return undefined
  return new Fault('forbidden', 'user', undefined, { rule: 'second-step' })
}

/** A password as it is compared. What cannot be a password is compared as none. */
export function checkable(password: string): string {
  const can = password.length <= maxPasswordLength && password.isWellFormed()
  return can ? passwordForm(password) : ''
}

/** What failures at these credentials are counted under: the account, or the name nobody has. */
export function accountCounters(
  ctx: Ctx,
  { login }: Credentials,
  user: User | undefined,
): Counter[] {
  const name = ctx.secrets.digest(nameKey(login.slice(0, 999)))
  return countersFor(ctx, user ? `login:${user.id}` : `name:${name}`, 'net')
}

/** As many statements for an unknown account as for a known one. */
export async function candidate(ctx: Ctx, { login, by }: Credentials): Promise<Candidate> {
  const isText = login !== '' && checkText(login, maxLogin) === undefined
  return ctx.read(async (tx) => {
    const user = await tx.users.findByLogin(isText ? login : '', by)
    const hash = await tx.users.passwordHash(user?.id ?? 0)
    return { user, hash }
  })
}

async function noteFailure(ctx: Ctx, tx: Tx, user: User | undefined): Promise<void> {
  await tx.users.update(user?.id ?? 0, { lastFailureAt: ctx.now })
  await recordEvents(ctx, tx, [{ type: 'session.failed', subjectId: user?.id }])
}

/**
 * Writes to the account first, which holds it until the end: a password that is being changed is
 * either the new one here, or its change ends the session that comes of this.
 */
async function noteSuccess(
  ctx: Ctx,
  tx: Tx,
  user: User | undefined,
  checkedHash: string | null,
): Promise<User | Fault> {
  const wrong = new Fault('wrong-credentials', 'user')
  if (!user || checkedHash === null) return wrong
  await tx.users.update(user.id, { lastLoginAt: ctx.now })
  const current = await tx.users.find(user.id)
  if (!current || (await tx.users.passwordHash(user.id)) !== checkedHash) return wrong
  return closedAccount(ctx, current) ?? current
}
