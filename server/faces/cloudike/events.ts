import { ownEvents } from '../../core/events/own-events.ts'
import type { Row } from '../operation.ts'
import { op } from './op.ts'
import { isCalled, presentEvent, typesCalled } from './present-event.ts'

const usualEvents = 20
const mostEvents = 100
const dayMs = 86_400_000

/** Tag `events`: what happened in the caller's tree (params, section 5). */
export const eventRows: readonly Row[] = [
  op('events', {
    auth: 'user',
    run: async (ctx, { params }) => {
      const { skip = 0, limit = usualEvents, period } = params
      const from = params.from_timestamp ?? (period ? ctx.now - period * dayMs : undefined)
      return ownEvents(ctx, {
        types: typesCalled(params.type),
        by: params.person === 'other' ? 'others' : params.person,
        from,
        to: params.to_timestamp,
        page: { offset: skip, limit: Math.min(limit, mostEvents) },
      })
    },
    reply: (events, { params }, ctx) => {
      const userId = ctx.actor.kind === 'user' ? ctx.actor.userId : 0
      return events
        .filter((told) => isCalled(told, params.type))
        .map((told) => presentEvent(told, userId))
    },
  }),

  op('checkWs', {
    auth: 'user',
    run: async () => ({ status: 'ok' }),
    reply: (state) => state,
  }),
]
