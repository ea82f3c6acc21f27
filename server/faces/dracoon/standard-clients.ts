import type { Client } from '../../core/sessions/client-store.ts'

const hour = 3600
const day = 24 * hour

/** The page that shows an authorization code to be copied; below the installation's own base. */
export const callbackPath = '/oauth/callback'

/** How every redirect to the own machine is kept: ports are picked anew at each start. */
export const loopback = 'http://127.0.0.1'

/**
 * Clients that every tenant starts with. `dracoon_legacy_scripting` is what scripts and desktop
 * programs name when they have no client of their own; its secret is empty (dossier 2.1).
 * Redirect URIs are in the form of `canonicalRedirect`.
 */
export const standardClients: readonly Client[] = [
  {
    id: 'dracoon_legacy_scripting',
    name: 'Scripts and desktop programs',
    isConfidential: false,
    isEnabled: true,
    isStandard: true,
    grantTypes: ['authorization_code', 'password', 'refresh_token'],
    redirectUris: [callbackPath, loopback, 'x-dracoon-action:oauth'],
    accessTokenSeconds: 8 * hour,
    refreshTokenSeconds: 30 * day,
    approvalSeconds: 182 * day,
  },
]

/**
 * The form in which a redirect URI is compared: below the installation's own base its path, on
 * the own machine without port and path, otherwise as it is. Core compares whole texts.
 */
export function canonicalRedirect(uri: string, publicUrl: string): string {
  if (uri.startsWith(`${publicUrl}/`)) return uri.slice(publicUrl.length)
  const onThisMachine = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?(\/[!\"$-~]*)?$/i
  return onThisMachine.test(uri) ? loopback : uri
}

/** The address to go to for a redirect URI in its canonical form, when the client sent none. */
export function redirectAddress(canonical: string, publicUrl: string): string {
  return canonical.startsWith('/') ? publicUrl + canonical : canonical
}
