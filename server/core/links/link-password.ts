import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { LinkView } from './link.ts'

/** What a node counts as where neither it nor its room says anything: internal. */
export const usualClassification = 2

/**
 * Faults 'invalid' 'link' (field 'password', rule 'policy') for a download link without a password
 * on a node whose classification asks for one in this tenant.
 */
export function requirePassword(ctx: Ctx, { link, view }: LinkView): void {
  const { linkPasswordFrom: from } = ctx.tenant.settings
  if (from === 0 || link.kind !== 'download' || link.isProtected) return
  if ((view.classification ?? usualClassification) < from) return
  fault('invalid', 'link', undefined, { field: 'password', rule: 'policy' })
}
