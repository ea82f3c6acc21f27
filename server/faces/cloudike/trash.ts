import type { Ctx } from '../../core/ctx.ts'
import type { NodeRef } from '../../core/nodes/node.ts'
import type { TaskState } from '../../core/tasks/task.ts'
import { clearingState, startClearing } from '../../core/trash/clear-task.ts'
import { listDeleted } from '../../core/trash/list-deleted.ts'
import { restoreNodes } from '../../core/trash/restore-nodes.ts'
import type { TrashNodeSort } from '../../core/trash/trash-store.ts'
import { purgeAsTask, restoreAsTask } from '../../core/trash/trash-tasks.ts'
import { matches } from '../file-answer.ts'
import type { Answer, Row } from '../operation.ts'
import { deletedId, deletedRef } from './bin-names.ts'
import type { PurgeStatus } from './generated/shapes.ts'
import { nodeAt, nodeAtUrl } from './ids.ts'
import { jsonAnswer, op, raw } from './op.ts'
import { gatherPages } from './pages.ts'
import { presentBin } from './present-bin.ts'
import { presentOutcome, presentOutcomes } from './present-outcome.ts'
import { pageOf } from './query.ts'

type Listing = {
  readonly dirs_only?: boolean
  readonly offset?: number
  readonly limit?: number
  readonly order_by?: string
}
type Rule = { readonly overwrite?: boolean } | undefined

/** Tag `storage`: the bin, and what comes back in place. */
export const trashRows: readonly Row[] = [
  raw('trash', {
    auth: 'user',
    run: (ctx, { params, headers }) => bin(ctx, null, params, headers['if-none-match']),
  }),

  raw('trashFromShared', {
    auth: 'user',
    run: (ctx, { params, headers }) =>
      bin(ctx, nodeAtUrl(ctx, params.path), params, headers['if-none-match']),
  }),

  op('trashRestore', {
    auth: 'user',
    run: (ctx, { params, body }) => restoreAsTask(ctx, restoring([params.name], body)),
    reply: ({ token }) => ({ taskid: token }),
  }),

  op('trashRestoreSeveral', {
    auth: 'user',
    run: (ctx, { body }) => restoreAsTask(ctx, restoring(body.paths, body)),
    reply: ({ token }) => ({ taskid: token }),
  }),

  // The name in the bin says which it is; the path only what the client was looking at.
  op('trashRestoreFromShared', {
    auth: 'user',
    run: (ctx, { params, body }) => restoreAsTask(ctx, restoring([params.name], body)),
    reply: ({ token }) => ({ taskid: token }),
  }),

  op('trashClear', {
    auth: 'user',
    run: (ctx, { body }) =>
      body?.paths === undefined
        ? startClearing(ctx)
        : purgeAsTask(ctx, { nodeIds: body.paths.map(deletedId) }),
    reply: ({ token }) => ({ taskid: token }),
  }),

  op('fileopsPurge', {
    auth: 'user',
    run: (ctx) => startClearing(ctx),
    reply: () => ({}),
  }),

  op('fileopsPurgestatus', {
    auth: 'user',
    run: (ctx) => clearingState(ctx),
    reply: (state) => ({ status: statusOf(state) }),
  }),

  op('fileopsUndelete', {
    auth: 'user',
    run: (ctx, { body }) =>
      restoreNodes(ctx, { nodes: [nodeAt(ctx, body.path)], onClash: 'fail', mode: 'all' }),
    reply: (outcomes) => presentOutcome(outcomes),
  }),

  op('fileopsMultiUndelete', {
    auth: 'user',
    run: (ctx, { body }) =>
      restoreNodes(ctx, {
        nodes: body.path.map((path) => nodeAt(ctx, path)),
        onClash: 'fail',
        mode: 'each',
      }),
    reply: (outcomes, { body }) => presentOutcomes(outcomes, body.path),
  }),
]

const statuses = {
  waiting: 'QUEUED',
  running: 'PROCESSING',
  done: 'DONE',
  failed: 'ERROR',
} as const

function statusOf(state: TaskState | undefined): PurgeStatus['status'] {
  return state === undefined ? 'NONE' : statuses[state]
}

const orders: Readonly<Record<string, TrashNodeSort>> = {
  name: { by: 'name', descending: false },
  '-name': { by: 'name', descending: true },
  modified_time: { by: 'deletedAt', descending: false },
  '-modified_time': { by: 'deletedAt', descending: true },
}

/** Overwriting is the default (dossier 4, rule 5); without its folder it comes to the room. */
function restoring(names: readonly string[], rule: Rule) {
  const onClash = rule?.overwrite === false ? 'fail' : 'overwrite'
  return { nodes: names.map(deletedRef), onClash, orElse: 'room', keepLinks: true } as const
}

async function bin(
  ctx: Ctx,
  place: NodeRef | null,
  params: Listing,
  known: string | undefined,
): Promise<Answer> {
  const { dirs_only: dirsOnly, order_by: orderBy = 'name' } = params
  const sort = Object.hasOwn(orders, orderBy) ? orders[orderBy] : undefined
  const kinds = dirsOnly ? (['folder'] as const) : undefined
  const all = await gatherPages(pageOf(params), (page) =>
    listDeleted(ctx, { place, kinds, sort, page }),
  )
  const json = presentBin(all)
  const etag = `"${ctx.secrets.digest(JSON.stringify(json)).slice(0, 32)}"`
  const tagged = { etag, 'cache-control': 'private, no-cache' }
  if (matches(known, etag)) return { status: 304, headers: tagged }
  const answer = jsonAnswer(200, json)
  return { ...answer, headers: { ...answer.headers, ...tagged } }
}
