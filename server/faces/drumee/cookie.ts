import type { FaceRequest } from '../operation.ts'

const cookieName = 'regsid'

/**
 * The session cookie: for this host only, never sent along by other sites, not readable by
 * scripts, and only over TLS where the installation has it. `maxAge` in seconds; 0 removes it.
 */
export function sessionCookie(request: FaceRequest, sid: string, maxAge: number): string {
  const attributes = [`Max-Age=${maxAge}`, 'Path=/', 'HttpOnly', 'SameSite=Strict']
  if (request.publicUrl.startsWith('https:')) attributes.push('Secure')
  return [`${cookieName}=${sid}`, ...attributes].join('; ')
}

/**
 * The session id in the cookie. Only for calls from the own origin: SameSite keeps other sites out
 * already, this does so where a browser does not know it.
 */
export function cookieSid(request: FaceRequest): string | undefined {
  if (!isOwnOrigin(request)) return undefined
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const found = pairs.find((pair) => pair.startsWith(`${cookieName}=`))
  return found === undefined ? undefined : found.slice(cookieName.length + 1) || undefined
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
