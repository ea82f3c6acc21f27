import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { PageRequest } from '../nodes/node.ts'

/**
 * A page as it is answered: a limit above `limits.pageItems` means that one. Faults 'invalid'
 * 'body' with data.field for anything but whole numbers from 0 on.
 */
export function checkedPage(ctx: Ctx, { offset, limit }: PageRequest): PageRequest {
  for (const [field, value] of Object.entries({ offset, limit })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      fault('invalid', 'body', undefined, { field, rule: 'range' })
    }
  }
  return { offset, limit: Math.min(limit, ctx.limits.pageItems) }
}
