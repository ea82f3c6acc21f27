import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef, Page, PageRequest } from '../nodes/node.ts'
import { resolve } from '../nodes/resolve.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { heldOn } from '../permissions/held-on.ts'
import { has, type Permissions, READ, READ_TRASH } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { trashRoom } from '../trash/deleted-entry.ts'
import { describeVersions, type VersionView } from './version-view.ts'

export type FileVersions = Page<VersionView> & { readonly node: Node | null }

/**
 * All versions of a file by its lasting id, newest first, whether it is live or in the trash: its
 * current one for who may read it, the others for who may read the trash of its room. Of a file
 * that is not there or not to be seen there are none.
 */
export async function fileVersions(
  ctx: Ctx,
  input: { readonly fileId: number; readonly page: PageRequest },
): Promise<FileVersions> {
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const found = await heldFile(ctx, tx, input.fileId)
    if (!found) return { ...page, items: [], total: 0, node: null }
    const { node, held } = found
    const current = has(held, READ) && node.deletedAt === null ? node.content?.versionId : undefined
    const versions = (await tx.nodes.versions(node.id))
      .filter(({ id }) => has(held, READ_TRASH) || id === current)
      .sort((a, b) => b.id - a.id)
    const some = versions.slice(page.offset, page.offset + page.limit)
    return { ...page, items: await describeVersions(tx, node, some), total: versions.length, node }
  })
}

async function heldFile(
  ctx: Ctx,
  tx: Tx,
  fileId: number,
): Promise<{ readonly node: Node; readonly held: Permissions } | undefined> {
  const live = await resolve(ctx, tx, { id: fileId })
  if (live) {
    const held = await heldOn(ctx, tx, await viewerOf(ctx, tx), live)
    return live.kind === 'file' && held !== undefined ? { node: live, held } : undefined
  }
  const isId = Number.isSafeInteger(fileId) && fileId > 0
  const deleted = isId ? await tx.trash.findDeleted(fileId) : undefined
  if (deleted?.node.kind !== 'file') return undefined
  const room = await trashRoom(ctx, tx, deleted.node)
  return room && { node: deleted.node, held: room.permissions }
}

export type ListVersions = {
  readonly node: NodeRef
  /** Only what leads from this one to the current one, which comes last. */
  readonly since?: number
  readonly page: PageRequest
}

/**
 * Versions of a live file, the current one first, then the newest: READ on it. Faults 'wrong-kind'
 * 'node' 'file' for containers, 'not-found' 'version' for one that it never had.
 */
export async function listVersions(ctx: Ctx, input: ListVersions): Promise<Page<VersionView>> {
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.node, 'file')
    if (node.kind !== 'file') fault('wrong-kind', 'node', 'file')
    permit(permissions, READ, 'file')
    const versions = await tx.nodes.versions(node.id)
    const isCurrent = ({ id }: { id: number }) => id === node.content?.versionId
    const ordered = [...versions.filter(isCurrent), ...versions.filter((one) => !isCurrent(one))]
    const wanted = input.since === undefined ? ordered : newer(ordered, input.since)
    const some = wanted.slice(page.offset, page.offset + page.limit)
    return { ...page, items: await describeVersions(tx, node, some), total: wanted.length }
  })
}

/** What leads from a version to the current one, which comes last; nothing for that one itself. */
function newer<V extends { readonly id: number }>(currentFirst: readonly V[], since: number): V[] {
  const [current, ...others] = currentFirst
  if (!current || !currentFirst.some(({ id }) => id === since)) fault('not-found', 'version')
  if (current.id === since) return []
  const between = others.filter(({ id }) => id > since && id < current.id)
  return [...between.sort((a, b) => a.id - b.id), current]
}
