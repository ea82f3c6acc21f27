import type { Ctx } from '../ctx.ts'

/**
 * Removes objects that belonged to one upload alone and to which nothing refers since the last
 * commit. A failure is logged, not thrown: the sweep finds what is left.
 */
export async function dropObjects(
  ctx: Pick<Ctx, 'blobs' | 'log'>,
  keys: readonly string[],
): Promise<void> {
  for (const key of keys) {
    try {
      await ctx.blobs.remove(key)
    } catch (error) {
      ctx.log.warn({ key, error: String(error) }, 'An object is left to the sweep')
    }
  }
}
