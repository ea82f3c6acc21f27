import { uniqueNames } from '../../lib/names/unique-names.ts'
import type { ZipEntry } from '../../lib/zip/zip-records.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { refuseCipher } from '../keys/cipher-places.ts'
import type { Content, Node, NodeKind } from '../nodes/node.ts'
import type { SeekKey } from '../nodes/node-store.ts'
import { heldFrom } from '../permissions/held-on.ts'
import { has, READ } from '../permissions/permission.ts'
import type { Viewer } from '../permissions/viewer.ts'
import type { Seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'

/** One line of an archive; `content` is null for folders. */
export type ArchiveEntry = ZipEntry & { readonly content: Content | null }

/** Whose archive: a viewer enters rooms below as far as he may; a stranger (null) enters none. */
export type ArchiveScope = { readonly viewer: Viewer | null }

type Container = { readonly id: number; readonly path: string; readonly isPassage: boolean }

const pageSize = 500
const byName = { by: 'name', descending: false } as const
/** The longest path that an archive can name, in bytes of UTF-8. */
const maxPathBytes = 65_535

/**
 * What an archive of these nodes holds: each under its own name, numbered where two have the same,
 * and all below it that the viewer may read, in the order of the levels. One statement for every
 * page of a folder, and one more where rooms lie in it. A room that is only passed through has no
 * entry of its own. Faults 'too-many' 'node' (data.limit) above `limits.archiveEntries`,
 * 'too-large' 'node' where a path is too long for the format, 'encrypted' 'node' for bytes that
 * only clients open.
 */
export async function planArchive(
  ctx: Ctx,
  tx: Tx,
  tops: readonly Seen[],
  scope: ArchiveScope,
): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  const containers: Container[] = []
  const add = ({ node, permissions }: Seen, path: string) => {
    refuseCipher(node)
    if (node.kind !== 'file') {
      const isPassage = !has(permissions, READ)
      containers.push({ id: node.id, path: `${path}/`, isPassage })
      if (isPassage) return
    }
    if (entries.length >= ctx.limits.archiveEntries) {
      fault('too-many', 'node', undefined, { limit: ctx.limits.archiveEntries })
    }
    entries.push(entryOf(node, path))
  }
  const nameIn = uniqueNames()
  for (const top of tops) add(top, nameIn(top.node.name, top.node.kind === 'file'))
  // Grows while it is walked.
  for (const container of containers) {
    for await (const below of pagesOf(ctx, tx, container, scope)) {
      for (const seen of below) add(seen, container.path + seen.node.name)
    }
  }
  return entries
}

async function* pagesOf(
  ctx: Ctx,
  tx: Tx,
  { id, isPassage }: Container,
  scope: ArchiveScope,
): AsyncGenerator<Seen[], void, undefined> {
  const kinds: NodeKind[] = isPassage ? [] : ['folder', 'file']
  if (scope.viewer) kinds.unshift('room')
  if (kinds.length === 0) return
  const visibleTo = scope.viewer?.userId ?? null
  const query = { parentId: id, filter: { kinds }, sort: byName, visibleTo, now: ctx.now }
  let after: SeekKey | undefined
  for (;;) {
    const nodes = await tx.nodes.children(query, { after, skip: 0, limit: pageSize })
    yield await seenOf(ctx, tx, nodes, scope)
    const last = nodes.at(-1)
    if (!last || nodes.length < pageSize) return
    after = tx.nodes.seekKey(last, byName)
  }
}

/** Folders and files are governed like what they lie in, which was read; rooms have their own. */
async function seenOf(
  ctx: Ctx,
  tx: Tx,
  nodes: readonly Node[],
  { viewer }: ArchiveScope,
): Promise<Seen[]> {
  const rooms = nodes.filter(({ kind }) => kind === 'room').map(({ id }) => id)
  const userId = viewer?.userId ?? null
  const given =
    rooms.length > 0 && userId !== null
      ? await tx.access.ofMany(rooms, userId, ctx.now)
      : new Map<number, number>()
  return nodes.flatMap((node) => {
    if (node.kind !== 'room' || !viewer) return [{ node, permissions: READ }]
    const permissions = heldFrom(viewer, node, given.get(node.id))
    return permissions === undefined ? [] : [{ node, permissions }]
  })
}

function entryOf(node: Node, path: string): ArchiveEntry {
  const isFile = node.kind === 'file'
  if (Buffer.byteLength(path) >= maxPathBytes) fault('too-large', 'node')
  return {
    path: isFile ? path : `${path}/`,
    size: node.content?.size ?? 0,
    modifiedAt: node.clientModifiedAt ?? node.updatedAt,
    content: node.content,
  }
}
