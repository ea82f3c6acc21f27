import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { Event } from '../event.ts'
import type { PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { SessionKind } from './session.ts'

/** One sign-in, from the events that told of it. */
export type LoginRecord = {
  readonly startedAt: number
  /** When its user signed out; null where he did not. */
  readonly endedAt: number | null
  /** The session is still there. */
  readonly isOpen: boolean
  readonly address: string
  readonly userAgent: string
}

const allKinds: readonly SessionKind[] = ['access', 'refresh', 'login', 'token', 'cookie']
/** So many sign-outs after the oldest sign-in of a page are looked at. */
const maxEnds = 1000

/** A page of the own sign-ins through any API, the latest first. */
export async function loginLog(ctx: Ctx, input: { page: PageRequest }): Promise<LoginRecord[]> {
  const { userId } = actingUser(ctx)
  const { offset, limit } = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const own = { subjectId: userId }
    const starts = await tx.events.page(
      { ...own, types: ['session.started'] },
      { offset, limit, descending: true },
    )
    const oldest = starts.at(-1)
    if (!oldest) return []
    const ends = await tx.events.page(
      { ...own, types: ['session.ended'], from: oldest.at },
      { offset: 0, limit: maxEnds, descending: false },
    )
    const sessions = await tx.sessions.ofUser(userId, allKinds)
    const open = new Set(sessions.flatMap(({ id, familyId }) => [id, familyId]))
    return starts.map((start) => recordOf(start, ends, open))
  })
}

function recordOf(start: Event, ends: readonly Event[], open: ReadonlySet<number>): LoginRecord {
  const session = Number(start.data?.session ?? 0)
  const end = ends.find(
    ({ id, data }) => id > start.id && (data?.session === session || data?.everywhere === true),
  )
  return {
    startedAt: start.at,
    endedAt: end?.at ?? null,
    isOpen: open.has(session) && end === undefined,
    address: start.address,
    userAgent: start.userAgent,
  }
}
