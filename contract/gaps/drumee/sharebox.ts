import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'sharebox' and not reached. */
export const sharebox: Gaps = {
  notBuilt: [
    {
      missing: 'boxes, links and notifications of shares are not built',
      operations: `
        sharebox.accept_notification
        sharebox.assign_permission
        sharebox.copy_link
        sharebox.copy_to_sb
        sharebox.create_inbound_link
        sharebox.create_link
        sharebox.create_private_box
        sharebox.create_public_box
        sharebox.get_box_attr
        sharebox.notification_count
        sharebox.notification_list
        sharebox.refuse_notification
        sharebox.remove_link
        sharebox.remove_open_link
        sharebox.revoke_permission
        sharebox.update_box
        sharebox.update_link`,
    },
  ],
  unreached: [],
}
