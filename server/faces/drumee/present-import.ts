import { Fault } from '../../core/fault.ts'
import type { ImportView } from '../../core/imports/import-view.ts'
import { pick } from './faults.ts'
import type { MfsImportRow } from './generated/shapes.ts'
import { importCode, nodeCode, seconds } from './ids.ts'
import { sentence } from './sentences.ts'

/** How far an import is; while it waits for its source, `error` says so. */
export function presentImport(view: ImportView): MfsImportRow {
  const { ref, progress } = view
  const { imported, unchanged, skipped } = progress
  return {
    id: importCode(view.id),
    status: view.state,
    source_url: view.url,
    hub_id: ref.room,
    nid: ref.node,
    category: view.kind,
    dest_nid: nodeCode(view.into),
    filename: view.name,
    percent: Math.floor(view.percent),
    files: imported + unchanged + skipped,
    files_total: progress.filesTotal,
    bytes: progress.told,
    bytes_total: progress.bytesTotal,
    folders: progress.folders,
    imported,
    unchanged,
    skipped,
    problems: [...progress.problems],
    current: progress.current,
    ...trouble(view),
    ctime: seconds(view.createdAt),
    mtime: seconds(view.updatedAt),
  }
}

function trouble({
  failure,
  state,
  progress,
}: ImportView): Pick<MfsImportRow, 'error' | 'message'> {
  const isOver = state === 'done' || state === 'cancelled'
  const told = isOver ? null : (failure ?? progress.trouble)
  if (told === null) return { error: null, message: null }
  const problem = new Fault(told.code, told.subject, told.role, told.data)
  const [, error] = pick(problem, undefined)
  return { error, message: sentence(problem) }
}
