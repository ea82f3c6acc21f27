import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { StoreFile } from '../uploads/store-file.ts'
import { asLinkLimit, checkLeft, endOfFile, leftIn } from './link-limits.ts'
import { type Visitor, visitedLink } from './visited-link.ts'

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
  const place = 'path' in input ? { ...input, createParents: false } : input
  const rules = { onClash: 'rename', expectVersion: null, expireAt: endOfFile(ctx, link) } as const
  const left = leftIn(link).bytes ?? Number.POSITIVE_INFINITY
  const maxBytes = Math.min(ctx.limits.uploadBytes, left)
  return asLinkLimit(left, () => store({ ...place, ...rules }, maxBytes))
}
