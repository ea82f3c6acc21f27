import type { FaceRequest } from '../operation.ts'

const cookieName = 'regsid'
/** The cookie of a visitor of a link; the session of who is signed in stays beside it. */
export const guestCookie = 'guest_sid'

/**
 * The session cookie: for this host only, never sent along by other sites, not readable by
 * scripts, and only over TLS where the installation has it. `maxAge` in seconds; 0 removes it.
 */
export function sessionCookie(request: FaceRequest, sid: string, maxAge: number): string {
  return ownCookie(request, cookieName, sid, maxAge)
}

/** The same for the pass of a visitor. */
export function visitCookie(request: FaceRequest, pass: string, maxAge: number): string {
  return ownCookie(request, guestCookie, pass, maxAge)
}

function ownCookie(request: FaceRequest, name: string, value: string, maxAge: number): string {
  const attributes = [`Max-Age=${maxAge}`, 'Path=/', 'HttpOnly', 'SameSite=Strict']
  if (request.publicUrl.startsWith('https:')) attributes.push('Secure')
  return [`${name}=${value}`, ...attributes].join('; ')
}

/**
 * The session id in the cookie. Only for calls from the own origin: SameSite keeps other sites out
 * already, this does so where a browser does not know it.
 */
export function cookieSid(request: FaceRequest): string | undefined {
  return cookieOf(request, cookieName)
}

/** The pass of a visitor in its cookie, under the same condition. */
export function guestPass(request: FaceRequest): string | undefined {
  return cookieOf(request, guestCookie)
}

function cookieOf(request: FaceRequest, name: string): string | undefined {
  if (!isOwnOrigin(request)) return undefined
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))
  return found === undefined ? undefined : found.slice(name.length + 1) || undefined
}

/** Whether the call comes from a page of this installation, or from no page at all. */
export function isOwnOrigin(request: FaceRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = request.headers
  if (origin === undefined) return true
  return URL.canParse(origin) && ownHosts(request).includes(new URL(origin).host)
}

function ownHosts({ host, publicUrl }: FaceRequest): string[] {
  return [host.toLowerCase(), new URL(publicUrl).host]
}
