import { type ArchiveInput, openArchive } from '../../core/downloads/open-archive.ts'
import { orderArchive } from '../../core/downloads/order-archive.ts'
import { archiveAnswer } from '../archive-answer.ts'
import type { Row } from '../operation.ts'
import type { ZipDownloadRequest } from './generated/shapes.ts'
import { nodeRefs } from './ids.ts'
import { op, raw } from './op.ts'
import { refuseInput } from './refuse.ts'

/** Several nodes as one file. */
export const archivesRows: Row[] = [
  op('generateDownloadUrlForZipArchive', {
    auth: 'user',
    run: (ctx, { body }) => orderArchive(ctx, readArchive(body)),
    reply: ({ token }, _input, _ctx, request) => ({
      downloadUrl: `${request.publicUrl}/api/v4/downloads/zip/${token}`,
    }),
  }),

  raw('downloadZipArchive', {
    auth: 'user',
    run: async (ctx, { body }) => archiveAnswer(await openArchive(ctx, readArchive(body))),
  }),
]

/** The document knows archives of files and folders only. */
function readArchive({ nodeIds }: ZipDownloadRequest): ArchiveInput {
  if (nodeIds.some((id) => id <= 0)) refuseInput('body.nodeIds', 'positive', 'an id is above 0')
  return { nodes: nodeRefs(nodeIds), kinds: ['folder', 'file'] }
}
