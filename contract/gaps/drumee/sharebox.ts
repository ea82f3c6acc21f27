import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'sharebox' and not reached. */
export const sharebox: Gaps = {
  notBuilt: [
    {
      missing: 'shares with people, and notifications of them, are not built',
      operations: `
        sharebox.accept_notification
        sharebox.assign_permission
        sharebox.copy_to_sb
        sharebox.notification_count
        sharebox.notification_list
        sharebox.refuse_notification
        sharebox.revoke_permission`,
    },
  ],
  unreached: [],
}
