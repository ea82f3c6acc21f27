import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'system-settings-config' and not reached. */
export const systemSettingsConfig: Gaps = {
  notBuilt: [
    {
      missing: 'settings of the system are configuration of the server, not data',
      operations: `
        requestAuthConfig
        updateAuthConfig
        requestSystemDefaults
        updateSystemDefaults
        requestEventlogConfig
        updateEventlogConfig
        requestGeneralSettings
        updateGeneralSettings
        requestInfrastructureProperties
        requestSyslogConfig
        updateSyslogConfig`,
    },
  ],
  unreached: [],
}
