import type { Ctx } from '../ctx.ts'

/**
 * Removes objects to which nothing refers since the last commit. While a backup holds all objects
 * nothing is removed: whoever took the references away did so before this looks, so that a backup
 * which begins later does not need the objects. A failure is logged, not thrown: the sweep finds
 * what is left.
 */
export async function dropObjects(
  ctx: Pick<Ctx, 'blobs' | 'log' | 'store' | 'clock'>,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0 || (await isHeld(ctx))) return
  for (const key of keys) {
    try {
      await ctx.blobs.remove(key)
    } catch (error) {
      ctx.log.warn({ key, error: String(error) }, 'An object is left to the sweep')
    }
  }
}

async function isHeld(ctx: Pick<Ctx, 'log' | 'store' | 'clock'>): Promise<boolean> {
  try {
    return await ctx.store.tenants.objectsHeld(ctx.clock())
  } catch (error) {
    ctx.log.warn({ error: String(error) }, 'Objects are left to the sweep')
    return true
  }
}
