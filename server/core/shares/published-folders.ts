import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { ownerOf } from '../nodes/describe-nodes.ts'
import type { Node, Page, PageRequest, Tally } from '../nodes/node.ts'
import { ownRootOf, rootPathOf } from '../nodes/root-path.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { ROLE_USERS } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import type { Publication } from './publication.ts'

export type PublishedFolder = {
  readonly publication: Publication
  readonly node: Node
  readonly tally: Tally | undefined
  readonly owner: Person
  /** Besides the owner. */
  readonly collaborators: number
  /** 'accepted': the actor is let in, 'waiting': he is invited, 'requested': he has asked. */
  readonly status: 'accepted' | 'waiting' | 'requested' | null
  /** Names from the actor's root; null where he is not let in. */
  readonly rootPath: readonly string[] | null
}

/**
 * Folders that are published in the tenant, by the name they have in the list, with what the actor
 * has to do with each. `all` is for ROLE_USERS ('forbidden' 'user' for others).
 */
export async function publishedFolders(
  ctx: Ctx,
  input: { readonly page: PageRequest; readonly all?: boolean },
): Promise<Page<PublishedFolder>> {
  const { roles } = actingUser(ctx)
  if (input.all && (roles & ROLE_USERS) === 0) fault('forbidden', 'user')
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const total = await tx.publications.count()
    const rows = page.limit > 0 && page.offset < total ? await tx.publications.page(page) : []
    return { ...page, total, items: await described(ctx, tx, rows) }
  })
}

/** One of them by its token; 'not-found' 'publication'. */
export async function publishedFolder(
  ctx: Ctx,
  { token }: { readonly token: string },
): Promise<PublishedFolder> {
  actingUser(ctx)
  return ctx.read(async (tx) => {
    const row = token.length > 200 ? undefined : await tx.publications.findByToken(token)
    const [found] = row ? await described(ctx, tx, [row]) : []
    return found ?? fault('not-found', 'publication')
  })
}

async function described(
  ctx: Ctx,
  tx: Tx,
  rows: readonly Publication[],
): Promise<PublishedFolder[]> {
  if (rows.length === 0) return []
  const { userId } = actingUser(ctx)
  const ids = rows.map(({ nodeId }) => nodeId)
  const nodes = new Map((await tx.nodes.findMany(ids)).map((node) => [node.id, node]))
  const ways = await tx.nodes.ancestorsOf(ids)
  const lines = new Map([...nodes].map(([id, node]) => [id, [...(ways.get(id) ?? []), node]]))
  const owners = [...lines.values()].map(ownerOf).filter((id) => id !== null)
  const people = await tx.users.people([...new Set(owners)])
  const tallies = await tx.tallies.of([...nodes.keys()])
  const counts = await tx.access.countUsers(ids, ctx.now)
  const held = await tx.access.ofMany(ids, userId, ctx.now)
  const invited = new Set((await tx.invitations.ofUser(userId, 'invitation', ctx.now)).map(nodeOf))
  const asked = new Set((await tx.invitations.ofUser(userId, 'request', ctx.now)).map(nodeOf))
  const root = await ownRootOf(tx, userId)
  const statusOf = (id: number) => {
    if ((held.get(id) ?? 0) !== 0) return 'accepted'
    if (invited.has(id)) return 'waiting'
    return asked.has(id) ? 'requested' : null
  }
  return rows.flatMap((publication) => {
    const line = lines.get(publication.nodeId) ?? []
    const node = line.at(-1)
    if (!node) return []
    const status = statusOf(node.id)
    return {
      publication,
      node,
      tally: tallies.get(node.id),
      owner: personOf(people, ownerOf(line)),
      collaborators: Math.max(0, (counts.get(node.id) ?? 0) - 1),
      status,
      rootPath: status === 'accepted' && root ? rootPathOf(root, line.slice(0, -1), node) : null,
    }
  })
}

const nodeOf = ({ nodeId }: { readonly nodeId: number }) => nodeId
