import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'drumate' and not reached. */
export const drumate: Gaps = {
  notBuilt: [
    {
      missing: 'profile, own account, settings, contacts and one-time passwords are not built',
      operations: `
        drumate.update_profile
        drumate.change_password
        drumate.change_email
        drumate.notification_center
        drumate.get_otp
        drumate.set_avatar
        drumate.remove_avatar
        drumate.my_hubs
        drumate.disk_space
        drumate.show_login_log
        drumate.update_settings
        drumate.notification_remove
        drumate.delete_account
        drumate.confirm_delete_account
        drumate.update_ident
        drumate.hub_to_pro
        drumate.helpdesk
        drumate.change_mobile
        drumate.check_password
        drumate.color_add
        drumate.color_last
        drumate.contacts
        drumate.drumate_hubs
        drumate.font_add
        drumate.font_last
        drumate.get_drumate_detail
        drumate.get_languages
        drumate.hubs
        drumate.intro_acknowledged
        drumate.my_contacts
        drumate.prepare_data_backup
        drumate.reset_forgot_password
        drumate.send_account_deletion_code
        drumate.send_forgot_password_token
        drumate.set_lang
        drumate.show_backup_log
        drumate.validate_account_deletion_code
        drumate.validate_forgot_password_token
        drumate.verify_email
        drumate.check_drumate_exist`,
    },
  ],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        drumate.logout`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the matrix calls every service without a session',
      operations: `
        drumate.data_usage
        drumate.logout`,
    },
  ],
}
