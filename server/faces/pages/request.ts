import { type MailLanguage, mailLanguage } from '../../core/mail/mail-language.ts'
import { parseForm, readBody, utf8 } from '../body.ts'
import type { FaceRequest, Headers } from '../operation.ts'

/** The language that the browser asks for first among those that the pages speak. */
export function languageOf({ headers }: FaceRequest): MailLanguage {
  const wanted = (headers['accept-language'] ?? '').split(',')
  const known = wanted.find((tag) => /^\s*(?:de|en)\b/i.test(tag))
  return mailLanguage(known?.trim())
}

/** A field of a form that was sent; undefined where it is not there once. */
export async function formOf(request: FaceRequest): Promise<(name: string) => string | undefined> {
  const values = parseForm(utf8(await readBody(request)))
  return (name) => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
}

/** Names from the shared node down, as the address has them. */
export function pathIn(text: string | null | undefined): string[] {
  return (text ?? '').split('/').filter((name) => name !== '')
}

const cookieName = 'strongroom_link'

/** The pass that this browser got for the password of the link (one cookie per address). */
export function passOf({ headers }: FaceRequest): string | undefined {
  return /(?:^|;\s*)strongroom_link=([\w.-]{20,300})(?:;|$)/.exec(headers.cookie ?? '')?.[1]
}

/** Keeps a pass in the browser, for this link's pages alone. */
export function passCookie(request: FaceRequest, path: string, pass: string): Headers {
  const secure = request.publicUrl.startsWith('https:') ? '; Secure' : ''
  return {
    'set-cookie': `${cookieName}=${pass}; Path=${path}; HttpOnly; SameSite=Lax${secure}`,
  }
}

/** The address of a link's pages. */
export function linkPath(kind: 'download' | 'upload', token: string): string {
  return `/public/${kind}-shares/${encodeURIComponent(token)}`
}
