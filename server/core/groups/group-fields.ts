import { checkLine } from '../../lib/names/plain-line.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'

/** UTF-16 units of a group's name. */
export const maxGroupName = 150

export type GroupFields = {
  readonly name?: string
  /** null: never. */
  readonly expireAt?: number | null
}

/** Faults 'invalid' 'group' with data.field and data.rule. */
export function checkGroupFields(ctx: Ctx, { name, expireAt }: GroupFields): void {
  if (name !== undefined) {
    const rule = checkLine(name, maxGroupName, true)
    if (rule) refuse('name', rule)
    if (/[<>]/.test(name)) refuse('name', 'character')
  }
  if (typeof expireAt === 'number') {
    if (!Number.isSafeInteger(expireAt)) refuse('expireAt', 'range')
    if (expireAt <= ctx.now) refuse('expireAt', 'past')
  }
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'group', undefined, { field, rule })
}
