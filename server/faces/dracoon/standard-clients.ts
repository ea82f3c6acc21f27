import type { Client } from '../../core/sessions/client-store.ts'

const hour = 3600
const day = 24 * hour

/** The page that shows an authorization code to be copied; below the installation's own base. */
export const callbackPath = '/oauth/callback'

/**
 * Clients that every tenant starts with. `dracoon_legacy_scripting` is what scripts and desktop
 * programs name when they have no client of their own; its secret is empty (dossier 2.1).
 * A redirect URI that starts with `/` lies below the installation's own base; ports of loopback
 * addresses do not count.
 */
export const standardClients: readonly Client[] = [
  {
    id: 'dracoon_legacy_scripting',
    name: 'Scripts and desktop programs',
    isConfidential: false,
    isEnabled: true,
    isStandard: true,
    grantTypes: ['authorization_code', 'password', 'refresh_token'],
    redirectUris: [
      callbackPath,
      'http://127.0.0.1/',
      'http://localhost/',
      `http://127.0.0.1${callbackPath}`,
      `http://localhost${callbackPath}`,
      'x-dracoon-action:oauth',
    ],
    accessTokenSeconds: 8 * hour,
    refreshTokenSeconds: 30 * day,
    approvalSeconds: 182 * day,
  },
]
