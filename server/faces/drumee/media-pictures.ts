import { getPreview } from '../../core/previews/get-preview.ts'
import type { PreviewKind } from '../../core/previews/open-preview.ts'
import { fileAnswer } from '../file-answer.ts'
import type { Row } from '../operation.ts'
import { nodeRef } from './hub.ts'
import { raw } from './op.ts'

/** Pictures of files, and documents that a browser shows (dossier 13). */
export const mediaPictureRows: readonly Row[] = [
  showing('media.preview', 'node', 'large'),
  showing('media.vignette', 'anyone', 'small'),
  showing('media.thumb', 'anyone', 'small'),
  showing('media.card', 'anyone', 'middle'),
  showing('media.slide', 'anyone', 'large'),
  showing('media.pdf', 'anyone', 'document'),
]

type Picture = 'preview' | 'vignette' | 'thumb' | 'card' | 'slide' | 'pdf'

function showing(id: `media.${Picture}`, auth: 'node' | 'anyone', kind: PreviewKind): Row {
  return raw(id, {
    auth,
    run: async (ctx, { body }, request) => {
      const node = nodeRef(ctx, body, 'target')
      const preview = await getPreview(ctx, { node, kind, peek: request.method === 'HEAD' })
      return fileAnswer(request, preview, { inline: true })
    },
  })
}
