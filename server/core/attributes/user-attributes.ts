import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Page } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { hasRight, permitRight } from '../permissions/rights.ts'
import type { Tx } from '../store.ts'
import { findUser, findUsers } from '../users/find-users.ts'
import type { User } from '../users/user.ts'
import { type Attribute, checkAttributeKey, checkAttributes } from './attribute.ts'
import type { AttributeOwner } from './attribute-store.ts'
import type { ListOwnAttributes } from './list-own-attributes.ts'

/** An account with what administrators note of it, and whether its user has keys. */
export type NotedUser = {
  readonly user: User
  readonly attributes: readonly Attribute[]
  readonly hasKeyPair: boolean
}

const noted = (userId: number): AttributeOwner => ({ userId, kind: 'user' })

/** `findUser` with what is noted of the account. */
export async function notedUser(
  ctx: Ctx,
  input: Parameters<typeof findUser>[1],
): Promise<NotedUser> {
  const user = await findUser(ctx, input)
  return ctx.read((tx) => withNotes(ctx, tx, user))
}

/** `findUsers` with what is noted of each account. */
export async function notedUsers(
  ctx: Ctx,
  input: Parameters<typeof findUsers>[1],
): Promise<Page<NotedUser>> {
  const page = await findUsers(ctx, input)
  const ids = page.items.map(({ id }) => id)
  return ctx.read(async (tx) => {
    const notes = await tx.attributes.ofUsers(ids, 'user')
    const paired = await tx.keys.usersWithPair(ids)
    const items = page.items.map((user) => ({
      user,
      attributes: notes.get(user.id) ?? [],
      hasKeyPair: paired.has(user.id),
    }))
    return { ...page, items }
  })
}

/** Reads what is noted of an account that is loaded already. */
export async function withNotes(ctx: Ctx, tx: Tx, user: User): Promise<NotedUser> {
  const page = { offset: 0, limit: ctx.limits.valuesPerOwner }
  const attributes = await tx.attributes.page(noted(user.id), {}, [], page)
  const hasKeyPair = (await tx.keys.usersWithPair([user.id])).size > 0
  return { user, attributes, hasKeyPair }
}

/**
 * A page of what is noted of an account: of one's own, or of others with the right to read users.
 * Faults: 'forbidden' and 'not-found' 'user'.
 */
export async function listUserAttributes(
  ctx: Ctx,
  input: ListOwnAttributes & { readonly id: number },
): Promise<Page<Attribute>> {
  const isOwn = ctx.actor.kind === 'user' && actingUser(ctx).userId === input.id
  if (!isOwn && !hasRight(ctx, 'read users')) permitRight(ctx, 'read users', 'user')
  const { filter = {}, sort = [] } = input
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    if (!(await tx.users.find(input.id))) fault('not-found', 'user')
    const total = await tx.attributes.count(noted(input.id), filter)
    return { ...page, items: await tx.attributes.page(noted(input.id), filter, sort, page), total }
  })
}

/**
 * Notes texts of an account under keys; a key that is there gets the new value, with `replace` all
 * others go. Needs the right to change users. Faults: 'forbidden' and 'not-found' 'user', 'invalid'
 * 'value' with data.field and data.rule, 'too-many' 'value'.
 */
export async function setUserAttributes(
  ctx: Ctx,
  input: {
    readonly id: number
    readonly attributes: readonly Attribute[]
    readonly replace?: boolean
  },
): Promise<NotedUser> {
  permitRight(ctx, 'change users', 'user')
  checkAttributes(ctx, input.attributes)
  const limit = ctx.limits.valuesPerOwner
  return ctx.write(async (tx) => {
    const user = await heldUser(tx, input.id)
    if (input.replace) await tx.attributes.removeOf(user.id, 'user')
    await tx.attributes.put(noted(user.id), input.attributes)
    const count = await tx.attributes.count(noted(user.id))
    if (count > limit) fault('too-many', 'value', undefined, { limit })
    await tell(ctx, tx, user.id)
    return withNotes(ctx, tx, user)
  })
}

/** Removes what is noted under a key. Faults as in `setUserAttributes`, 'not-found' 'value'. */
export async function removeUserAttribute(
  ctx: Ctx,
  input: { readonly id: number; readonly key: string },
): Promise<void> {
  permitRight(ctx, 'change users', 'user')
  checkAttributeKey(input.key)
  await ctx.write(async (tx) => {
    const user = await heldUser(tx, input.id)
    if (!(await tx.attributes.remove(noted(user.id), input.key))) fault('not-found', 'value')
    await tell(ctx, tx, user.id)
  })
}

async function heldUser(tx: Tx, id: number): Promise<User> {
  const user = Number.isSafeInteger(id) ? await tx.users.hold(id) : undefined
  return user ?? fault('not-found', 'user', undefined, { user: id })
}

async function tell(ctx: Ctx, tx: Tx, subjectId: number): Promise<void> {
  const data = { what: 'attributes' }
  await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId, data }])
}
