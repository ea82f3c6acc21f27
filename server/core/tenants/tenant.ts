import type { Settings } from '../settings/settings.ts'

/** An organisation. Everything belongs to exactly one; chosen by host name. */
export type Tenant = {
  readonly id: number
  readonly uuid: string
  readonly name: string
  readonly createdAt: number
  readonly isLocked: boolean
  /** Bytes over everything of the tenant; null without limit. */
  readonly quota: number | null
  readonly maxUsers: number | null
  /** The top room below which the homes of the users lie. */
  readonly homesId: number
  readonly language: string
  readonly settings: Settings
}
