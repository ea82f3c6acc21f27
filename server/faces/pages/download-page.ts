import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/fault.ts'
import { givePassword } from '../../core/links/give-password.ts'
import type { LinkEntry, LinkListing } from '../../core/links/list-link.ts'
import { openLink } from '../../core/links/open-link.ts'
import { readLinkArchive } from '../../core/links/read-link-archive.ts'
import { readLinkFile } from '../../core/links/read-link-file.ts'
import { type ViewedLink, viewLink } from '../../core/links/view-link.ts'
import type { MailLanguage } from '../../core/mail/mail-language.ts'
import { getLinkPreview } from '../../core/previews/link-preview.ts'
import { archiveAnswer } from '../archive-answer.ts'
import { fileAnswer } from '../file-answer.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import { type Html, html } from './html.ts'
import { pageAnswer } from './page.ts'
import { linkHead, passwordForm } from './parts.ts'
import { formOf, languageOf, linkPath, passCookie, passOf, pathIn } from './request.ts'
import { textsOf, writtenSize } from './texts.ts'
import { uploadArea } from './upload-area.ts'

const pageSize = 200

/** Download links for people with a browser. Only what is fetched by POST takes a download. */
export const downloadPageRows: Row[] = [
  { id: 'download', auth: 'none', handle: (ctx, request) => show(ctx, request, 200) },

  {
    id: 'downloadPassword',
    auth: 'none',
    async handle(ctx, request) {
      const token = request.params.key ?? ''
      const password = (await formOf(request))('password') ?? ''
      const path = linkPath('download', token)
      try {
        const { pass } = await givePassword(ctx, { token, password, kind: 'download' })
        return { status: 303, headers: { location: path, ...passCookie(request, path, pass) } }
      } catch (error) {
        if (isFault(error, 'wrong-credentials')) return show(ctx, request, 401)
        throw error
      }
    },
  },

  {
    id: 'fetch',
    auth: 'none',
    async handle(ctx, request) {
      const token = request.params.key ?? ''
      const field = await formOf(request)
      const path = pathIn(field('in'))
      const need = field('as') === 'zip' ? undefined : 'file'
      const opened = await openLink(ctx, { token, password: passOf(request), path, need })
      const way = need === 'file' ? 'files' : 'archives'
      const query = path.length === 0 ? '' : `?in=${encodeURIComponent(path.join('/'))}`
      const location = `${linkPath('download', token)}/${way}/${opened.ticket}${query}`
      return { status: 303, headers: { location, 'cache-control': 'no-store' } }
    },
  },

  {
    id: 'preview',
    auth: 'none',
    async handle(ctx, request) {
      const token = request.params.key ?? ''
      const place = { token, password: passOf(request), path: pathIn(request.query.get('in')) }
      const preview = await getLinkPreview(ctx, { ...place, kind: 'middle' })
      return fileAnswer(request, preview, { inline: true })
    },
  },

  {
    id: 'file',
    auth: 'none',
    async handle(ctx, request) {
      const place = { ticket: request.params.ticket ?? '', path: pathIn(request.query.get('in')) }
      return fileAnswer(request, await readLinkFile(ctx, place))
    },
  },

  {
    id: 'archive',
    auth: 'none',
    async handle(ctx, request) {
      const place = { ticket: request.params.ticket ?? '', path: pathIn(request.query.get('in')) }
      return archiveAnswer(await readLinkArchive(ctx, place))
    },
  },
]

/** The page of a link; 401 says that a password was wrong. */
async function show(ctx: Ctx, request: FaceRequest, status: 200 | 401): Promise<Answer> {
  const token = request.params.key ?? ''
  const from = Number(request.query.get('from') ?? 0)
  const offset = Number.isSafeInteger(from) && from > 0 ? from : 0
  const path = pathIn(request.query.get('in'))
  const password = status === 401 ? undefined : passOf(request)
  const page = { offset, limit: pageSize }
  const viewed = await viewLink(ctx, { token, password, path, page })
  const language = languageOf(request)
  const action = linkPath('download', token)
  const { link, creator } = viewed.shown
  const rest = viewed.inside
    ? insideOf(language, viewed, token)
    : passwordForm(language, action, status === 401)
  const body = html`${linkHead(language, link, creator)}
${rest}`
  const script = viewed.left ? 'upload.js' : undefined
  return pageAnswer({ language, title: link.name, body, status, script })
}

/** What the link shows, and where files can be brought to the same place. */
function insideOf(language: MailLanguage, viewed: ViewedLink, token: string): Html {
  const action = linkPath('download', token)
  const { left, inside } = viewed
  const listing = html`<div id="listing">
${inside && contentOf(language, action, viewed, inside)}
</div>`
  if (left === null) return listing
  const area = { token, start: `${action}/uploads`, path: inside?.path ?? [], left }
  return html`${listing}
<h2>${textsOf(language).uploadTo}</h2>
${uploadArea(language, area)}`
}

function contentOf(
  language: MailLanguage,
  action: string,
  { shown, mayPreview }: ViewedLink,
  listing: LinkListing,
): Html {
  const texts = textsOf(language)
  if (shown.limitReached) return html`<p class="problem" role="status">${texts.limit}</p>`
  const { parent, path } = listing
  const size = writtenSize(language, parent.size)
  if (parent.node.kind === 'file') {
    const { name } = parent.node
    const preview = addressIn(`${action}/preview`, path)
    return html`${mayPreview && html`<img class="preview" src="${preview}" alt="">`}
<p class="file"><span>${name}</span> <span class="size">${size}</span></p>
${fetchForm(action, path, { label: texts.download, what: texts.downloadOf(name) })}`
  }
  const all = { label: texts.downloadAll, what: texts.downloadAll, as: 'zip' }
  return html`${wayTo(language, action, shown.node.name, path)}
${listing.total === 0 ? html`<p>${texts.empty}</p>` : tableOf(language, action, listing)}
${pagesOf(language, action, listing)}
${listing.total > 0 && fetchForm(action, path, all)}`
}

type Fetch = {
  readonly label: string
  readonly what: string
  readonly as?: string
  readonly isSmall?: boolean
}

/** A button that takes a download. */
function fetchForm(
  action: string,
  path: readonly string[],
  { label, what, as, isSmall }: Fetch,
): Html {
  return html`<form method="post" action="${action}/fetch">
${path.length > 0 && html`<input type="hidden" name="in" value="${path.join('/')}">`}
${as && html`<input type="hidden" name="as" value="${as}">`}
<button type="submit" class="${isSmall ? 'small' : ''}" aria-label="${what}">${label}</button>
</form>`
}

function addressIn(action: string, path: readonly string[], from = 0): string {
  const query = new URLSearchParams()
  if (path.length > 0) query.set('in', path.join('/'))
  if (from > 0) query.set('from', String(from))
  const text = query.toString()
  return text === '' ? action : `${action}?${text}`
}

/** The folders from the shared one down to here. */
function wayTo(
  language: MailLanguage,
  action: string,
  top: string,
  path: readonly string[],
): Html | false {
  if (path.length === 0) return false
  const steps = [top, ...path].map((name, at, all) => {
    if (at === all.length - 1) return html`<li aria-current="page">${name}</li>`
    return html`<li><a href="${addressIn(action, path.slice(0, at))}">${name}</a></li>`
  })
  return html`<nav aria-label="${textsOf(language).place}"><ol class="way">${steps}</ol></nav>`
}

function tableOf(language: MailLanguage, action: string, { items, path }: LinkListing): Html {
  const texts = textsOf(language)
  return html`<table>
<thead><tr><th scope="col">${texts.name}</th><th scope="col" class="size">${texts.size}</th>
<th scope="col"><span class="hidden">${texts.what}</span></th></tr></thead>
<tbody>
${items.map((item) => rowOf(language, action, path, item))}
</tbody>
</table>`
}

function rowOf(
  language: MailLanguage,
  action: string,
  path: readonly string[],
  { node, size }: LinkEntry,
): Html {
  const texts = textsOf(language)
  const place = [...path, node.name]
  const isFile = node.kind === 'file'
  const fetch = { label: texts.download, what: texts.downloadOf(node.name), isSmall: true }
  return html`<tr><th scope="row">${
    isFile ? node.name : html`<a class="folder" href="${addressIn(action, place)}">${node.name}</a>`
  }</th><td class="size">${writtenSize(language, size)}</td>
<td class="act">${isFile && fetchForm(action, place, fetch)}</td></tr>`
}

function pagesOf(language: MailLanguage, action: string, listing: LinkListing): Html | false {
  const { offset, total, path, items } = listing
  if (total <= items.length && offset === 0) return false
  const texts = textsOf(language)
  const before = Math.max(0, offset - pageSize)
  const after = offset + pageSize
  return html`<p class="pages">
${offset > 0 && html`<a href="${addressIn(action, path, before)}" rel="prev">${texts.newer}</a>`}
${after < total && html`<a href="${addressIn(action, path, after)}" rel="next">${texts.older}</a>`}
</p>`
}
