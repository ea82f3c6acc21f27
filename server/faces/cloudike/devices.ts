import { cancelWipe } from '../../core/sessions/cancel-wipe.ts'
import { listDevices } from '../../core/sessions/devices.ts'
import { removeDevice } from '../../core/sessions/remove-device.ts'
import { reportWiped } from '../../core/sessions/report-wiped.ts'
import type { Row } from '../operation.ts'
import { op } from './op.ts'
import { presentDevice } from './present-account.ts'

const done = () => ({})
/** Ids of tokens are told as texts; what is no number names none. */
const sessionId = (text: string) => (/^\d{1,16}$/.test(text) ? Number(text) : 0)

/** Devices that are signed in with tokens of their own, and wiping them from afar. */
export const deviceRows: readonly Row[] = [
  op('accountsPermanentTokens', {
    auth: 'user',
    run: (ctx, { params }) => listDevices(ctx, { alsoPassing: params.include_not_permanent }),
    reply: (devices) => devices.map(presentDevice),
  }),

  op('accountsRemovePermanentToken', {
    auth: 'user',
    run: (ctx, { body }) => removeDevice(ctx, { sessionId: sessionId(body.token_id) }),
    reply: done,
  }),

  op('accountsCancelTokenRemoteWipe', {
    auth: 'user',
    run: (ctx, { body }) => cancelWipe(ctx, { sessionId: sessionId(body.token_id) }),
    reply: done,
  }),

  op('accountsTokenWiped', { auth: 'device', run: (ctx) => reportWiped(ctx), reply: done }),

  op('companyUserPermanentTokens', {
    auth: 'user',
    run: (ctx, { params }) =>
      listDevices(ctx, { userId: params.userid, alsoPassing: params.include_not_permanent }),
    reply: (devices) => ({ content: devices.map(presentDevice) }),
  }),

  op('companyUserPermanentTokenRemove', {
    auth: 'user',
    run: (ctx, { body }) =>
      removeDevice(ctx, {
        sessionId: sessionId(body.token_id),
        wipe: body.remote_wipe,
        ofOthers: true,
      }),
    reply: done,
  }),

  op('companyUserPermanentTokenCancelRemove', {
    auth: 'user',
    run: (ctx, { body }) =>
      cancelWipe(ctx, { sessionId: sessionId(body.token_id), ofOthers: true }),
    reply: done,
  }),
]
