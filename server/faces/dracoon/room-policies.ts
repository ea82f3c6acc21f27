import { roomPolicies, setRoomPolicies } from '../../core/permissions/room-policies.ts'
import type { Row } from '../operation.ts'
import { nodeRef } from './ids.ts'
import { op } from './op.ts'
import { refuseInput } from './refuse.ts'

/** What holds for the files of a room. 0 seconds is how the wire says that they have no end. */
export const roomPoliciesRows: Row[] = [
  op('requestRoomPolicies', {
    auth: 'user',
    run: (ctx, { params }) => roomPolicies(ctx, { room: nodeRef(params.room_id) }),
    reply: ({ fileSeconds }) => ({ defaultExpirationPeriod: fileSeconds ?? 0 }),
  }),

  op('setRoomPolicies', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      setRoomPolicies(ctx, {
        room: nodeRef(params.room_id),
        fileSeconds: readPeriod(body.defaultExpirationPeriod),
      }),
    reply: () => undefined,
  }),
]

function readPeriod(seconds: number | undefined): number | null | undefined {
  if (seconds === undefined) return undefined
  if (seconds < 0) return refuseInput('body.defaultExpirationPeriod', 'positive', '0 or more')
  return seconds === 0 ? null : seconds
}
