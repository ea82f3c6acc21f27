import type { Ctx } from '../ctx.ts'
import type { Node } from '../nodes/node.ts'

const iso = (brand: string) => Buffer.from(`\0\0\0\x18ftyp${brand}`)

/** What files of a type begin with. */
const beginnings: Readonly<Record<string, Uint8Array>> = {
  'image/jpeg': Buffer.from('ffd8ffe0', 'hex'),
  'image/png': Buffer.from('89504e470d0a1a0a', 'hex'),
  'image/gif': Buffer.from('GIF89a'),
  'image/webp': Buffer.from('RIFF\0\0\0\0WEBP'),
  'image/tiff': Buffer.from('II*\0'),
  'image/avif': iso('avif'),
  'application/pdf': Buffer.from('%PDF-'),
  'video/mp4': iso('mp42'),
  'video/quicktime': iso('qt  '),
  'video/webm': Buffer.from('1a45dfa3', 'hex'),
  'video/x-matroska': Buffer.from('1a45dfa3', 'hex'),
  'video/x-msvideo': Buffer.from('RIFF\0\0\0\0AVI '),
}

/**
 * Whether it is worth asking for the preview of a file, by its media type and by what is made here:
 * for lists, which look at no bytes. Its bytes may still be of another kind, or broken.
 */
export function mayHavePreview(ctx: Pick<Ctx, 'previewer'>, file: Node): boolean {
  const { content, encryptedBy, deletedAt } = file
  if (ctx.previewer === null || content === null || encryptedBy !== null) return false
  if (deletedAt !== null || !Object.hasOwn(beginnings, content.mediaType)) return false
  return ctx.previewer.takes(beginnings[content.mediaType] ?? new Uint8Array())
}
