import type { Gaps } from '../gaps.ts'

/** Documented by Drumee and not reached. */
export const drumeeGaps: Gaps = {
  notBuilt: [
    {
      missing: 'profile, own account, settings, contacts and one-time passwords are not built',
      operations: `
        drumate.update_profile drumate.change_password drumate.change_email
        drumate.notification_center drumate.get_otp drumate.set_avatar drumate.remove_avatar
        drumate.my_hubs drumate.disk_space drumate.show_login_log drumate.update_settings
        drumate.notification_remove drumate.delete_account drumate.confirm_delete_account
        drumate.update_ident drumate.hub_to_pro drumate.helpdesk drumate.change_mobile
        drumate.check_password drumate.color_add drumate.color_last drumate.contacts
        drumate.drumate_hubs drumate.font_add drumate.font_last drumate.get_drumate_detail
        drumate.get_languages drumate.hubs drumate.intro_acknowledged drumate.my_contacts
        drumate.prepare_data_backup drumate.reset_forgot_password drumate.send_account_deletion_code
        drumate.send_forgot_password_token drumate.set_lang drumate.show_backup_log
        drumate.validate_account_deletion_code drumate.validate_forgot_password_token
        drumate.verify_email drumate.check_drumate_exist`,
    },
    {
      missing: 'boxes, links and notifications of shares are not built',
      operations: `
        sharebox.accept_notification sharebox.assign_permission sharebox.copy_link
        sharebox.copy_to_sb sharebox.create_inbound_link sharebox.create_link
        sharebox.create_private_box sharebox.create_public_box sharebox.get_box_attr
        sharebox.get_inbound_node_attr sharebox.get_node_share_attr sharebox.get_outbound_node_attr
        sharebox.notification_count sharebox.notification_list sharebox.refuse_notification
        sharebox.remove_link sharebox.remove_open_link sharebox.revoke_permission
        sharebox.update_box sharebox.update_link`,
    },
    {
      missing: 'second step of sign-in, look-up of people, and faces are not built',
      operations: `
        yp.authenticate yp.reset_session yp.username_exists yp.email_exists yp.ident_exists
        yp.avatar`,
    },
    {
      missing: 'sign-in from another page is not built',
      operations: 'bootstrap.authn',
    },
    {
      missing: 'sign-in from another page is not built',
      operations: 'authn.create authn.begin authn.poll',
    },
    {
      missing: 'limits and making hubs are not built',
      operations: 'desk.limit desk.create_hub',
    },
    {
      missing: 'pictures of files, archives and the bin are not built',
      operations: `
        media.info media.manifest media.preview media.vignette media.thumb media.card media.slide
        media.pdf media.read media.download media.zip media.zip_size media.zip_release
        media.zip_cancel media.show_bin media.restore_into media.purge media.empty_bin`,
    },
    {
      missing: 'members of hubs are not administered by this API',
      operations: `
        hub.get_attributes hub.get_members_by_type hub.add_contributors hub.delete_contributor
        hub.set_member_privilege`,
    },
    {
      missing: 'contacts are not built',
      operations: 'contact.connection_status',
    },
    {
      missing: 'reminders are not built',
      operations: 'reminder.list',
    },
    {
      missing: 'guests of a shared box are not built',
      operations: 'dmz.info dmz.login dmz.logout',
    },
    {
      missing: 'helping with forgotten passwords is not built',
      operations: `
        butler.hello butler.get_reset_token butler.check_token butler.set_password
        butler.set_pass_phrase`,
    },
  ],
  unreached: [
    {
      status: 206,
      why: 'the same service as media.orig, whose rows prove it',
      operations: 'media.raw',
    },
    {
      status: 304,
      why: 'the same service as media.orig, whose rows prove it',
      operations: 'media.raw',
    },
    {
      status: 416,
      why: 'the same service as media.orig, whose rows prove it',
      operations: 'media.raw',
    },
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        drumate.logout mfs_api.create_token mfs_api.revoke yp.login desk.home media.browse
        media.get_node_attr media.node_info media.attributes media.raw media.move_all media.copy
        media.copy_all media.trash`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the matrix calls every service without a session',
      operations: `
        drumate.data_usage drumate.logout mfs_api.revoke yp.get_env yp.hello media.browse
        media.node_info media.attributes media.raw media.move_all media.copy media.copy_all`,
    },
    {
      status: 404,
      why: 'no row asks for what is not there; the permission matrix does',
      operations: `
        media.browse media.node_info media.attributes media.orig media.raw media.rename
        media.move_all media.copy_all media.trash`,
    },
    {
      status: 412,
      why: 'the same check of required values as for the service whose rows prove it',
      operations: 'media.raw media.move_all media.copy media.copy_all',
    },
    {
      status: 507,
      why: 'no row fills the quota',
      operations: 'media.upload media.copy media.copy_all',
    },
  ],
}
