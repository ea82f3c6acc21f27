import type { Ctx } from '../../core/ctx.ts'
import type { News } from '../../core/news/own-news.ts'
import type { Manifest } from '../../core/nodes/manifest.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import { has, MANAGE } from '../../core/permissions/permission.ts'
import type { UsedColor, UsedFont } from '../../core/profiles/profile.ts'
import type { LoginRecord as CoreLogin } from '../../core/sessions/login-log.ts'
import type { User } from '../../core/users/user.ts'
import type { FaceRequest } from '../operation.ts'
import { deviceFamily } from './device.ts'
import { extension, fileType, stem } from './file-type.ts'
import type {
  Colour,
  Contact,
  Font,
  HubEntry,
  LoginRecord,
  ManifestEntry,
  MyHub,
  Notice,
} from './generated/shapes.ts'
import { nobodyId, nodeCode, seconds, userCode } from './ids.ts'
import { nameFields } from './present-account.ts'
import { domainOf, locate, openArea } from './present-place.ts'
import { privilegeWord } from './privileges.ts'

/** Hubs have members who govern them, and no owner: whoever asks for his own is one of them. */
export function presentMyHub(ctx: Ctx, view: NodeView): MyHub {
  const owner = ctx.actor.kind === 'user' ? userCode(ctx.actor.userId) : nobodyId
  const { id, name } = view.node
  return { id: nodeCode(id), name, area: openArea(view), owner_id: owner }
}

export function presentHubEntry(
  ctx: Ctx,
  view: NodeView,
  { rank, page }: { readonly rank: number; readonly page: number },
  request: FaceRequest,
): HubEntry {
  const { node, permissions, tally } = view
  const id = nodeCode(node.id)
  const isOwn = has(permissions, MANAGE) && ctx.actor.kind === 'user'
  const owner = isOwn ? (ctx.actor as { userId: number }).userId : view.createdBy.id
  return {
    nid: id,
    pid: '0',
    parent_id: '0',
    hub_id: id,
    owner_id: owner === null ? nobodyId : userCode(owner),
    vhost: domainOf(request),
    status: 'active',
    filename: node.name,
    filesize: tally.size,
    area: locate(ctx, view).area,
    page,
    rank,
  }
}

/** Every node below a container; `filesize` of a folder is that of all below it. */
export function presentManifest(ctx: Ctx, { root, entries }: Manifest): ManifestEntry[] {
  const { hubId, homeId, area, names: above } = locate(ctx, root)
  return entries.map(({ node, names, tally, permissions }) => {
    const isFile = node.content !== null
    const category = node.content ? fileType(node.name, node.content.mediaType) : 'folder'
    const ownpath = `/${[...above, ...names].join('/')}`
    const filepath = root.rootPath === null ? ownpath : `/${[...root.rootPath, ...names].join('/')}`
    const maker = node.createdBy === null ? undefined : userCode(node.createdBy)
    return {
      id: nodeCode(node.id),
      nid: nodeCode(node.id),
      pid: nodeCode(node.parentId ?? 0),
      hub_id: hubId,
      home_id: homeId,
      owner_id: area === 'personal' ? hubId : maker,
      area,
      filename: isFile ? stem(node.name) : node.name,
      ext: isFile ? extension(node.name) : '',
      filesize: node.content?.size ?? tally?.size ?? 0,
      category,
      filetype: category,
      filepath,
      file_path: filepath,
      ownpath,
      status: 'active',
      isalink: 0,
      ctime: seconds(node.createdAt),
      mtime: seconds(node.updatedAt),
      md5Hash: node.content?.md5 ?? undefined,
      privilege: privilegeWord(permissions),
    }
  })
}

/** Nothing here knows where an address is, so there is no city. */
export function presentLogin(record: CoreLogin): LoginRecord {
  const { startedAt, endedAt, isOpen, address, userAgent } = record
  return {
    city: null,
    ip: address,
    intime: seconds(startedAt),
    outtime: endedAt === null ? null : seconds(endedAt),
    status: isOpen ? 'active' : 'closed',
    device: { family: deviceFamily(userAgent) },
  }
}

/** Both the members that the documents name and those that the web client reads. */
export function presentNews({ room, count, last, author }: News): Notice {
  const hubId = nodeCode(room.id)
  return {
    id: `${hubId}-${last.id}`,
    entity_id: hubId,
    type: 'media',
    count,
    key_id: hubId,
    hub_id: hubId,
    nid: hubId,
    filename: room.name,
    filetype: 'hub',
    item_filename: last.nodeName ?? '',
    last_id: last.id,
    ctime: seconds(last.at),
    category: 'media',
    cnt: count,
    area: 'private',
    author_id: author.id === null ? nobodyId : userCode(author.id),
    author_firstname: author.firstName,
    author_lastname: author.lastName,
  }
}

export function presentColor({ id, rgba, hex, at }: UsedColor): Colour {
  return { color_id: id, rgba, hexacode: hex, ctime: seconds(at) }
}

export function presentFont({ id, name, at }: UsedFont): Font {
  return { font_id: id, name, ctime: seconds(at) }
}

/** A person of the own organisation; there are no others among contacts. */
export function presentContact(user: User, page: number): Contact {
  const { id, ident, email, firstname, lastname, fullname } = nameFields(user)
  return {
    ...{ page, id, ident, email, firstname, lastname, fullname },
    is_mycontact: 1,
    surname: null,
    is_drumate: 1,
    is_need_email: 0,
    status: 'mate',
    is_blocked: 0,
    is_blocked_me: 0,
  }
}
