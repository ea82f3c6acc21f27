import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault, isFault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import type { Upload } from '../uploads/upload.ts'
import type { Link } from './link.ts'
import { linkEvent } from './link-rights.ts'
import { notifyCreator } from './notify-creator.ts'

/** How many files and bytes a link takes still; null without limit. */
export function leftIn(link: Link): { files: number | null; bytes: number | null } {
  const { maxFiles, uploads, maxBytes, uploadedBytes } = link
  return {
    files: maxFiles === null ? null : Math.max(0, maxFiles - uploads),
    bytes: maxBytes === null ? null : Math.max(0, maxBytes - uploadedBytes),
  }
}

/** Faults 'limit-reached' 'link' with data.of 'files' or 'bytes' where one more does not fit. */
export function checkLeft(link: Link, bytes: number): void {
  const left = leftIn(link)
  if (left.files === 0) fault('limit-reached', 'link', undefined, { of: 'files' })
  if (left.bytes !== null && bytes > left.bytes) {
    fault('limit-reached', 'link', undefined, { of: 'bytes' })
  }
}

/** `checkLeft` by id; 'not-found' 'link' when it is gone. */
export async function checkLinkLimits(tx: Tx, linkId: number, bytes: number): Promise<void> {
  checkLeft((await tx.links.find(linkId)) ?? fault('not-found', 'link'), bytes)
}

/** Runs `write` with the most bytes that the upload may get more through its link. */
export async function withinLink<T>(
  ctx: Ctx,
  upload: Upload,
  start: number,
  write: (maxBytes: number) => Promise<T>,
): Promise<T> {
  const link = await ctx.read((tx) => tx.links.find(upload.linkId ?? 0))
  if (!link) return fault('not-found', 'link')
  checkLeft(link, start)
  const left = (leftIn(link).bytes ?? Number.POSITIVE_INFINITY) - start
  return asLinkLimit(left, () => write(left))
}

/** Runs `write`; to go past `left`, the bytes that the link takes still, is the link's limit. */
export async function asLinkLimit<T>(left: number, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isFault(error, 'too-large') || error.data.limit !== left) throw error
    return fault('limit-reached', 'link', undefined, { of: 'bytes' })
  }
}

const dayMs = 86_400_000

/** When a file ends that comes in now; null: never. */
export function endOfFile(ctx: Ctx, { filesExpiryDays: days }: Link): number | null {
  return days === null ? null : ctx.now + days * dayMs
}

/**
 * Counts a file that came in through a link, in the transaction that makes it. Of many at once only
 * as many pass as the limits allow; the others fault 'limit-reached' 'link'.
 */
export async function countLinkUpload(ctx: Ctx, tx: Tx, linkId: number, node: Node): Promise<void> {
  const size = node.content?.size ?? 0
  if (!(await tx.links.takeUpload(linkId, size))) {
    await checkLinkLimits(tx, linkId, size)
    fault('limit-reached', 'link', undefined, { of: 'files' })
  }
  const link = await tx.links.find(linkId)
  if (!link) return fault('not-found', 'link')
  await tx.links.addFile(linkId, node.id)
  await recordEvents(ctx, tx, [linkEvent('link.used', link, node, 'upload')])
  await notifyCreator(ctx, tx, link, { use: 'upload', fileName: node.name })
}
