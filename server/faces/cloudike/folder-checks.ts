import { folderInfo } from '../../core/nodes/folder-info.ts'
import { precheck } from '../../core/nodes/precheck.ts'
import type { Row } from '../operation.ts'
import { nodeAt, pathText } from './ids.ts'
import { op } from './op.ts'
import { refuseInput } from './refuse.ts'

/** Tag `storage`: what is known of a place before something is done there. */
export const folderCheckRows: readonly Row[] = [
  op('fileopsFolderInfo', {
    auth: 'user',
    run: (ctx, { params }) => folderInfo(ctx, { node: nodeAt(ctx, params.path) }),
    reply: ({ view, files, folders }) => ({
      path: pathText(view.rootPath),
      size: view.tally.size,
      files_count: files,
      folders_count: folders,
    }),
  }),

  op('fileopsPrecheck', {
    auth: 'user',
    run: (ctx, { params }) => {
      const target = nodeAt(ctx, params.to_path, 'to_path')
      const { type: act = 'move', size = 0 } = params
      if (act === 'create') {
        const name = params.name || refuseInput('name', 'required', 'name is missing')
        return precheck(ctx, { act, target, name, size })
      }
      const from = params.from_path || refuseInput('from_path', 'required', 'from_path is missing')
      return precheck(ctx, { act, target, source: nodeAt(ctx, from, 'from_path') })
    },
    reply: ({ exists, isOverwritable, fits }) => ({
      exists,
      over_writable: isOverwritable,
      copyable: fits,
    }),
  }),
]
