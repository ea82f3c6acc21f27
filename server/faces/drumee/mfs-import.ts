import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import type { ImportView } from '../../core/imports/import-view.ts'
import { cancelImport, findImport, ownImports } from '../../core/imports/own-imports.ts'
import { startImport } from '../../core/imports/start-import.ts'
import type { Row } from '../operation.ts'
import type { MfsImportImportFolderRequest } from './generated/shapes.ts'
import { nodeRef } from './hub.ts'
import { readImportCode } from './ids.ts'
import { op } from './op.ts'
import { presentImport } from './present-import.ts'

/** Folders and files of other installations, by their `mfs_api` tokens. */
export const mfsImportRows: Row[] = [
  starting('mfs_import.import_folder', 'folder'),
  starting('mfs_import.import_file', 'file'),
  op('mfs_import.progress', {
    auth: 'session',
    run: (ctx, { body }) => findImport(ctx, { id: idOf(body.id) }),
    reply: presentImport,
  }),
  op('mfs_import.cancel', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => cancelImport(ctx, { id: idOf(body.id) }),
    reply: presentImport,
  }),
  op('mfs_import.list', {
    auth: 'session',
    run: (ctx) => ownImports(ctx),
    reply: (imports) => imports.map(presentImport),
  }),
]

function starting(
  id: 'mfs_import.import_folder' | 'mfs_import.import_file',
  kind: 'folder' | 'file',
): Row {
  return op(id, {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => start(ctx, kind, body),
    reply: presentImport,
  })
}

function start(
  ctx: Ctx,
  kind: 'folder' | 'file',
  body: MfsImportImportFolderRequest,
): Promise<ImportView> {
  return startImport(ctx, {
    url: body.source_url.trim(),
    token: body.token.trim(),
    ref: { room: body.hub_id.trim(), node: body.nid.trim() },
    kind,
    into: nodeRef(ctx, { nid: body.dest_nid, hub_id: body.recipient_id }, 'target'),
    name: body.filename,
    replaces: body.replace,
  })
}

function idOf(code: string): number {
  return readImportCode(code) ?? fault('not-found', 'import')
}
