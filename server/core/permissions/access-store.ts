import type { Permissions } from './permission.ts'

export type Grant = {
  readonly roomId: number
  readonly userId: number
  readonly permissions: Permissions
  readonly expireAt: number | null
}

/** A grant as it takes effect: on its own room, on inheriting rooms below, as passage above. */
export type Access = {
  readonly boundaryId: number
  readonly userId: number
  readonly permissions: Permissions
  /** The room on which the grant was given. */
  readonly viaId: number
  readonly expireAt: number | null
}

/**
 * Grants are what was given; access rows are what follows from them, kept so that one look-up
 * (boundary, user) decides at any depth. `refresh` rebuilds them from the grants.
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
  /** The rows behind a decision. */
  explain(boundaryId: number, userId: number): Promise<Access[]>
  /** Everybody with an effective permission other than passage. */
  usersOf(boundaryId: number, now: number): Promise<Map<number, Permissions>>
  grantsOf(roomId: number): Promise<Grant[]>
  /** Writes or replaces; permissions 0 removes. */
  setGrant(grant: Grant): Promise<void>
  removeGrants(roomId: number): Promise<void>
  /**
   * Rooms of the subtree that inherit without a break, in folders too, the room itself first.
   */
  inheriting(roomId: number): Promise<number[]>
  /** Writes access rows, keyed by (boundary, user, via); computed in core/permissions. */
  insert(rows: readonly Access[]): Promise<void>
  removeVia(viaId: number, userId: number): Promise<void>
  /** Every row of a boundary, whatever it comes from. */
  removeAt(boundaryId: number): Promise<void>
  removeAllVia(viaIds: readonly number[]): Promise<void>
  /** Administrators (MANAGE) of the room whose grant never expires. */
  countLastingAdmins(boundaryId: number): Promise<number>
  /**
   * Rooms inside others (`outerId`) in which the user has an access row in force while he holds
   * nothing around them: top rooms for him.
   */
  aloneFor(userId: number, now: number): Promise<number[]>
  /** Top rooms in which the user has any access row. */
  topRoomsOf(userId: number, now: number): Promise<number[]>
}
