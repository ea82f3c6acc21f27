import { checkLine } from '../../lib/names/plain-line.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { ValueOwner } from './value-store.ts'

export const maxValueKey = 255

/** Faults 'invalid' 'value' with data.field and data.rule. */
export function checkKey(key: string): void {
  const rule = checkLine(key, maxValueKey, true)
  if (rule) fault('invalid', 'value', undefined, { field: 'key', rule })
}

/** Any well-formed text that is not too long: 'too-large' 'value' with data.limit in bytes. */
export function checkValue(ctx: Ctx, value: string): void {
  if (!value.isWellFormed() || value.includes('\0')) {
    fault('invalid', 'value', undefined, { field: 'value', rule: 'unicode' })
  }
  const limit = ctx.limits.valueBytes
  if (Buffer.byteLength(value) > limit) fault('too-large', 'value', undefined, { limit })
}

/** Writes a checked value; 'too-many' 'value' where the owner has as many keys as he may. */
export async function putValue(
  ctx: Ctx,
  tx: Tx,
  owner: ValueOwner,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<string | undefined> {
  const before = await tx.values.put(owner, key, value, ctx.now)
  const limit = ctx.limits.valuesPerOwner
  if (before === undefined && (await tx.values.count(owner)) > limit) {
    fault('too-many', 'value', undefined, { limit })
  }
  return before
}
