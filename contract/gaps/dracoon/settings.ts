import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'settings' and not reached. */
export const settings: Gaps = {
  notBuilt: [
    {
      missing: 'settings of a customer, and the administration of its webhooks, are not built',
      operations: `
        requestSettings
        setSettings
        requestNotificationChannels
        toggleNotificationChannels
        requestListOfWebhooks
        createWebhook
        requestListOfEventTypesForConfigManager
        requestWebhook
        updateWebhook
        removeWebhook
        resetWebhookLifetime`,
    },
  ],
  unreached: [],
}
