import type { MailLanguage } from '../../core/mail/mail-language.ts'
import type { Answer, Headers } from '../operation.ts'
import { assetPath } from './assets.ts'
import { type Html, html } from './html.ts'

export type Page = {
  readonly language: MailLanguage
  readonly title: string
  readonly body: Html
  readonly status?: number
  readonly headers?: Headers
  /** A script of ours. */
  readonly script?: 'upload.js' | 'way.js'
}

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** A whole page. Nothing in it comes from elsewhere, and nothing of it is kept or told on. */
export function pageAnswer({ language, title, body, status = 200, headers, script }: Page): Answer {
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} – Strongroom</title>
<link rel="stylesheet" href="${assetPath('page.css')}">
${script && html`<script src="${assetPath(script)}" defer></script>`}
</head>
<body>
<main>
<p class="brand"><span aria-hidden="true"></span>Strongroom</p>
${body}
</main>
</body>
</html>
`
  return {
    status,
    headers: {
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      ...headers,
    },
    text: page.text,
    type: 'text/html; charset=utf-8',
  }
}
