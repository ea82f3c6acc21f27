import type { Ctx } from '../../core/ctx.ts'
import type { Node, NodeView, Page } from '../../core/nodes/node.ts'
import { has, MANAGE } from '../../core/permissions/permission.ts'
import { fullName } from '../../core/users/full-name.ts'
import type { ClientData, Meta } from './generated/shapes.ts'
import { iconOf } from './icons.ts'
import { pathText } from './ids.ts'

/** A file or folder as the actor sees it (params, section 3). Times are milliseconds. */
export function presentMeta(view: NodeView): Meta {
  const { node } = view
  const isMount = isMounted(view)
  return {
    path: pathText(view.rootPath),
    ...contentMembers(node),
    created: node.createdAt,
    modified: node.updatedAt,
    client_data: clientData(node),
    thumbnail: false,
    deleted: node.deletedAt !== null,
    extradata: {},
    owner: view.owner.id ?? 0,
    owner_name: fullName(view.owner),
    author: view.createdBy.id ?? 0,
    author_name: fullName(view.createdBy),
    role: has(view.permissions, MANAGE) ? 'owner' : 'collaborator',
    shared: isShared(node),
    shared_hash: null,
    ...(isMount ? { fs_type: 'mount' } : {}),
    public_hash: view.linkToken ?? '',
    public_link: view.linkToken ?? false,
    is_favorite: view.isFavorite,
    is_in_trash: node.deletedAt !== null,
  }
}

type ListingOptions = { readonly deleted?: number; readonly present?: (view: NodeView) => Meta }

/** A folder with one page of what is in it; entries of folders have no hash of their own. */
export function presentListing(
  ctx: Ctx,
  view: NodeView,
  page: Page<NodeView>,
  { deleted, present = presentMeta }: ListingOptions = {},
): Meta {
  return {
    ...presentFolder(ctx, view),
    hash: folderHash(ctx, view, deleted),
    content: page.items.map((item) => present(item)),
    is_last_page: isLastPage(page),
  }
}

/** A folder with its hash, without what is in it. */
export function presentFolder(ctx: Ctx, view: NodeView): Meta {
  return { ...presentMeta(view), hash: folderHash(ctx, view) }
}

export function isLastPage({ offset, items, total }: Page<unknown>): boolean {
  return offset + items.length >= total
}

/**
 * Changes with every change among the direct children, and only then; the same for everybody who
 * sees the folder (dossier 4, rule 17). With what was deleted out of it by how many
 * that are, too, since what goes out of the trash for good is no change among the children.
 */
export function folderHash(ctx: Ctx, { node, tally }: NodeView, deleted?: number): string {
  const more = deleted === undefined ? '' : ` ${deleted}`
  const text = `listing ${ctx.tenant.id} ${node.id} ${tally.listing}${more}`
  return ctx.secrets.digest(text).slice(0, 32)
}

type ContentMembers = Pick<
  Meta,
  'folder' | 'size' | 'bytes' | 'version' | 'mime_type' | 'icon' | 'checksum'
>

/** What the bytes say; a folder counts as none (dossier 2, "Node"). */
export function contentMembers({ kind, content, currentId }: Node): ContentMembers {
  if (kind !== 'file' || !content) return folderMembers
  return {
    folder: false,
    size: sizeText(content.size),
    bytes: content.size,
    version: currentId,
    mime_type: content.mediaType,
    icon: iconOf(content.mediaType),
    checksum: content.md5,
  }
}

const folderMembers: ContentMembers = {
  folder: true,
  size: '0 bytes',
  bytes: 0,
  version: 0,
  mime_type: 'application/x-directory',
  icon: 'folder',
  checksum: null,
}

/** Times that the client told of its own file system; only those that it told. */
export function clientData({ clientCreatedAt, clientModifiedAt }: Node): ClientData {
  return {
    ...(clientCreatedAt === null ? {} : { created: clientCreatedAt }),
    ...(clientModifiedAt === null ? {} : { modified: clientModifiedAt }),
  }
}

const units = ['KB', 'MB', 'GB', 'TB', 'PB'] as const

/** Bytes for people: `17 bytes`, `123.4KB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length)
  return `${(bytes / 1024 ** power).toFixed(1)}${units[power - 1]}`
}

/** A room of others, or a folder that its owner shares. */
function isShared(node: Node): boolean {
  return node.kind === 'mount' || (node.kind === 'room' && node.homeOf === null)
}

/** Whether it is where a mount stands: a room that has nothing above it for who looks. */
function isMounted({ node, mountId }: NodeView): boolean {
  return mountId !== null || (isShared(node) && node.parentId === null)
}
