import type { Roles } from '../permissions/permission.ts'

export type User = {
  readonly id: number
  /** Unique in the tenant, compared without case. */
  readonly userName: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  readonly phone: string | null
  readonly language: string
  readonly isLocked: boolean
  readonly expireAt: number | null
  readonly mustChangePassword: boolean
  /** When the user accepted the terms of use; null as long as he did not. */
  readonly agreedAt: number | null
  /** `uuid` of the picture that the user gave; null for none. */
  readonly avatar: string | null
  /** The room that is the user's own. */
  readonly homeId: number
  readonly roles: Roles
  readonly createdAt: number
  readonly lastLoginAt: number | null
  readonly lastFailureAt: number | null
  /** Small free settings of the user (profile and interface), JSON object. */
  readonly profile: Readonly<Record<string, unknown>>
}

/** Who made or changed something, as others may see it. `id` null: somebody without an account. */
export type Person = {
  readonly id: number | null
  readonly userName: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  /** As in `User`. */
  readonly avatar?: string | null
  readonly kind: 'internal' | 'external' | 'system' | 'deleted'
}
