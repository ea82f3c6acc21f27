import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { has, ROLE_USERS } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { isSessionOver } from './authenticate.ts'
import { isPermanent } from './lifetime.ts'
import type { Session } from './session.ts'

export type ListDevices = {
  /** Somebody else's, for who has ROLE_USERS ('forbidden' 'user'); default: the own ones. */
  readonly userId?: number
  /** Sessions with an end, too. */
  readonly alsoPassing?: boolean
}

/** The devices that are signed in with a token of their own, oldest first. */
export async function listDevices(ctx: Ctx, input: ListDevices = {}): Promise<readonly Session[]> {
  const { userId: ownId, roles } = actingUser(ctx)
  const { userId = ownId, alsoPassing = false } = input
  if (userId !== ownId && !has(roles, ROLE_USERS)) fault('forbidden', 'user')
  return ctx.read(async (tx) => {
    const user = Number.isSafeInteger(userId) ? await tx.users.find(userId) : undefined
    if (!user) return fault('not-found', 'user')
    const sessions = await tx.sessions.ofUser(userId, ['token'])
    return sessions.filter(
      (session) => !isSessionOver(session, ctx.now) && (alsoPassing || isPermanent(session)),
    )
  })
}

export type DeviceRef = {
  readonly sessionId: number
  /** Anybody's, for who has ROLE_USERS; default: one of the own. */
  readonly ofOthers?: boolean
}

/**
 * A device that the actor may govern, held until the end. Faults 'not-found' 'session', and
 * 'forbidden' 'user' where others' are asked for without ROLE_USERS.
 */
export async function governedDevice(ctx: Ctx, tx: Tx, ref: DeviceRef): Promise<Session> {
  const { userId, roles } = actingUser(ctx)
  const { sessionId, ofOthers = false } = ref
  if (ofOthers && !has(roles, ROLE_USERS)) fault('forbidden', 'user')
  const session = Number.isSafeInteger(sessionId) ? await tx.sessions.hold(sessionId) : undefined
  const isOver = session?.kind !== 'token' || isSessionOver(session, ctx.now)
  const isGoverned = ofOthers || session?.userId === userId
  return isOver || !isGoverned ? fault('not-found', 'session') : session
}
