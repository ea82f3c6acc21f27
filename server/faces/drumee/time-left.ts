import type { Ctx } from '../../core/ctx.ts'

const hourMs = 3_600_000

/** Whole days, and hours besides, one that has begun counts; null without end. */
export function timeLeft(ctx: Ctx, expireAt: number | null) {
  if (expireAt === null) return { days: null, hours: null }
  const hours = Math.max(0, Math.ceil((expireAt - ctx.now) / hourMs))
  return { days: Math.floor(hours / 24), hours: hours % 24 }
}
