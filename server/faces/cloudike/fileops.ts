import { changeNode } from '../../core/nodes/change-node.ts'
import { copyNodes } from '../../core/nodes/copy-nodes.ts'
import { createFolder } from '../../core/nodes/create-folder.ts'
import { deleteNodes } from '../../core/nodes/delete-nodes.ts'
import { moveNodes } from '../../core/nodes/move-nodes.ts'
import type { Row } from '../operation.ts'
import { nodeAt, pathOfText } from './ids.ts'
import { op } from './op.ts'
import { presentMeta } from './present-meta.ts'
import { presentOutcome, presentOutcomes } from './present-outcome.ts'

/** Tag `storage`: what changes the tree. */
export const fileopsRows: readonly Row[] = [
  op('fileopsFolderCreate', {
    auth: 'user',
    run: (ctx, { body }) =>
      createFolder(ctx, {
        path: pathOfText(ctx, body.path),
        createParents: true,
        clientCreatedAt: body.created,
        clientModifiedAt: body.modified,
      }),
    reply: presentMeta,
  }),

  // Overwriting is the default here (dossier 4, rule 5).
  op('fileopsMove', {
    auth: 'user',
    run: (ctx, { body }) =>
      moveNodes(ctx, {
        items: [{ node: nodeAt(ctx, body.from_path, 'from_path') }],
        target: nodeAt(ctx, body.to_path, 'to_path'),
        onClash: body.overwrite === false ? 'fail' : 'overwrite',
        mode: 'all',
      }),
    reply: ({ outcomes }) => presentOutcome(outcomes),
  }),

  // Only an explicit false refuses a clash; otherwise the copy is numbered (dossier 4, rule 6).
  op('fileopsCopy', {
    auth: 'user',
    run: (ctx, { body }) =>
      copyNodes(ctx, {
        items: [{ node: nodeAt(ctx, body.from_path, 'from_path') }],
        target: nodeAt(ctx, body.to_path, 'to_path'),
        onClash: body.overwrite === false ? 'fail' : 'rename',
        mode: 'all',
      }),
    reply: ({ outcomes }) => presentOutcome(outcomes),
  }),

  op('fileopsRename', {
    auth: 'user',
    run: (ctx, { body }) =>
      changeNode(ctx, {
        node: nodeAt(ctx, body.path),
        change: { name: body.newname },
        onClash: 'fail',
      }),
    reply: presentMeta,
  }),

  // Rooms know no trash: they go only where the client says that it wants none.
  op('fileopsDelete', {
    auth: 'user',
    run: (ctx, { body }) =>
      deleteNodes(ctx, {
        nodes: [nodeAt(ctx, body.path)],
        mode: 'all',
        onlyEmpty: body.only_empty,
        forGood: body.without_trash,
        trashOnly: !body.without_trash,
        describe: true,
      }),
    reply: (outcomes, { body }) => ({
      ...presentOutcome(outcomes),
      deleted: true,
      is_in_trash: !body.without_trash,
      public_hash: '',
      public_link: false,
    }),
  }),

  op('fileopsMultiDelete', {
    auth: 'user',
    run: (ctx, { body }) =>
      deleteNodes(ctx, {
        nodes: body.path.map((path) => nodeAt(ctx, path)),
        mode: 'each',
        onlyEmpty: body.only_empty,
        forGood: body.without_trash,
        trashOnly: !body.without_trash,
        describe: true,
      }),
    reply: (outcomes, { body }) =>
      presentOutcomes(outcomes, body.path, {
        deleted: true,
        is_in_trash: !body.without_trash,
        public_hash: '',
        public_link: false,
      }),
  }),
]
