import type { Ctx } from '../../core/ctx.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import { mayHavePreview } from '../../core/previews/may-have-preview.ts'
import type { FaceRequest } from '../operation.ts'
import type { Meta } from './generated/shapes.ts'
import { pathText } from './ids.ts'

/** Where pictures of a file can be had, for a list: nothing is looked up and nothing made. */
export function presentExtradata(
  ctx: Ctx,
  request: FaceRequest,
  { node, rootPath }: NodeView,
): Partial<Pick<Meta, 'thumbnail' | 'extradata'>> {
  if (rootPath === null || !mayHavePreview(ctx, node)) return {}
  const link = (type: 'small' | 'middle' | 'preview' | 'pdf') => {
    const query = new URLSearchParams({ path: pathText(rootPath), type })
    // Another content has another address, so that nobody keeps an old picture for it.
    query.set('version', String(node.currentId))
    return { link: `${request.publicUrl}/api/1/files/get_preview/?${query}` }
  }
  const sizes = { small: link('small'), middle: link('middle'), preview: link('preview') }
  const isPdf = node.content?.mediaType === 'application/pdf'
  return {
    thumbnail: link('small').link,
    extradata: {
      thumbnails: { status: 'ready', ...sizes },
      ...(isPdf ? { pdf: { status: 'ready', ...link('pdf') } } : {}),
    },
  }
}
