import type { Permissions } from './permission.ts'

type GrantTerms = {
  readonly roomId: number
  readonly permissions: Permissions
  readonly expireAt: number | null
}

export type UserGrant = GrantTerms & { readonly userId: number; readonly groupId?: undefined }

export type GroupGrant = GrantTerms & {
  readonly groupId: number
  readonly userId?: undefined
  /** Whether somebody who enters the group later is let in at once, or waits for a decision. */
  readonly admits: boolean
}

/** What was given on a room: to a user, or to a group and so to everybody in it. */
export type Grant = UserGrant | GroupGrant

/**
 * What a grant comes to for one user: the user's own, or that of a group for a member who was let
 * in; it ends with the grant or with the group, whichever is sooner.
 */
export type Holding = GrantTerms & {
  readonly userId: number
  /** Absent: the user's own grant. */
  readonly groupId?: number
}

/** A holding as it takes effect: on its own room, on inheriting rooms below, as passage above. */
export type Access = {
  readonly boundaryId: number
  readonly userId: number
  readonly permissions: Permissions
  /** The room on which the grant was given. */
  readonly viaId: number
  /** The group to which it was given; absent: to the user. */
  readonly groupId?: number
  readonly expireAt: number | null
}

/**
 * Grants are what was given; access rows are what follows from them, kept so that one look-up
 * (boundary, user) decides at any depth, through groups too.
 */
export type AccessStore = {
  /** Union over the rows in force; undefined without any row (not even passage). */
  of(boundaryId: number, userId: number, now: number): Promise<Permissions | undefined>
  ofMany(
    boundaryIds: readonly number[],
    userId: number,
    now: number,
  ): Promise<Map<number, Permissions>>
  /** Every row of a boundary, passage and expired ones included. */
  rowsOf(boundaryId: number): Promise<Access[]>
  /** The rows behind decisions on one user, expired ones included. */
  explain(boundaryIds: readonly number[], userId: number): Promise<Access[]>
  /** Everybody with an effective permission other than passage. */
  usersOf(boundaryId: number, now: number): Promise<Map<number, Permissions>>
  /** Everybody with a row in force, by boundary; passage is 0. One statement. */
  usersOfMany(
    boundaryIds: readonly number[],
    now: number,
  ): Promise<Map<number, Map<number, Permissions>>>
  /** How many hold something other than passage; boundaries without have no entry. */
  countUsers(boundaryIds: readonly number[], now: number): Promise<Map<number, number>>
  /** Those of users by user, then those of groups by group. */
  grantsOf(roomId: number): Promise<Grant[]>
  grantsOfUser(userId: number): Promise<UserGrant[]>
  grantsOfGroup(groupId: number): Promise<GroupGrant[]>
  /** What the grants of a room come to, user by user. */
  holdingsOf(roomId: number): Promise<Holding[]>
  /** The same for many rooms. */
  holdingsIn(roomIds: readonly number[]): Promise<Holding[]>
  /** What the grants of a group come to for some of its members, in all rooms. */
  holdingsOfMembers(groupId: number, userIds: readonly number[]): Promise<Holding[]>
  /** Some live rooms with grants that are past their end. */
  roomsWithEnded(now: number): Promise<number[]>
  /** Writes or replaces; permissions 0 removes. */
  setGrant(grant: Grant): Promise<void>
  removeGrants(roomId: number): Promise<void>
  removeGrantsOfGroup(groupId: number): Promise<void>
  removeGrantsOfUser(userId: number): Promise<void>
  /**
   * Rooms of the subtree that inherit without a break, in folders too, the room itself first.
   */
  inheriting(roomId: number): Promise<number[]>
  /** Writes access rows, keyed by (boundary, user, via, group); computed in core/permissions. */
  insert(rows: readonly Access[]): Promise<void>
  removeVia(viaId: number, userId: number): Promise<void>
  /** Every row of a boundary, whatever it comes from. */
  removeAt(boundaryId: number): Promise<void>
  removeAllVia(viaIds: readonly number[]): Promise<void>
  /** Rows that these users have by a group; without users those of everybody. */
  removeOfGroup(groupId: number, userIds?: readonly number[]): Promise<void>
  removeOfUser(userId: number): Promise<void>
  /** Administrators (MANAGE) of the room whose grant, group and account never expire. */
  countLastingAdmins(boundaryId: number): Promise<number>
  /**
   * Rooms inside others (`outerId`) in which the user has an access row in force while he holds
   * nothing around them: top rooms for him.
   */
  aloneFor(userId: number, now: number): Promise<number[]>
  /**
   * Live rooms, homes among them, that inherit nothing and would have no administrator who lasts
   * without this user, or without what comes by this group; for a user with the groups by which he
   * is one.
   */
  lastAdminRooms(
    of: { readonly userId: number } | { readonly groupId: number },
  ): Promise<{ readonly roomId: number; readonly groupId?: number }[]>
  /** What a user, or a group, holds: rows without passage, in force. */
  rowsBy(
    of: { readonly userId: number } | { readonly groupId: number },
    now: number,
  ): Promise<Access[]>
  /** Those of these live rooms that inherit nothing and have no administrator who lasts. */
  withoutLastingAdmin(roomIds: readonly number[]): Promise<number[]>
  /** Top rooms in which the user has any access row. */
  topRoomsOf(userId: number, now: number): Promise<number[]>
}
