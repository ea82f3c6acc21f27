import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'system-auth-config' and not reached. */
export const systemAuthConfig: Gaps = {
  notBuilt: [
    {
      missing: 'directories, OpenID, RADIUS and OAuth clients are not administered',
      operations: `
        testAdConfig
        testRadiusConfig
        requestAdConfigs
        createAdConfig
        requestAdConfig
        updateAdConfig
        removeAdConfig
        requestOpenIdIdpConfigs
        createOpenIdIdpConfig
        requestOpenIdIdpConfig
        updateOpenIdIdpConfig
        removeOpenIdIdpConfig
        requestRadiusConfig
        updateRadiusConfig
        createRadiusConfig
        removeRadiusConfig
        requestOAuthClients
        createOAuthClient
        requestOAuthClient
        updateOAuthClient
        removeOAuthClient`,
    },
  ],
  unreached: [],
}
