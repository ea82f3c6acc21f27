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
    ? formFor(language, token, link.isProtected ? pass : undefined, inside)
    : passwordForm(language, action, status === 401)
  const body = html`${linkHead(language, link, inside?.creator ?? null)}
${rest}`
  return pageAnswer({ language, title: link.name, body, status, script: 'upload.js' })
}

type Inside = NonNullable<PublicUploadLink['inside']>

function formFor(
  language: MailLanguage,
  token: string,
  pass: string | undefined,
  { filesLeft, bytesLeft, files }: Inside,
): Html {
  const texts = textsOf(language)
  const left = [
    ...(filesLeft === null ? [] : [texts.filesLeft(filesLeft)]),
    ...(bytesLeft === null ? [] : [texts.bytesLeft(writtenSize(language, bytesLeft))]),
  ]
  const isFull = filesLeft === 0 || bytesLeft === 0
  const said = JSON.stringify(spoken(texts))
  return html`${
    isFull
      ? html`<p class="problem" role="status">${texts.full}</p>`
      : html`<noscript><p class="problem">${texts.script}</p></noscript>
<form class="upload" data-key="${token}" data-pass="${pass ?? ''}" data-texts="${said}" hidden>
<div class="drop">
<input type="file" id="files" multiple aria-describedby="left">
<label for="files">${texts.choose}</label>
<p aria-hidden="true">${texts.drop}</p>
<p id="left">${left.join(', ')}</p>
</div>
<ul class="queue"></ul>
<p class="hidden" role="status"></p>
</form>`
  }
${files && files.length > 0 && listOf(language, files)}`
}

/** The texts that the script needs; functions stay here. */
function spoken(texts: ReturnType<typeof textsOf>): Record<string, unknown> {
  const { waiting, sending, retrying, done, stopped, retry, remove } = texts
  const { saidDone, saidFailed, progressOf, reasons } = texts
  const states = { waiting, sending, retrying, done, stopped, retry, remove }
  return { ...states, saidDone, saidFailed, progressOf, reasons }
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
