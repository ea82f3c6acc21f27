import type { Ctx } from '../ctx.ts'
import type { OpenFile } from '../downloads/open-file.ts'
import { readFile } from '../downloads/read-file.ts'
import type { NodeRef } from '../nodes/node.ts'
import {
  asDocument,
  openPreview,
  type PreviewKind,
  type StartedPreview,
  startPreview,
} from './open-preview.ts'

type FileVersion = { readonly node: NodeRef; readonly versionId?: number }

type GetPreview = FileVersion & {
  readonly kind: PreviewKind
  /** No byte will be read. */
  readonly peek?: boolean
}

/**
 * A preview of a file that the actor may read. A picture takes no download of a visitor's link, a
 * document, being the file itself, does. Faults as `readFile` and `openPreview`.
 */
export async function getPreview(
  ctx: Ctx,
  { kind, peek = false, ...version }: GetPreview,
): Promise<OpenFile> {
  const file = await read(ctx, version)
  if (kind !== 'document') return openPreview(ctx, file, kind)
  const document = await asDocument(file)
  if (!peek) await readFile(ctx, { ...version, role: 'file' })
  return document
}

/** Begins to make them anew. Faults as `readFile`. */
export async function createPreview(ctx: Ctx, version: FileVersion): Promise<StartedPreview> {
  return startPreview(ctx, await read(ctx, version), { again: ctx.actor.kind === 'user' })
}

function read(ctx: Ctx, version: FileVersion): Promise<OpenFile> {
  return readFile(ctx, { ...version, role: 'file', peek: 'while-open' })
}
