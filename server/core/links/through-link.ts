import type { Ctx } from '../ctx.ts'
import { fault, isFault } from '../fault.ts'
import type { StoreFile } from '../uploads/store-file.ts'
import { checkLeft, leftIn } from './link-limits.ts'
import { type Visitor, visitedLink } from './visited-link.ts'

const dayMs = 86_400_000

/**
 * Runs `store` with a visitor's file as his link lets it in, and the most bytes that it may have.
 * Nobody overwrites through a link, and what comes in ends when the link says. Faults
 * 'limit-reached' 'link' with data.of, 'forbidden' 'node' for a new version of a file.
 */
export async function throughLink<T>(
  ctx: Ctx,
  visitor: Visitor,
  input: StoreFile,
  store: (input: StoreFile, maxBytes: number) => Promise<T>,
): Promise<T> {
  const visited = await ctx.read((tx) => visitedLink(ctx, tx, visitor))
  const { link } = visited ?? fault('unauthenticated', 'session')
  if ('nodeToReplace' in input) return fault('forbidden', 'node', 'target')
  checkLeft(link, input.size ?? 0)
  const { filesExpiryDays: days } = link
  const expireAt = days === null ? null : ctx.now + days * dayMs
  const place = 'path' in input ? { ...input, createParents: false } : input
  const rules = { onClash: 'rename', expectVersion: null, expireAt } as const
  const left = leftIn(link).bytes ?? Number.POSITIVE_INFINITY
  try {
    return await store({ ...place, ...rules }, Math.min(ctx.limits.uploadBytes, left))
  } catch (error) {
    const isOverLimit = isFault(error, 'too-large') && error.data.limit === left
    if (!isOverLimit) throw error
    return fault('limit-reached', 'link', undefined, { of: 'bytes' })
  }
}
