import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** A colour that was used; `id` rises with every use. */
export type UsedColor = {
  readonly id: number
  readonly rgba: string
  readonly hex: string
  readonly at: number
}

export type UsedFont = { readonly id: number; readonly name: string; readonly at: number }

/** What a user keeps with his account and nothing in the core looks at. */
export type Profile = {
  /** What he says of himself. */
  readonly details: JsonObject
  /** How he wants his programs to be. */
  readonly settings: JsonObject
  /** The latest first. */
  readonly colors: readonly UsedColor[]
  readonly fonts: readonly UsedFont[]
  /** null: never written. */
  readonly updatedAt: number | null
}

export const emptyProfile: Profile = {
  details: {},
  settings: {},
  colors: [],
  fonts: [],
  updatedAt: null,
}

const maxDepth = 16

/**
 * `change` over `old`, member by member. Faults 'invalid' 'user' with data.field: rule 'length' for
 * more text than `limits.profileBytes`, 'depth' for values in values in values.
 */
export function mergedJson(
  ctx: Ctx,
  field: 'details' | 'settings',
  old: JsonObject,
  change: JsonObject,
): JsonObject {
  if (depthOf(change, maxDepth) > maxDepth) refuse(field, 'depth')
  const merged = { ...old, ...change }
  const size = Buffer.byteLength(JSON.stringify(merged))
  return size > ctx.limits.profileBytes ? refuse(field, 'length') : merged
}

/** How deep a value goes; stops looking at one more than `limit`. */
function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (limit < 0) return 1
  return (
    1 + Object.values(value).reduce<number>((d, one) => Math.max(d, depthOf(one, limit - 1)), 0)
  )
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'user', undefined, { field, rule })
}
