import { changeSettings } from '../../core/settings/change-settings.ts'
import { readSettings } from '../../core/settings/read-settings.ts'
import { inviteGuests } from '../../core/users/invite-guests.ts'
import type { Row } from '../operation.ts'
import { nodeRef } from './ids.ts'
import { op } from './op.ts'

/** People from outside in rooms, and whether there are any. */
export const guestsRows: Row[] = [
  op('addRoomGuestUsers', {
    auth: 'user',
    run: (ctx, { params, body }, { publicUrl }) =>
      inviteGuests(ctx, {
        room: nodeRef(params.room_id),
        guests: body.roomGuestInvitations,
        link: `${publicUrl}/public/account/password?secret={secret}`,
      }),
    reply: () => undefined,
  }),

  op('requestGuestUsersPoliciesConfig', {
    auth: 'user',
    run: (ctx) => readSettings(ctx),
    reply: ({ guests }) => ({ isInviteUsersEnabled: guests }),
  }),

  op('changeGuestUsersPoliciesConfig', {
    auth: 'user',
    run: (ctx, { body }) => changeSettings(ctx, { guests: body.isInviteUsersEnabled }),
    reply: ({ guests }) => ({ isInviteUsersEnabled: guests }),
  }),
]
