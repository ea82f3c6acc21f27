import type { Ctx } from '../../core/ctx.ts'
import type { FolderInfo } from '../../core/nodes/folder-info.ts'
import type { Node as CoreNode, NodeView } from '../../core/nodes/node.ts'
import type { Outcome } from '../../core/nodes/outcome.ts'
import { CHANGE, CREATE, has, READ } from '../../core/permissions/permission.ts'
import { extension, fileType, stem } from './file-type.ts'
import type { FileType, Node, NodeInfo, TrashedNode } from './generated/shapes.ts'
import { nodeCode, seconds, userCode } from './ids.ts'
import { type Location, locate } from './present-place.ts'
import { privilegeWord } from './privileges.ts'

/** A node with every member that clients may ask for (dossier 8). */
export function presentNode(ctx: Ctx, view: NodeView): Node {
  const { node } = view
  const place = locate(ctx, view)
  const privilege = privilegeWord(view.permissions)
  return {
    ...naming(node, categoryOf(node, place)),
    pid: place.parentId,
    parent_id: place.parentId,
    hub_id: place.hubId,
    home_id: place.homeId,
    ...(place.isRoot ? { actual_hub_id: place.hubId, actual_home_id: place.homeId } : {}),
    owner_id: view.createdBy.id === null ? undefined : userCode(view.createdBy.id),
    area: place.area,
    filesize: node.content?.size ?? view.tally.size,
    capability: capability(view),
    geometry: '0x0',
    ctime: seconds(node.createdAt),
    mtime: seconds(node.updatedAt),
    ptime: seconds(node.updatedAt),
    privilege,
    permission: privilege,
    ...paths(view, place),
    metadata: {},
    md5Hash: node.content?.md5 ?? undefined,
    caption: node.notes ?? '',
    status: 'active',
    isalink: 0,
    expiry_time: node.expireAt === null ? 0 : seconds(node.expireAt),
    flag_expiry: node.expireAt === null ? 'na' : 'active',
    firstname: view.createdBy.firstName,
    lastname: view.createdBy.lastName,
  }
}

/** A node and what is in it; nothing here turns files into pages or pictures, so all is ready. */
export function presentInfo(ctx: Ctx, { view, files, folders }: FolderInfo): NodeInfo {
  const stats = presentNode(ctx, view)
  if (view.node.kind === 'file') return { stats, status: 'ready' }
  return { stats, status: 'ready', total_size: view.tally.size, files, folders }
}

/** A listing: hubs in it lie in the folder that is listed; `page` counts from 1. */
export function presentList(
  ctx: Ctx,
  items: readonly NodeView[],
  parent: NodeView | null,
  page: number,
): Node[] {
  const parentId = parent === null ? '0' : nodeCode(parent.node.id)
  return items.map((view, rank) => ({
    ...presentNode(ctx, view),
    ...(view.mountId === null ? {} : { pid: parentId, parent_id: parentId }),
    rank,
    page,
  }))
}

/** Nodes that were moved or copied, in their new places. */
export function presentOutcomes(ctx: Ctx, outcomes: readonly Outcome[]): Node[] {
  return outcomes.flatMap(({ view }) => (view === undefined ? [] : [presentNode(ctx, view)]))
}

/**
 * Nodes that are in the trash now. What is gone has no place any more: `hubId` is the hub by which
 * it was named; without one the room that governed it stands for it.
 */
export function presentTrashed(
  ctx: Ctx,
  outcomes: readonly Outcome[],
  hubId: string | undefined,
): TrashedNode[] {
  return outcomes.flatMap(({ node }) =>
    node === undefined ? [] : [trashedNode(node, hubId ?? nodeCode(node.boundaryId), ctx.now)],
  )
}

/** A node in the trash since that time. */
export function trashedNode(node: CoreNode, hubId: string, deletedAt: number): TrashedNode {
  const category = node.kind === 'mount' ? 'hub' : categoryOf(node, undefined)
  return {
    ...naming(node, category),
    hub_id: hubId,
    filesize: node.content?.size ?? 0,
    status: 'deleted',
    delete_time: seconds(deletedAt),
  }
}

/** Only files have their ending cut off; the ids are those of the room that a mount shows. */
function naming(node: CoreNode, category: FileType) {
  const id = nodeCode(node.targetId ?? node.id)
  const isFile = node.kind === 'file'
  const ext = isFile ? extension(node.name) : ''
  return {
    id,
    nid: id,
    filename: isFile ? stem(node.name) : node.name,
    ext,
    extension: ext,
    ftype: category,
    filetype: category,
    category,
    mimetype: node.content?.mediaType ?? category,
  }
}

function categoryOf(node: CoreNode, place: Location | undefined): FileType {
  if (node.content) return fileType(node.name, node.content.mediaType)
  if (place?.isRoot !== true || node.kind !== 'room') return 'folder'
  return place.area === 'personal' ? 'root' : 'hub'
}

/** `filepath` as the caller sees it from his own root, `ownpath` within the hub (dossier 8). */
function paths(view: NodeView, { names }: Location) {
  const ownpath = `/${names.join('/')}`
  const filepath = view.rootPath === null ? ownpath : `/${view.rootPath.join('/')}`
  return { filepath, file_path: filepath, ownpath, parent_path: `/${names.slice(0, -1).join('/')}` }
}

function capability({ node, permissions }: NodeView): string {
  const writes = node.kind === 'file' ? CHANGE : CREATE
  const letters = [has(permissions, READ) ? 'r' : '-', has(permissions, writes) ? 'w' : '-']
  return `${letters.join('')}${node.kind === 'file' ? '-' : 'x'}`
}
