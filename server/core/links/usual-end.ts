import type { Ctx } from '../ctx.ts'
import type { Link } from './link.ts'

const dayMs = 86_400_000

/** When a link ends that is made without a word about its end; null: never. */
export function usualEnd(ctx: Ctx, kind: Link['kind']): number | null {
  const { downloadLinkDays, uploadLinkDays } = ctx.tenant.settings
  const days = kind === 'download' ? downloadLinkDays : uploadLinkDays
  return days === 0 ? null : ctx.now + days * dayMs
}
