import { createPreview, getPreview } from '../../core/previews/get-preview.ts'
import {
  createInvitedPreview,
  createLinkPreview,
  getInvitedPreview,
  getLinkPreview,
} from '../../core/previews/link-preview.ts'
import { fileAnswer } from '../file-answer.ts'
import type { Row } from '../operation.ts'
import { nodeAt, pathOfText } from './ids.ts'
import { op, raw } from './op.ts'

/** The words of this API for what can be had of a file. */
const kinds = { small: 'small', middle: 'middle', preview: 'large', pdf: 'document' } as const

type Wanted = { readonly type?: keyof typeof kinds }
const kindOf = ({ type = 'preview' }: Wanted) => kinds[type]

/** Tag `extradata`: pictures of files. */
export const extradataRows: readonly Row[] = [
  op('filesCreateExtra', {
    auth: 'user',
    run: (ctx, { body }) =>
      createPreview(ctx, { node: nodeAt(ctx, body.path), versionId: body.version }),
    reply: ({ started }) => ({ started }),
  }),

  raw('filesGetPreview', {
    auth: 'user',
    run: async (ctx, { params }, request) => {
      const file = { node: nodeAt(ctx, params.path), versionId: params.version }
      const preview = await getPreview(ctx, { ...file, kind: kindOf(params) })
      return fileAnswer(request, preview, { inline: true })
    },
  }),

  op('linksCreateExtra', {
    auth: 'none',
    run: (ctx, { body }) =>
      createLinkPreview(ctx, { ...keyOf(body), path: pathOfText(ctx, body.path ?? '/') }),
    reply: ({ started }) => ({ started }),
  }),

  raw('linksGetPreview', {
    auth: 'none',
    run: async (ctx, { params }, request) => {
      const place = { ...keyOf(params), path: pathOfText(ctx, params.path ?? '/') }
      const wanted = { versionId: params.version, kind: kindOf(params) }
      return fileAnswer(request, await getLinkPreview(ctx, { ...place, ...wanted }), {
        inline: true,
      })
    },
  }),

  op('sharesCreateExtra', {
    auth: 'none',
    run: (ctx, { body }) =>
      createInvitedPreview(ctx, { token: body.invite_hash, path: pathOfText(ctx, body.path) }),
    reply: ({ started }) => ({ started }),
  }),

  raw('sharesGetPreview', {
    auth: 'none',
    run: async (ctx, { params }, request) => {
      const place = { token: params.invite_hash, path: pathOfText(ctx, params.path) }
      const wanted = { versionId: params.version, kind: kindOf(params) }
      return fileAnswer(request, await getInvitedPreview(ctx, { ...place, ...wanted }), {
        inline: true,
      })
    },
  }),
]

function keyOf({ hash, password }: { hash: string; password?: string }) {
  return { token: hash, password: password || undefined }
}
