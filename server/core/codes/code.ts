/**
 * What a one-time code proves when it comes back.
 * `sign-in`: second step after a right password. `confirm`: the signed-in user is where his codes
 * go. `reset-password`: whoever holds it owns the account's mail. `verify-email`: an address is
 * read by its user. `verify-phone`: so are text messages to a number. `leave-code`, `leave`: the
 * two steps of leaving. `come-back`: revives an account that was left. `pair-device`: a program
 * waits for a user to let it in. `approve`: completes a registration. `register`: whoever was
 * invited by mail makes his account. `sign-in-key`: signs in in place of a password.
 */
export type CodePurpose =
  | 'sign-in'
  | 'confirm'
  | 'reset-password'
  | 'verify-email'
  | 'verify-phone'
  | 'leave-code'
  | 'leave'
  | 'come-back'
  | 'pair-device'
  | 'approve'
  | 'register'
  | 'sign-in-key'

/** How a code reaches a user: by mail or by text message. */
export type CodeChannel = 'mail' | 'text'

/**
 * Something that is told once and good once: a long secret that names it and, where people type,
 * a short text beside it. Both are kept in a one-way form only.
 */
export type Code = {
  readonly id: number
  readonly purpose: CodePurpose
  /** Whose proof it is; null until somebody takes it (a device that waits). */
  readonly userId: number | null
  readonly createdAt: number
  readonly expireAt: number
  /** Wrong short texts so far. */
  readonly failures: number
  readonly consumedAt: number | null
  readonly data: Readonly<Record<string, string>>
}

/** Wrong short texts that a code bears; after them it is worth nothing. */
export const maxCodeFailures = 5
