/**
 * The ten permissions of a boundary as one bit set. MANAGE implies all others: it is expanded when
 * a grant is written, so that a test is always one AND.
 */
export const READ = 1
export const CREATE = 2
export const CHANGE = 4
export const DELETE = 8
export const MANAGE_DOWNLOAD_LINKS = 16
export const MANAGE_UPLOAD_LINKS = 32
export const READ_TRASH = 64
export const RESTORE_TRASH = 128
export const DELETE_TRASH = 256
export const MANAGE = 512
export const ALL = 1023

/** A bit set of the constants above; 0 means "may pass through, sees nothing in it". */
export type Permissions = number

export function has(held: Permissions, needed: Permissions): boolean {
  return (held & needed) === needed
}

/** Normal form of a grant: MANAGE brings everything. */
export function expand(bits: Permissions): Permissions {
  return (bits & MANAGE) !== 0 ? ALL : bits & ALL
}

/** Roles in a tenant, as a bit set beside the permissions on objects. */
export const ROLE_CONFIG = 1
export const ROLE_USERS = 2
export const ROLE_GROUPS = 4
export const ROLE_ROOMS = 8
export const ROLE_AUDIT = 16
export const ROLE_SEES_NONMEMBERS = 32
export const ROLE_USER = 64
/** Somebody from outside who was invited into rooms: has no other role and is in no group. */
export const ROLE_GUEST = 128
/** What the first administrator of a tenant holds. */
export const ALL_ROLES = 127
export type Roles = number
