import { publicLink } from '../../core/links/public-link.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import { html } from './html.ts'
import { messagePage } from './message-page.ts'
import { pageAnswer } from './page.ts'
import { languageOf, linkPath } from './request.ts'
import { textsOf } from './texts.ts'
import { placeOf } from './way.ts'

/** From addresses whose last part the server is not told by browsers to the pages they mean. */
export const wayPageRows: Row[] = [
  {
    id: 'way',
    auth: 'none',
    async handle(_ctx, request) {
      const at = request.query.get('at')
      if (at === null) return askPage(request)
      const texts = textsOf(languageOf(request))
      const place = placeOf(at)
      if (place === undefined) return unknownWay(request)
      if (place === 'left') return messagePage(request, 200, texts.left, texts.leftMore)
      return { status: 303, headers: { location: place, 'cache-control': 'no-store' } }
    },
  },

  {
    id: 'link',
    auth: 'none',
    async handle(ctx, request) {
      const token = request.params.key ?? ''
      const { link } = await publicLink(ctx, { token })
      const location = linkPath(link.kind, token)
      return { status: 303, headers: { location, 'cache-control': 'no-store' } }
    },
  },
]

/** The script of this page goes on with what follows '#'; without it the address is typed in. */
function askPage(request: FaceRequest): Answer {
  const language = languageOf(request)
  const texts = textsOf(language)
  const body = html`<h1>${texts.way}</h1>
<p>${texts.wayMore}</p>
${addressForm(request)}`
  return pageAnswer({ language, title: texts.way, body, script: 'way.js' })
}

function unknownWay(request: FaceRequest): Answer {
  const texts = textsOf(languageOf(request))
  const below = html`${addressForm(request)}
<p><a href="/">${texts.start}</a></p>`
  return messagePage(request, 404, texts.noWay, texts.noWayMore, { below })
}

function addressForm(request: FaceRequest) {
  const texts = textsOf(languageOf(request))
  return html`<form method="get" action="/public/go" class="fields">
<label for="at">${texts.address}</label>
<input id="at" name="at" type="text" required maxlength="2048" autocomplete="off"
 autocapitalize="none" spellcheck="false">
<button type="submit">${texts.open}</button>
</form>`
}
