import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const rows = (need: MatrixRow['need'], send: object, ...ops: string[]): MatrixRow[] =>
  ops.map((op) => ({ op, need, send: () => ({ body: send }) }))

const email = 'nobody@example.test'
const nowhere = { secret: 'x', id: 'd000000000000001', password: 'a-good-password' }

/** Which values are sent decides who is told 400; these are refused for what they say. */
const refused = (need: MatrixRow['need'], passes: number, send: object, ...ops: string[]) =>
  rows(need, send, ...ops).map((row) => ({ ...row, passes }))

const shown = async (scene: Scene) => {
  const { body } = await scene.call('authn.begin', null, { body: {} })
  scene.kept.code = (body as { data: { user_code: string } }).data.user_code
}

/** The own account and what surrounds it: each needs a session, or nothing at all. */
export const accountServices: readonly MatrixRow[] = [
  ...rows('user', { profile: {} }, 'drumate.update_profile'),
  ...rows('user', { settings: {} }, 'drumate.update_settings'),
  ...rows('user', { Xlang: 'en' }, 'drumate.set_lang'),
  ...rows('user', { mobile: '+49 1' }, 'drumate.change_mobile'),
  ...rows('user', { password: 'x' }, 'drumate.check_password'),
  ...rows('user', { rgba: '#000', hexacode: '#000' }, 'drumate.color_add'),
  ...rows('user', { fontname: 'Serif' }, 'drumate.font_add'),
  ...rows('user', { id: 'x' }, 'drumate.get_drumate_detail'),
  ...rows('user', { value: 'x' }, 'yp.username_exists', 'yp.ident_exists', 'yp.email_exists'),
  ...rows(
    'user',
    {},
    'drumate.my_hubs',
    'drumate.hubs',
    'drumate.drumate_hubs',
    'drumate.disk_space',
    'drumate.show_login_log',
    'drumate.notification_center',
    'drumate.notification_remove',
    'drumate.color_last',
    'drumate.font_last',
    'drumate.contacts',
    'drumate.my_contacts',
    'drumate.helpdesk',
    'drumate.intro_acknowledged',
    'contact.connection_status',
    'reminder.list',
    'desk.limit',
  ),
  ...refused('user', 400, { email: 'x' }, 'drumate.change_email'),
  ...refused('user', 400, { old_password: 'x', new_password: 'short' }, 'drumate.change_password'),
  ...refused('user', 400, { ident: 'x', name: 'x' }, 'drumate.hub_to_pro'),
  // Each asks about another account than his own, so nobody may.
  {
    op: 'drumate.update_ident',
    need: 'user',
    send: () => ({ body: { ident: 'x', id: 'd0ffffffffffff' } }),
    but: {
      stranger: 'forbidden',
      member: 'forbidden',
      reader: 'forbidden',
      writer: 'forbidden',
      manager: 'forbidden',
      admin: 'forbidden',
    },
  },
  // No mail is sent here.
  ...refused('user', 503, {}, 'drumate.get_otp', 'drumate.send_account_deletion_code'),
  ...rows('user', {}, 'drumate.prepare_data_backup', 'drumate.show_backup_log'),
  ...rows('user', { code: 'x' }, 'drumate.validate_account_deletion_code'),
  // Codes that were never sent.
  ...refused('user', 401, { secret: 'x', code: 'x' }, 'drumate.delete_account'),
  ...refused('user', 401, { secret: 'x' }, 'drumate.confirm_delete_account'),
  ...refused('user', 404, { id: 'x' }, 'media.zip'),
  {
    op: 'authn.approve',
    need: 'user',
    before: shown,
    send: ({ kept }) => ({ body: { user_code: kept.code } }),
  },
  ...rows('public', {}, 'drumate.get_languages', 'butler.hello', 'authn.begin', 'bootstrap.authn'),
  ...rows('public', { id: 'x' }, 'drumate.check_drumate_exist'),
  ...rows('public', { socket_id: 'x' }, 'yp.reset_session'),
  ...rows('public', {}, 'yp.avatar'),
  ...rows('user', {}, 'drumate.remove_avatar'),
  // A text file is no picture, and only who reads it is told so.
  {
    op: 'drumate.set_avatar',
    need: 'read',
    send: (scene) => ({ body: { reference: scene.id('/f/a.txt') } }),
    passes: 400,
  },
  ...rows('public', { device_code: 'x' }, 'authn.poll'),
  ...rows('public', { secret: 'x', code: 'x' }, 'yp.authenticate'),
  ...rows('public', { secret: 'x' }, 'butler.check_token'),
  ...rows('public', nowhere, 'butler.set_password', 'butler.set_pass_phrase'),
  ...rows('public', { email, code: 'x' }, 'drumate.validate_forgot_password_token'),
  ...refused(
    'public',
    400,
    { email, code: 'x', password: 'a-good-password' },
    'drumate.reset_forgot_password',
  ),
  ...refused('public', 400, { email, token: 'x' }, 'drumate.verify_email'),
  ...rows('public', { email: 'x' }, 'butler.get_reset_token'),
  ...refused('public', 400, { email: 'x' }, 'drumate.send_forgot_password_token'),
  // Name and password decide, whoever calls.
  {
    op: 'authn.create',
    need: 'public',
    send: () => ({ headers: { authorization: `Basic ${btoa('nobody:x')}` } }),
    passes: 401,
  },
]
