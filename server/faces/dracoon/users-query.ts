import type { UserFilter, UserSort } from '../../core/users/user-store.ts'
import { roleBits } from './present-roles.ts'
import { boolean, date, type Filter, parseFilter, parseSort, text, word } from './query.ts'

const lockWords = { '0': true, '1': false, '2': false } as const

const fields = {
  email: { eq: text, cn: text },
  userName: { eq: text, cn: text },
  login: { cn: text },
  firstName: { cn: text },
  lastName: { cn: text },
  isLocked: { eq: boolean },
  lockStatus: { eq: word(lockWords) },
  effectiveRoles: { eq: boolean },
  createdAt: { ge: date, le: date },
  phone: { eq: text },
  isEncryptionEnabled: { eq: boolean },
  hasRole: { eq: word(roleBits), neq: word(roleBits) },
} as const

type Wanted = Filter<typeof fields>

/** The filter of a list of users (dossier 5), as core takes it. */
export function readUserFilter(raw: string | undefined, now: number): UserFilter {
  const wanted = parseFilter(raw, fields)
  const { email, userName, isLocked, lockStatus, createdAt, phone, hasRole } = wanted
  return {
    email: email?.eq,
    emailContains: email?.cn,
    userName: userName?.eq,
    ...namesOf(wanted),
    isLocked: isLocked?.eq ?? lockStatus?.eq,
    createdFrom: createdAt?.ge,
    createdTo: createdAt?.le,
    phone: phone?.eq,
    hasRoles: hasRole?.eq,
    lacksRoles: hasRole?.neq,
    effectiveAt: wanted.effectiveRoles?.eq ? now : undefined,
    hasKeyPair: wanted.isEncryptionEnabled?.eq,
  }
}

// Terms on names are alternatives; clients send one text for all of them.
function namesOf({ userName, login, firstName, lastName }: Wanted): UserFilter {
  const terms = [userName?.cn ?? login?.cn, firstName?.cn, lastName?.cn]
  const given = terms.filter((term) => term !== undefined)
  if (given.length > 1 && new Set(given).size === 1) return { nameContains: given[0] }
  const [userNameContains, firstNameContains, lastNameContains] = terms
  return { userNameContains, firstNameContains, lastNameContains }
}

const sorts = {
  userName: 'userName',
  login: 'userName',
  email: 'email',
  firstName: 'firstName',
  lastName: 'lastName',
  isLocked: 'isLocked',
  lockStatus: 'isLocked',
  lastLoginSuccessAt: 'lastLoginAt',
  expireAt: 'expireAt',
  createdAt: 'createdAt',
  // All have the same.
  gender: 'userName',
} as const

/** The sort of a list of users; undefined when none is asked for. */
export function readUserSort(raw: string | undefined): UserSort[] | undefined {
  const terms = parseSort(raw, sorts)
  return terms.length === 0 ? undefined : terms
}
