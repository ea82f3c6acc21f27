import { createLink } from '../../core/links/create-link.ts'
import { deleteLinks } from '../../core/links/delete-links.ts'
import { type LinkListing, listLink } from '../../core/links/list-link.ts'
import { listLinks } from '../../core/links/list-links.ts'
import { openLink } from '../../core/links/open-link.ts'
import { publicLink } from '../../core/links/public-link.ts'
import { formatPath } from '../../lib/paths/path.ts'
import type { Row } from '../operation.ts'
import { downloadUrl } from './addresses.ts'
import { nodeAt, pathOfUrl } from './ids.ts'
import { op } from './op.ts'
import { gatherPages } from './pages.ts'
import { presentDownload } from './present-download.ts'
import { presentLink, presentLinkView, presentPublished } from './present-link.ts'
import { presentOutcome } from './present-outcome.ts'
import { pageOf } from './query.ts'

const everything = { offset: 0, limit: 0 }

/** Tag `storage`: public links, for their owners. */
export const linkRows: readonly Row[] = [
  op('linksCreate', {
    auth: 'user',
    run: (ctx, { body }) =>
      createLink(ctx, {
        kind: body.upload_folder ? 'upload' : 'download',
        node: nodeAt(ctx, body.path),
        password: body.password || undefined,
        expireAt: body.ttl ? ctx.now + body.ttl * 1000 : undefined,
        maxDownloads: body.download_max || undefined,
        notifyCreator: body.notify,
        onePerNode: 'node',
      }),
    reply: presentLinkView,
  }),

  op('linksDelete', {
    auth: 'user',
    run: (ctx, { body }) => deleteLinks(ctx, { nodes: [nodeAt(ctx, body.path)], kind: 'any' }),
    reply: ({ views }) => presentOutcome(views.map((view) => ({ view }))),
  }),

  op('links', {
    auth: 'user',
    run: (ctx, { params }) => {
      const token = params.hash === undefined ? {} : { token: bareHash(params.hash) }
      return gatherPages(everything, (page) => listLinks(ctx, { filter: token, page }))
    },
    reply: ({ items }) => items.map(presentLinkView),
  }),
]

/** Tag `storage`: the public use of links; the password comes with every call (dossier 4, 22). */
export const publicLinkRows: readonly Row[] = [
  op('linksGet', {
    auth: 'none',
    run: (ctx, { params }) =>
      openLink(ctx, { ...keyOf(params), path: pathOfUrl(ctx, params.path), need: 'plain-file' }),
    reply: ({ entry, ticket }, { params }, ctx, request) => {
      const path = pathOfUrl(ctx, params.path)
      const url = downloadUrl(request, { kind: 'link', ticket, path }, params.for_view)
      return presentDownload(entry.node, formatPath(path), url)
    },
  }),

  op('linksMetadata', {
    auth: 'none',
    run: (ctx, { params }) => {
      const place = { ...keyOf(params), path: pathOfUrl(ctx, params.path) }
      return gatherPages(pageOf(params), async (page) => {
        const listing = await listLink(ctx, { ...place, page })
        return params.dirs_only ? foldersOf(listing) : listing
      })
    },
    reply: presentPublished,
  }),

  op('linksInfo', {
    auth: 'none',
    run: (ctx, { params }) => publicLink(ctx, { token: params.hash }),
    reply: ({ link }, { params }) => presentLink(link, params.hash),
  }),
]

/** A hash, or a whole address that ends in it (params, C124). */
function bareHash(text: string): string {
  return (
    text
      .replace(/[?#].*$/, '')
      .replace(/\/$/, '')
      .split('/')
      .at(-1) ?? ''
  )
}

function keyOf(params: { hash: string; password?: string }) {
  return { token: params.hash, password: params.password || undefined }
}

/** Folders stand before files, so that the first file is the end of them. */
function foldersOf(listing: LinkListing): LinkListing {
  const items = listing.items.filter(({ node }) => node.kind === 'folder')
  const isAll = items.length === listing.items.length
  return isAll ? listing : { ...listing, items, total: listing.offset + items.length }
}
