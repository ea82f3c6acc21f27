import type { Roles } from '../permissions/permission.ts'
import type { Person } from '../users/user.ts'

/** Users who are given permissions and roles together. */
export type Group = {
  readonly id: number
  /** Unique in the tenant, compared without case. */
  readonly name: string
  /** What every member may do in the tenant by being in it. */
  readonly roles: Roles
  /** From then on being in it brings nothing; null: for ever. */
  readonly expireAt: number | null
  readonly createdAt: number
  readonly createdBy: number | null
  readonly updatedAt: number
  readonly updatedBy: number | null
}

/** A group as it is shown. */
export type GroupView = {
  readonly group: Group
  readonly members: number
  readonly createdBy: Person
  readonly updatedBy: Person
}
