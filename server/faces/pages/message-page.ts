import type { Answer, FaceRequest, Headers } from '../operation.ts'
import { type Html, html } from './html.ts'
import { pageAnswer } from './page.ts'
import { languageOf } from './request.ts'

/** A page with one message, and perhaps more below it. */
export function messagePage(
  request: FaceRequest,
  status: number,
  title: string,
  more = '',
  { headers = {}, below }: { readonly headers?: Headers; readonly below?: Html } = {},
): Answer {
  const body = html`<h1>${title}</h1>
${more !== '' && html`<p>${more}</p>`}
${below}`
  return pageAnswer({ language: languageOf(request), title, body, status, headers })
}
