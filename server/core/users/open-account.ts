import { checkName } from '../../lib/names/name.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { insertRoom } from '../nodes/insert-room.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import type { User } from './user.ts'

export type NewAccount = Omit<
  User,
  | 'id'
  | 'homeId'
  | 'createdAt'
  | 'lastLoginAt'
  | 'lastFailureAt'
  | 'isLocked'
  | 'profile'
  | 'agreedAt'
  | 'avatar'
> &
  Partial<Pick<User, 'agreedAt'>>

/**
 * Writes an account and its home, a room below the tenant's room of homes that its owner manages.
 * Decides nothing but the number of users; fields and rights have been checked. Faults 'exists'
 * 'user' for a taken user name, 'limit-reached' 'user' when the tenant has as many as it may.
 */
export async function openAccount(
  ctx: Ctx,
  tx: Tx,
  account: NewAccount,
  passwordHash: string | null,
): Promise<User> {
  await tx.nodes.lockTree()
  await checkSeats(ctx, tx)
  const homes = await roomOfHomes(ctx, tx)
  const id = await tx.users.takeId()
  const home = await insertRoom(ctx, tx, {
    parent: homes,
    name: homeName(account.userName, id),
    inherit: false,
    admins: [id],
    homeOf: id,
    onClash: 'rename',
  })
  const user: User = {
    ...account,
    id,
    homeId: home.id,
    isLocked: false,
    createdAt: ctx.now,
    lastLoginAt: null,
    lastFailureAt: null,
    profile: {},
    agreedAt: account.agreedAt ?? null,
    avatar: null,
  }
  await tx.users.insert(user, passwordHash)
  await recordEvents(ctx, tx, [
    { type: 'user.created', subjectId: id, data: { userName: user.userName } },
  ])
  return user
}

/** Exact, since accounts are made one after the other (`lockTree`). */
async function checkSeats(ctx: Ctx, tx: Tx): Promise<void> {
  const { maxUsers } = ctx.tenant
  if (maxUsers === null) return
  if ((await tx.users.count({})) >= maxUsers) {
    fault('limit-reached', 'user', undefined, { limit: maxUsers })
  }
}

async function roomOfHomes(ctx: Ctx, tx: Tx): Promise<Node> {
  const [homes] = await tx.nodes.lock([ctx.tenant.homesId], 'stay')
  if (!homes) throw new Error(`tenant ${ctx.tenant.id} has no room of homes`)
  return homes
}

/** The user name, where that can be the name of a room. */
function homeName(userName: string, id: number): string {
  const checked = checkName(userName)
  return 'rule' in checked ? `User ${id}` : checked.name
}
