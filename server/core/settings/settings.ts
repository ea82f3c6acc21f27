/** What the administrators of a tenant decide for all of its accounts. */
export type Settings = {
  /** Every user has to accept the terms of use before he goes on. */
  readonly agreement: boolean
  /** Every account has to have an e-mail address. */
  readonly address: boolean
  /** People without an account may make one. */
  readonly registration: boolean
  /** Administrators of rooms may invite people from outside as guests. */
  readonly guests: boolean
  /** From this classification on a download link needs a password (1 to 4); 0: from none. */
  readonly linkPasswordFrom: number
}

/** What holds in a tenant where nobody decided otherwise. */
export const defaultSettings: Settings = {
  agreement: false,
  address: false,
  registration: false,
  guests: false,
  linkPasswordFrom: 0,
}
