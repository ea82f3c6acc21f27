import { nameKey } from '../../lib/names/name-key.ts'
import { actingUser } from '../acting-user.ts'
import type { Code, CodeChannel } from '../codes/code.ts'
import { redeemCode } from '../codes/redeem-code.ts'
import type { SentCode } from '../codes/send-code.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault, fault } from '../fault.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { type OwnProfile, profileOf } from '../profiles/own-profile.ts'
import { type JsonObject, mergedJson } from '../profiles/profile.ts'
import { dutiesOf, refuseDuties } from '../sessions/duties.ts'
import type { Tx } from '../store.ts'
import { askToVerify } from './change-email.ts'
import { changeSecondStep } from './change-second-step.ts'
import { withClaim } from './claimed-address.ts'
import { isOthers, newAddress } from './new-address.ts'
import { accountIn, type OwnAccount } from './own-account.ts'
import type { User } from './user.ts'
import { checkUserFields } from './user-fields.ts'
import type { UserChange } from './user-store.ts'

export type UpdateOwnAccount = {
  readonly userName?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly phone?: string | null
  readonly language?: string
  /** Without further proof for an account without one, and soon after signing in. */
  readonly email?: string
  /** The address that is mailed for confirming a new e-mail address, see `linkFrom`. */
  readonly verifyAt?: string
  /** Accepting the terms of use; it cannot be taken back. */
  readonly agrees?: boolean
  /** Merged into what the user says of himself, member by member. */
  readonly details?: JsonObject
  /** How the code goes that signing in asks for, too; null: it asks for none. */
  readonly secondStep?: CodeChannel | null
  /** A code that was sent, for a change of the second step (`changeSecondStep`). */
  readonly proof?: { readonly secret: string; readonly short: string }
}

/** What was changed; or that nothing was yet, and a code is on its way (`sent`). */
export type OwnAccountUpdate = {
  readonly own: OwnProfile
  readonly account: OwnAccount
  readonly sent?: SentCode
}

/**
 * Changes the own account. Where a change of the second step needs a code, without one it is sent
 * and nothing is changed. Faults: 'invalid' 'user' with data.field and data.rule; 'exists' 'user'
 * for a user name or e-mail address that is another's name or address; 'password-required' 'user'
 * for an address that needs another proof (`changeEmail` takes one); 'forbidden' 'session' as long
 * as the account owes something that this does not settle; those of `redeemCode` and
 * `changeSecondStep`.
 */
export async function updateOwnAccount(
  ctx: Ctx,
  input: UpdateOwnAccount,
): Promise<OwnAccountUpdate> {
  const { userId } = actingUser(ctx)
  const { proof, ...fields } = input
  checkUserFields(ctx, fields)
  const purpose = input.secondStep === 'text' ? 'verify-phone' : 'confirm'
  const proven = { purposes: [purpose] as const, userId, ...proof }
  const outcome =
    proof === undefined
      ? await ctx.write((tx) => change(ctx, tx, userId, input))
      : await redeemCode(ctx, proven, (tx, code) => change(ctx, tx, userId, input, code))
  if (outcome instanceof Fault) throw outcome
  return outcome
}

async function change(
  ctx: Ctx,
  tx: Tx,
  userId: number,
  input: UpdateOwnAccount,
  code?: Code,
): Promise<OwnAccountUpdate | Fault> {
  const { details, secondStep, agrees, proof: _, email, verifyAt, ...fields } = input
  const user = await tx.users.hold(userId)
  if (!user) return fault('unauthenticated', 'session')
  await checkOwnName(tx, user, input)
  const step = await changeSecondStep(ctx, tx, user, { to: secondStep, phone: fields.phone, code })
  if (step instanceof Fault) return step
  const { sent, ...profile } = step
  if (sent) return { ...(await answer(ctx, tx, userId)), sent }
  const settled = { ...(await newAddress(ctx, tx, user, email)), ...agreement(ctx, user, agrees) }
  refuseDuties(dutiesOf(ctx.tenant, { ...user, ...settled }))
  const before = profile.profile ?? user.profile
  const address = settled.email ?? null
  const claim = address === null ? {} : { profile: withClaim(ctx, user, before, address) }
  const written = await write(tx, userId, { ...fields, ...profile, ...settled, ...claim })
  if (address !== null && verifyAt !== undefined) {
    await askToVerify(ctx, tx, { ...user, email: address }, verifyAt)
  }
  const what = [...written, ...(profile.profile ? ['step'] : [])]
  if (details && Object.keys(details).length > 0) {
    const old = await tx.profiles.hold(userId)
    const merged = mergedJson(ctx, 'details', old.details, details)
    await tx.profiles.put(userId, { ...old, details: merged, updatedAt: ctx.now })
    what.push('details')
  }
  if (what.length > 0) {
    const data = { what: what.join(' ') }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: userId, data }])
  }
  return answer(ctx, tx, userId)
}

/** A name that is an address is the own one: others invite who reads it by that. */
async function checkOwnName(
  tx: Tx,
  user: User,
  { userName = user.userName, email = user.email ?? '' }: UpdateOwnAccount,
): Promise<void> {
  if (nameKey(userName) === nameKey(user.userName)) return
  if (await isOthers(tx, user.id, userName)) {
    fault('exists', 'user', undefined, { field: 'userName' })
  }
  if (!isMailAddress(userName) || nameKey(userName) === nameKey(email)) return
  fault('invalid', 'user', undefined, { field: 'userName', rule: 'address' })
}

async function answer(ctx: Ctx, tx: Tx, userId: number): Promise<OwnAccountUpdate> {
  return { own: await profileOf(tx, userId), account: await accountIn(ctx, tx, userId) }
}

/** Writes what is given and answers its names. */
async function write(tx: Tx, userId: number, change: UserChange): Promise<string[]> {
  const named = Object.entries(change).filter(([, value]) => value !== undefined)
  if (named.length === 0) return []
  await tx.users.update(userId, Object.fromEntries(named) as UserChange)
  return named.map(([name]) => name).filter((name) => name !== 'profile')
}

/** Faults 'invalid' 'user' with data.field 'agrees' and data.rule 'again' or 'undo'. */
function agreement(ctx: Ctx, user: User, agrees: boolean | undefined): UserChange {
  if (agrees === undefined || (!agrees && user.agreedAt === null)) return {}
  if (user.agreedAt === null) return { agreedAt: ctx.now }
  return fault('invalid', 'user', undefined, { field: 'agrees', rule: agrees ? 'again' : 'undo' })
}
