import type { Node } from '../nodes/node.ts'
import type { Permissions } from '../permissions/permission.ts'

type Text = { readonly contains?: string; readonly equals?: string; readonly starts?: string }

/** Texts are compared without case. All given members must hold. */
export type AuditFilter = {
  readonly roomId?: number
  readonly name?: Text
  /** null: the top rooms. */
  readonly parentId?: number | null
  readonly hasActivities?: boolean
  /** Rooms where somebody holds something for whom all of these hold. */
  readonly holder?: HolderFilter
}

export type HolderFilter = {
  readonly userId?: number
  /** Any of user, first and last name that is given fits. */
  readonly userName?: Text
  readonly firstName?: Text
  readonly lastName?: Text
  readonly manages?: boolean
}

export type AuditSort = {
  readonly by: 'id' | 'name' | 'parentId' | 'size' | 'quota'
  readonly descending: boolean
}

/** Somebody who holds something in a room. */
export type Holder = {
  readonly roomId: number
  readonly userId: number
  readonly userName: string
  readonly firstName: string
  readonly lastName: string
  readonly permissions: Permissions
}

/** Live rooms and who holds what in them, for who audits: nobody's access is asked for. */
export type AuditStore = {
  countRooms(filter: AuditFilter, now: number): Promise<number>
  pageOfRooms(
    filter: AuditFilter,
    sort: readonly AuditSort[],
    page: { offset: number; limit: number; now: number },
  ): Promise<Node[]>
  /** By room and user name; passages are nothing that is held. */
  holders(roomIds: readonly number[], filter: HolderFilter, now: number): Promise<Holder[]>
}
