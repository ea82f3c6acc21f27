import type { Ctx } from '../../core/ctx.ts'
import { startArchiveTask } from '../../core/downloads/archive-task.ts'
import { listOrders, ownOrder } from '../../core/downloads/list-orders.ts'
import { openArchive } from '../../core/downloads/open-archive.ts'
import { openOrder, orderArchive } from '../../core/downloads/order-archive.ts'
import { readLinkArchive } from '../../core/links/read-link-archive.ts'
import { startLinkArchive } from '../../core/links/start-link-archive.ts'
import { archiveAnswer } from '../archive-answer.ts'
import type { Row } from '../operation.ts'
import { nodeAt, pathOfText } from './ids.ts'
import { op, raw } from './op.ts'
import { presentArchive, presentArchiveProgress } from './present-task.ts'

/** Tag `storage`: several nodes as one file. Names are in UTF-8, which Windows reads as well. */
export const archiveRows: readonly Row[] = [
  op('filesDownloadAsArchive', {
    auth: 'user',
    run: (ctx, { params }) => startArchiveTask(ctx, readArchive(ctx, params)),
    reply: ({ token }) => ({ taskid: token }),
  }),

  op('filesCreateArchiveStream', {
    auth: 'user',
    run: (ctx, { body }) => orderArchive(ctx, readArchive(ctx, body)),
    reply: (ordered, _input, _ctx, request) => presentArchive(ordered, request),
  }),

  op('filesProgressDownloadStreams', {
    auth: 'user',
    run: (ctx, { params }) => ownOrder(ctx, { token: params.private_hash }),
    reply: presentArchiveProgress,
  }),

  op('filesProgressDownloadStreamsAll', {
    auth: 'user',
    run: (ctx) => listOrders(ctx),
    reply: (orders) => orders.map(presentArchiveProgress),
  }),

  raw('filesDownloadAsArchiveStream', {
    auth: 'none',
    run: async (ctx, { params }) =>
      archiveAnswer(await openOrder(ctx, { token: params.private_hash })),
  }),

  raw('filesDownloadAsArchiveStreamDirect', {
    auth: 'any',
    run: async (ctx, { params }) => {
      if (params.private_hash !== undefined) {
        return archiveAnswer(await openOrder(ctx, { token: params.private_hash }))
      }
      const { nodes, name } = readArchive(ctx, params)
      return archiveAnswer(await openArchive(ctx, { nodes }), name)
    },
  }),

  raw('linksDownloadAsArchiveStream', {
    auth: 'none',
    run: async (ctx, { params }) => archiveAnswer(await readLinkArchive(ctx, ofLink(ctx, params))),
  }),

  op('linksDownloadAsArchive', {
    auth: 'none',
    run: (ctx, { params }) => startLinkArchive(ctx, ofLink(ctx, params)),
    reply: ({ token }) => ({ taskid: token }),
  }),
]

type Wanted = { readonly path?: readonly string[]; readonly parent_folder?: string }

/** What is wanted, and the name: that of the folder with the time (dossier 4, rule 19). */
function readArchive(ctx: Ctx, { path = [], parent_folder }: Wanted) {
  const folder = pathOfText(ctx, parent_folder ?? '', 'parent_folder').at(-1) ?? 'Files'
  const time = new Date(ctx.now).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-')
  return {
    nodes: path.map((each) => nodeAt(ctx, each)),
    name: `${folder}_${time}+0000.zip`,
  }
}

type LinkWanted = {
  readonly hash: string
  readonly password?: string
  readonly path?: readonly string[]
}

function ofLink(ctx: Ctx, { hash, password, path = [] }: LinkWanted) {
  const paths = path.map((each) => pathOfText(ctx, each))
  return {
    token: hash,
    password: password || undefined,
    ...(paths.length === 0 ? {} : { paths }),
  }
}
