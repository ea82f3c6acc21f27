import type { MailLanguage } from '../../core/mail/mail-language.ts'
import { type Html, html } from './html.ts'
import { textsOf, writtenSize } from './texts.ts'

type Texts = ReturnType<typeof textsOf>

export type UploadArea = {
  readonly token: string
  /** Where files are announced. */
  readonly start: string
  /** Names from the shared node down to the folder that they go to. */
  readonly path: readonly string[]
  /** What the link takes still; null without limit. */
  readonly left: { readonly files: number | null; readonly bytes: number | null }
}

/** Where files are chosen or dropped; the script `upload.js` sends them and tells how it goes. */
export function uploadArea(language: MailLanguage, { token, start, path, left }: UploadArea): Html {
  const texts = textsOf(language)
  const { files, bytes } = left
  if (files === 0 || bytes === 0) return html`<p class="problem" role="status">${texts.full}</p>`
  const limits = [
    ...(files === null ? [] : [texts.filesLeft(files)]),
    ...(bytes === null ? [] : [texts.bytesLeft(writtenSize(language, bytes))]),
  ]
  const said = JSON.stringify(spoken(texts))
  return html`<noscript><p class="problem">${texts.script}</p></noscript>
<form class="upload" data-key="${token}" data-start="${start}" data-in="${path.join('/')}"
 data-texts="${said}" hidden>
<div class="drop">
<input type="file" id="files" multiple aria-describedby="left">
<label for="files">${texts.choose}</label>
<p aria-hidden="true">${texts.drop}</p>
<p id="left">${limits.join(', ')}</p>
</div>
<ul class="queue"></ul>
<p class="hidden" role="status"></p>
</form>`
}

/** The texts that the script needs; functions stay here. */
function spoken(texts: Texts): Record<string, unknown> {
  const { waiting, sending, retrying, done, stopped, retry, remove } = texts
  const { saidDone, saidFailed, progressOf, reasons } = texts
  const states = { waiting, sending, retrying, done, stopped, retry, remove }
  return { ...states, saidDone, saidFailed, progressOf, reasons }
}
