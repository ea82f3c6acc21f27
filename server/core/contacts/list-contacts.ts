import { nameKey } from '../../lib/names/name-key.ts'
import { checkText } from '../../lib/names/plain-text.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { ROLE_USERS } from '../permissions/permission.ts'
import type { User } from '../users/user.ts'
import type { ContactQuery } from './contact-store.ts'

export type ListContacts = {
  /** Start of a first, last or user name or of an e-mail address; absent: all. */
  readonly prefix?: string
  readonly page: PageRequest
}

const maxTerm = 320

/**
 * People whom the user knows: who sees a room that he sees; with ROLE_USERS everybody of the
 * tenant. Nobody learns of others here.
 */
export async function listContacts(ctx: Ctx, input: ListContacts): Promise<User[]> {
  const { prefix } = input
  const page = checkedPage(ctx, input.page)
  const query = ownQuery(ctx)
  if (prefix !== undefined && checkText(prefix, maxTerm) !== undefined) return []
  const prefixKey = prefix === undefined || prefix === '' ? undefined : nameKey(prefix)
  return ctx.read((tx) => tx.contacts.page({ ...query, prefixKey }, page))
}

/** One of the people whom the user knows, or he himself; undefined for everybody else. */
export async function findContact(
  ctx: Ctx,
  who: { readonly id: number } | { readonly email: string },
): Promise<User | undefined> {
  const query = ownQuery(ctx)
  return ctx.read(async (tx) => {
    const text = 'email' in who ? who.email : ''
    if (text === '' && 'email' in who) return undefined
    if (checkText(text, maxTerm) !== undefined) return undefined
    const user =
      'id' in who ? await tx.users.find(who.id) : await tx.users.findByLogin(text, 'email')
    if (!user || user.id === query.userId) return user
    const [known] = await tx.contacts.page({ ...query, ids: [user.id] }, { offset: 0, limit: 1 })
    return known
  })
}

/** How fresh a noted use of a session is for somebody who is there now. */
const presentMs = 10 * 60_000

export type ContactState = { readonly user: User; readonly isPresent: boolean }

/** Which of the people whom the user knows use their sessions; of these ids, or of all. */
export async function contactStates(
  ctx: Ctx,
  input: { readonly ids?: readonly number[]; readonly page: PageRequest },
): Promise<ContactState[]> {
  const query = { ...ownQuery(ctx), ids: input.ids }
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const users = await tx.contacts.page(query, page)
    const uses = await tx.contacts.lastUse(users.map(({ id }) => id))
    return users.map((user) => ({
      user,
      isPresent: (uses.get(user.id) ?? 0) > ctx.now - presentMs,
    }))
  })
}

function ownQuery(ctx: Ctx): ContactQuery {
  const { userId, roles } = actingUser(ctx)
  return { userId, everybody: (roles & ROLE_USERS) !== 0, now: ctx.now }
}
