import {
  CHANGE,
  CREATE,
  DELETE,
  DELETE_TRASH,
  has,
  MANAGE,
  MANAGE_DOWNLOAD_LINKS,
  MANAGE_UPLOAD_LINKS,
  type Permissions,
  READ,
  READ_TRASH,
  RESTORE_TRASH,
  ROLE_AUDIT,
  ROLE_CONFIG,
  ROLE_ROOMS,
  ROLE_USERS,
  type Roles,
} from '../../core/permissions/permission.ts'

type Bit = {
  readonly bit: number
  /** What must be held for the bit to show. */
  readonly shows: Permissions
  /** What the bit gives. */
  readonly gives: Permissions
}

const links = MANAGE_DOWNLOAD_LINKS | MANAGE_UPLOAD_LINKS
const trash = READ_TRASH | RESTORE_TRASH

/**
 * Bits of a privilege word (dossier 7, left column) and the permissions of the core. The words 1,
 * 3, 7, 15, 31 and 63 come back as they were given; see NOTES.md for what a word cannot say.
 */
const bits: readonly Bit[] = [
  { bit: 2, shows: READ, gives: READ },
  { bit: 4, shows: CREATE, gives: CREATE },
  { bit: 8, shows: CHANGE | DELETE, gives: CHANGE | DELETE | trash },
  { bit: 16, shows: links | DELETE_TRASH, gives: links | DELETE_TRASH },
  { bit: 32, shows: MANAGE, gives: MANAGE },
]

/** The highest word there is. */
export const ownerWord = 63

/** The word for what somebody holds on a node that he sees: at least 1. */
export function privilegeWord(held: Permissions): number {
  return bits.reduce((word, { bit, shows }) => (has(held, shows) ? word | bit : word), 1)
}

/** The permissions that a word gives. Each bit counts for itself. */
export function wordPermissions(word: number): Permissions {
  return bits.reduce((held, { bit, gives }) => ((word & bit) !== 0 ? held | gives : held), 0)
}

/** The word for somebody's roles in the organisation (dossier 7: 1, 3, 7, 31, 63). */
export function domainWord(roles: Roles): number {
  if (has(roles, ROLE_CONFIG | ROLE_USERS | ROLE_ROOMS)) return 63
  if (has(roles, ROLE_CONFIG)) return 31
  if (has(roles, ROLE_USERS)) return 7
  return has(roles, ROLE_AUDIT) ? 3 : 1
}
