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
  /** Characters that a password of a link has at least; 0: any will do. */
  readonly linkPasswordLength: number
  /** Days after which a link ends that is made without a word about its end; 0: never. */
  readonly downloadLinkDays: number
  readonly uploadLinkDays: number
}

/** What holds in a tenant where nobody decided otherwise. */
export const defaultSettings: Settings = {
  agreement: false,
  address: false,
  registration: false,
  guests: false,
  linkPasswordFrom: 0,
  linkPasswordLength: 0,
  downloadLinkDays: 0,
  uploadLinkDays: 0,
}

/** The most that a number may be; the least is 0. */
export const greatestSettings: Readonly<Partial<Record<keyof Settings, number>>> = {
  linkPasswordFrom: 4,
  linkPasswordLength: 64,
  downloadLinkDays: 9999,
  uploadLinkDays: 9999,
}
