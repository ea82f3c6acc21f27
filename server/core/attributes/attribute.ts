import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'

/** A text under a key that belongs to an account. Keys are compared without case. */
export type Attribute = { readonly key: string; readonly value: string }

/** `profile`: the user's own. `user`: what administrators note of an account. */
export type AttributeKind = 'profile' | 'user'

const keyForm = /^[A-Za-z0-9_-]+$/
export const maxAttributeKey = 255
export const maxAttributeValue = 4096

/** Faults 'invalid' 'value' with data.field 'key' and data.rule. */
export function checkAttributeKey(key: string): void {
  if (key === '') refuse('key', 'empty')
  if (key.length > maxAttributeKey) refuse('key', 'length')
  if (!keyForm.test(key)) refuse('key', 'character')
}

/** Faults 'invalid' 'value' for a bad key or value, and for a key that is there twice. */
export function checkAttributes(ctx: Ctx, attributes: readonly Attribute[]): void {
  const limit = ctx.limits.valuesPerOwner
  if (attributes.length > limit) fault('too-many', 'value', undefined, { limit })
  const keys = new Set<string>()
  for (const { key, value } of attributes) {
    checkAttributeKey(key)
    if (value.length > maxAttributeValue) refuse('value', 'length')
    if (!value.isWellFormed() || value.includes('\0')) refuse('value', 'character')
    keys.add(key.toLowerCase())
  }
  if (keys.size < attributes.length) refuse('key', 'repeated')
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'value', undefined, { field, rule })
}
