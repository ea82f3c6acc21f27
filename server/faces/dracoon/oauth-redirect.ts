import type { Answer } from '../operation.ts'

/** Parameters of the answer to a client; undefined ones are left out. */
export type BackValues = Readonly<Record<string, string | undefined>>

/** Sends the browser back to the client, whose redirect URI has been checked. */
export function leadBack(uri: string, values: BackValues, where: 'query' | 'fragment'): Answer {
  const headers = {
    location: withValues(uri, values, where),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  }
  return { status: 302, headers }
}

/** The redirect URI with the answer in it. Schemes without an authority are left as they are. */
export function withValues(uri: string, values: BackValues, where: 'query' | 'fragment'): string {
  const text = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) text.set(name, value)
  }
  const mark = where === 'fragment' ? '#' : uri.includes('?') ? '&' : '?'
  return asHeader(`${uri}${mark}${text}`)
}

/** Percent-encodes what may not stand in a header. */
function asHeader(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()))
}
