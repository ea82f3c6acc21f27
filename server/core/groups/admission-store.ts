/** Who would hold a room by a group but has not been let in: he waits, or was denied. */
export type Admission = {
  readonly roomId: number
  readonly groupId: number
  readonly userId: number
  readonly isDenied: boolean
}

export type AdmissionFilter = {
  readonly roomId?: number
  readonly groupId?: number
  readonly userId?: number
  readonly isDenied?: boolean
  /** Only of rooms that this user manages now. */
  readonly managedBy?: { readonly userId: number; readonly now: number }
}

export type AdmissionSort = {
  readonly by: 'userId' | 'groupId' | 'roomId' | 'state'
  readonly descending: boolean
}

export type AdmissionStore = {
  /** Notes who waits or is denied; what is noted already stays as it is. */
  insert(admissions: readonly Admission[]): Promise<void>
  /** Everybody who has not been let into a room by a group. */
  of(roomId: number, groupId: number): Promise<Admission[]>
  find(roomId: number, groupId: number, userId: number): Promise<Admission | undefined>
  decide(admission: Admission): Promise<void>
  /** Lets one in. */
  remove(roomId: number, groupId: number, userId: number): Promise<void>
  /** Everybody who waits for a room by a group; with `denied` those who were denied too. */
  removeAll(roomId: number, groupId: number, denied: boolean): Promise<void>
  /** What a user waits for by a group, or by any. */
  removeOfUser(userId: number, groupId?: number): Promise<void>
  count(filter: AdmissionFilter): Promise<number>
  page(
    filter: AdmissionFilter,
    sort: readonly AdmissionSort[],
    page: { readonly offset: number; readonly limit: number },
  ): Promise<Admission[]>
}
