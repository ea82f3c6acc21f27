import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/fault.ts'
import { givePassword } from '../../core/links/give-password.ts'
import {
  type PublicUploadLink,
  publicUploadLink,
  type UploadedFile,
} from '../../core/links/public-upload-link.ts'
import type { MailLanguage } from '../../core/mail/mail-language.ts'
import type { Answer, FaceRequest, Row } from '../operation.ts'
import { type Html, html } from './html.ts'
import { pageAnswer } from './page.ts'
import { linkHead, passwordForm } from './parts.ts'
import { formOf, languageOf, linkPath, passCookie, passOf } from './request.ts'
import { textsOf, writtenSize } from './texts.ts'
import { uploadArea } from './upload-area.ts'

/** Upload links for people with a browser. The files go through the public API of shares. */
export const uploadPageRows: Row[] = [
  { id: 'upload', auth: 'none', handle: (ctx, request) => show(ctx, request, 200) },

  {
    id: 'uploadPassword',
    auth: 'none',
    async handle(ctx, request) {
      const token = request.params.key ?? ''
      const password = (await formOf(request))('password') ?? ''
      const path = linkPath('upload', token)
      try {
        const { pass } = await givePassword(ctx, { token, password, kind: 'upload' })
        return { status: 303, headers: { location: path, ...passCookie(request, path, pass) } }
      } catch (error) {
        if (isFault(error, 'wrong-credentials')) return show(ctx, request, 401)
        throw error
      }
    },
  },
]

/** The page of a link; 401 says that a password was wrong. */
async function show(ctx: Ctx, request: FaceRequest, status: 200 | 401): Promise<Answer> {
  const token = request.params.key ?? ''
  const pass = status === 401 ? undefined : passOf(request)
  const { link, inside } = await publicUploadLink(ctx, { token, password: pass })
  const language = languageOf(request)
  const action = linkPath('upload', token)
  const rest = inside
    ? formFor(language, token, inside)
    : passwordForm(language, action, status === 401)
  const body = html`${linkHead(language, link, inside?.creator ?? null)}
${rest}`
  return pageAnswer({ language, title: link.name, body, status, script: 'upload.js' })
}

type Inside = NonNullable<PublicUploadLink['inside']>

function formFor(
  language: MailLanguage,
  token: string,
  { filesLeft, bytesLeft, files }: Inside,
): Html {
  const left = { files: filesLeft, bytes: bytesLeft }
  const start = `${linkPath('upload', token)}/uploads`
  return html`${uploadArea(language, { token, start, path: [], left })}
<div id="listing">
${files && files.length > 0 && listOf(language, files)}
</div>`
}

function listOf(language: MailLanguage, files: readonly UploadedFile[]): Html {
  const texts = textsOf(language)
  const rows = files.map(
    ({ name, size }) => html`<tr><th scope="row">${name}</th>
<td class="size">${writtenSize(language, size)}</td></tr>`,
  )
  return html`<h2>${texts.uploaded}</h2>
<table>
<thead><tr><th scope="col">${texts.name}</th><th scope="col" class="size">${texts.size}</th></tr>
</thead>
<tbody>
${rows}
</tbody>
</table>`
}
