import { findNode } from '../../core/nodes/find-node.ts'
import type { Row } from '../operation.ts'
import { nodeAt } from './ids.ts'
import { op } from './op.ts'
import { sizeText } from './present-meta.ts'

/** Sizes of folders are kept with every change, so that there is never one to wait for. */
export const folderSizeRows: readonly Row[] = [
  op('dirSizeCalculate', {
    auth: 'user',
    run: (ctx, { params }) => findNode(ctx, { node: nodeAt(ctx, params.path ?? '/') }),
    reply: ({ tally, node }) => ({
      status: 'done',
      time: tally.changedAt,
      description: sizeText(node.content?.size ?? tally.size),
    }),
  }),
]
