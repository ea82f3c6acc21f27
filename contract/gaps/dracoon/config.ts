import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'config' and not reached. */
export const config: Gaps = {
  notBuilt: [
    {
      missing:
        'settings of the system, notification channels and S3 tags have no store of their own',
      operations: `
        requestNotificationChannelsInfo
        requestS3TagsInfo
        requestSystemSettings
        updateSystemSettings`,
    },
  ],
  unreached: [],
}
