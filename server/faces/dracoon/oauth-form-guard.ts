import type { Ctx } from '../../core/ctx.ts'
import type { FaceRequest, Headers } from '../operation.ts'

/**
 * Guards the sign-in form against being sent from another site: a random cookie of the browser,
 * and the server's signature of it in the form. Both must come back together.
 */

const cookieName = 'strongroom_sign_in'
const purpose = 'oauth sign-in form'

/** The token for the form, and the cookie that goes with it. */
export function formToken(ctx: Ctx, request: FaceRequest): { token: string; headers: Headers } {
  const known = cookieOf(request)
  const nonce = known ?? ctx.secrets.token(24)
  const secure = request.publicUrl.startsWith('https:') ? '; Secure' : ''
  const cookie = `${cookieName}=${nonce}; Path=/oauth; HttpOnly; SameSite=Strict${secure}`
  return {
    token: ctx.secrets.sign(purpose, nonce),
    headers: known === undefined ? { 'set-cookie': cookie } : {},
  }
}

/** Whether a form comes from a page of ours in the same browser. */
export function isOwnForm(ctx: Ctx, request: FaceRequest, token: string | undefined): boolean {
  const { origin } = request.headers
  const own =
    origin === undefined || [request.publicUrl, `http://${request.host}`, 'null'].includes(origin)
  const nonce = cookieOf(request)
  if (!own || nonce === undefined || token === undefined) return false
  return ctx.secrets.verify(purpose, nonce, token)
}

function cookieOf(request: FaceRequest): string | undefined {
  const found = /(?:^|;\s*)strongroom_sign_in=([A-Za-z0-9_-]{22,86})(?:;|$)/
  return found.exec(request.headers.cookie ?? '')?.[1]
}
