import type { MailLanguage } from '../mail-language.ts'
import type { Mail } from '../mailer.ts'

/** A part of a mail: a paragraph, lines of somebody else's words, a link, small facts. */
export type Part =
  | string
  | { readonly quote: string }
  | { readonly label: string; readonly address: string }
  | { readonly code: string }

export type Letter = {
  readonly language: MailLanguage
  readonly subject: string
  readonly parts: readonly Part[]
}

const separators = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu
const maxSubject = 200

/** A mail's subject, text and HTML; all texts are escaped, and the subject is one line. */
export function writeLetter({ language, subject, parts }: Letter): Omit<Mail, 'to'> {
  const line = subject.replace(separators, ' ').trim()
  return {
    subject: line.length <= maxSubject ? line : `${line.slice(0, maxSubject - 1).toWellFormed()}…`,
    text: `${parts.map(textOf).join('\n\n')}\n`,
    html: page(language, parts.map(htmlOf).join('\n')),
  }
}

function textOf(part: Part): string {
  if (typeof part === 'string') return part
  if ('quote' in part) return part.quote.replace(/^/gm, '> ')
  return 'code' in part ? `    ${part.code}` : `${part.label}:\n${part.address}`
}

function htmlOf(part: Part): string {
  if (typeof part === 'string') return `<p>${escaped(part)}</p>`
  if ('quote' in part)
    return `<blockquote style="${quoteStyle}">${escaped(part.quote)}</blockquote>`
  if ('code' in part) return `<p style="${codeStyle}">${escaped(part.code)}</p>`
  const address = escaped(part.address)
  return (
    `<p><a href="${address}" style="${buttonStyle}">${escaped(part.label)}</a></p>\n` +
    `<p style="${smallStyle}">${address}</p>`
  )
}

const quoteStyle =
  'margin:16px 0;padding:0 0 0 12px;border-left:3px solid #9aa5b1;white-space:pre-line'
const codeStyle = 'font:600 24px monospace;letter-spacing:2px'
const buttonStyle =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#1f4e79;color:#ffffff;' +
  'text-decoration:none'
const smallStyle = 'font-size:13px;color:#52606d;word-break:break-all'

function page(language: MailLanguage, content: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"></head>
<body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#1f2933;background:#ffffff">
<div style="max-width:560px">
${content}
</div>
</body>
</html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** The same for all readers, wherever they are: `2026-01-31 12:00 UTC`. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
