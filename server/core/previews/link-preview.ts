import type { Ctx } from '../ctx.ts'
import type { OpenFile } from '../downloads/open-file.ts'
import { fault } from '../fault.ts'
import { readLinkFile } from '../links/read-link-file.ts'
import { readInvited } from '../shares/read-invited.ts'
import { openPreview, type PreviewKind, type StartedPreview, startPreview } from './open-preview.ts'

type InLink = {
  readonly token: string
  readonly password?: string
  /** From the shared node down. */
  readonly path: readonly string[]
  /** Only the current one is shown. */
  readonly versionId?: number
}

type InInvited = Omit<InLink, 'password'>

/**
 * A preview of a file behind a download link, which takes no download but none may be missing; a
 * document is the file itself, which only a download gives. Faults as `readLinkFile` and
 * `openPreview`.
 */
export async function getLinkPreview(
  ctx: Ctx,
  { kind, ...place }: InLink & { readonly kind: PreviewKind },
): Promise<OpenFile> {
  return pictureOf(ctx, await fileInLink(ctx, place), kind)
}

/** Begins to make them where there are none. */
export async function createLinkPreview(ctx: Ctx, place: InLink): Promise<StartedPreview> {
  return startPreview(ctx, await fileInLink(ctx, place), { again: false })
}

/** A preview of a file in a folder with an invitation that lets everybody read. */
export async function getInvitedPreview(
  ctx: Ctx,
  { kind, ...place }: InInvited & { readonly kind: PreviewKind },
): Promise<OpenFile> {
  return pictureOf(ctx, await fileInvited(ctx, place), kind)
}

/** Begins to make them where there are none. */
export async function createInvitedPreview(ctx: Ctx, place: InInvited): Promise<StartedPreview> {
  return startPreview(ctx, await fileInvited(ctx, place), { again: false })
}

async function fileInLink(ctx: Ctx, { versionId, ...place }: InLink): Promise<OpenFile> {
  return current(await readLinkFile(ctx, { ...place, peek: 'while-open' }), versionId)
}

async function fileInvited(ctx: Ctx, { versionId, ...place }: InInvited): Promise<OpenFile> {
  return current(await readInvited(ctx, place), versionId)
}

function current(file: OpenFile, versionId: number | undefined): OpenFile {
  const isCurrent = versionId === undefined || versionId === file.content.versionId
  return isCurrent ? file : fault('not-found', 'version')
}

function pictureOf(ctx: Ctx, file: OpenFile, kind: PreviewKind): Promise<OpenFile> {
  return kind === 'document' ? fault('not-found', 'preview') : openPreview(ctx, file, kind)
}
