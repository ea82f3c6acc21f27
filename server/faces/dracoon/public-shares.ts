import type { Ctx } from '../../core/ctx.ts'
import { openLink } from '../../core/links/open-link.ts'
import { checkLinkPassword, publicLink } from '../../core/links/public-link.ts'
import { readLinkContent } from '../../core/links/read-link-archive.ts'
import { archiveAnswer } from '../archive-answer.ts'
import { fileAnswer } from '../file-answer.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import { op, raw } from './op.ts'
import { presentPublicShare } from './present-share.ts'
import { refuseInput } from './refuse.ts'

/** Download shares, for anybody who has the key. */
export const publicSharesRows: Row[] = [
  op('requestPublicDownloadShareInfo', {
    auth: 'none',
    run: (ctx, { params }) => publicLink(ctx, { token: params.access_key, kind: 'download' }),
    reply: presentPublicShare,
  }),

  op('checkPublicDownloadSharePassword', {
    auth: 'none',
    run: (ctx, { params }) =>
      checkLinkPassword(ctx, {
        token: params.access_key,
        password: params.password,
        kind: 'download',
      }),
    reply: () => undefined,
  }),

  op('generateDownloadUrlPublic', {
    auth: 'none',
    run: (ctx, { params, body }) =>
      openLink(ctx, { token: params.access_key, password: body?.password }),
    reply: ({ ticket }, { params }, _ctx, request) => ({
      downloadUrl: `${request.publicUrl}${base}/${encodeURIComponent(params.access_key)}/${ticket}`,
    }),
  }),

  raw('downloadFileViaTokenPublic', {
    auth: 'none',
    run: (ctx, { params }, request) => download(ctx, params, request),
  }),

  raw('downloadFileViaTokenPublic_1', {
    auth: 'none',
    run: (ctx, { params }, request) => download(ctx, params, request),
  }),
]

const base = '/api/v4/public/shares/downloads'

type Wanted = {
  readonly token: string
  readonly generic_mimetype?: boolean
  readonly inline?: boolean
}

async function download(ctx: Ctx, params: Wanted, request: FaceRequest): Promise<Answer> {
  const content = await readLinkContent(ctx, { ticket: params.token, opensCipher: true })
  if (content.kind === 'archive') {
    if (request.headers.range !== undefined) {
      refuseInput('header.range', 'range-of-archive', 'an archive is sent whole')
    }
    return archiveAnswer(content.archive)
  }
  return fileAnswer(request, content.file, {
    genericType: params.generic_mimetype,
    inline: params.inline,
  })
}
