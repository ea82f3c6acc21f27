import type { Link, LinkView } from '../../core/links/link.ts'
import type { LinkEntry, LinkListing } from '../../core/links/list-link.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import { formatPath } from '../../lib/paths/path.ts'
import type { Link as LinkInfo, LinkMeta, Meta, PublishedMeta } from './generated/shapes.ts'
import { clientData, contentMembers, isLastPage, presentMeta } from './present-meta.ts'

/** A published file or folder with its link. */
export function presentLinkView({ link, token, view }: LinkView): LinkMeta {
  const { created, public_hash, ...facts } = presentLink(link, token)
  return { ...presentMeta(view), ...facts, public_hash, public_link: public_hash }
}

/** A link as its owners and strangers alike may see it. */
export function presentLink(link: Link, token: string): LinkInfo {
  return {
    public_hash: token,
    created: link.createdAt,
    expires: link.expireAt,
    access_rights: link.kind,
    notify: link.notifyCreator,
    download_max: link.maxDownloads ?? 0,
    download_count: link.downloads,
    password: link.isProtected,
  }
}

/**
 * What a stranger sees at a place of a link: paths count from the shared folder, whose own path is
 * `/` and whose name stands beside it.
 */
export function presentPublished(listing: LinkListing): PublishedMeta {
  const { parent, path } = listing
  const isRoot = path.length === 0
  const meta = {
    ...presentEntry(parent, path),
    ...(isRoot ? { name: parent.node.name } : {}),
  }
  if (parent.node.kind === 'file') return meta
  return {
    ...meta,
    content: listing.items.map((item) => presentEntry(item, [...path, item.node.name])),
    is_last_page: isLastPage(listing),
  }
}

/** A file that came in through a link, as its bringer may see it: nothing of where or whose. */
export function presentBrought(view: NodeView): Meta {
  const { node } = view
  return {
    ...presentMeta(view),
    path: formatPath([node.name]),
    owner: 0,
    owner_name: '',
    author: 0,
    author_name: '',
    role: 'collaborator',
    public_hash: '',
    public_link: false,
  }
}

function presentEntry({ node }: LinkEntry, path: readonly string[]): PublishedMeta {
  return {
    path: formatPath(path),
    ...contentMembers(node),
    created: node.createdAt,
    modified: node.updatedAt,
    client_data: clientData(node),
    thumbnail: false,
    deleted: false,
    extradata: {},
  }
}
