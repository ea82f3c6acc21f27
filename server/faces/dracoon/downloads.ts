import type { Ctx } from '../../core/ctx.ts'
import { createDownloadTicket, openTicket } from '../../core/downloads/download-tickets.ts'
import { openOrder } from '../../core/downloads/order-archive.ts'
import { archiveAnswer } from '../archive-answer.ts'
import { fileAnswer } from '../file-answer.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import { nodeRef } from './ids.ts'
import { op, raw } from './op.ts'

/** Files on their way out: an address that needs no session, and what lies behind it. */
export const downloadsRows: Row[] = [
  op('generateDownloadUrl', {
    auth: 'user',
    run: (ctx, { params }) =>
      createDownloadTicket(ctx, { node: nodeRef(params.file_id), opensCipher: true }),
    reply: (ticket, _input, _ctx, request) => ({
      downloadUrl: `${request.publicUrl}/api/v4/downloads/${ticket}`,
    }),
  }),

  raw('downloadFileViaToken', {
    auth: 'none',
    run: (ctx, { params }, request) => download(ctx, params, request),
  }),

  raw('downloadFileViaToken_1', {
    auth: 'none',
    run: (ctx, { params }, request) => download(ctx, params, request),
  }),

  raw('downloadZipArchiveViaToken', {
    auth: 'none',
    run: async (ctx, { params }) => archiveAnswer(await openOrder(ctx, { token: params.token })),
  }),
]

type Wanted = {
  readonly token: string
  readonly generic_mimetype?: boolean
  readonly inline?: boolean
}

async function download(ctx: Ctx, params: Wanted, request: FaceRequest): Promise<Answer> {
  const file = await openTicket(ctx, { ticket: params.token, opensCipher: true })
  return fileAnswer(request, file, {
    genericType: params.generic_mimetype,
    inline: params.inline,
  })
}
