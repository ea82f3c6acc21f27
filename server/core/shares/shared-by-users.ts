import { checkText } from '../../lib/names/plain-text.ts'
import type { Ctx } from '../ctx.ts'
import type { Node } from '../nodes/node.ts'
import type { SharedFolder } from '../nodes/node-store.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { permitRight } from '../permissions/rights.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'

export type SharedThing = {
  readonly kind: 'share' | 'link'
  readonly node: Node
  readonly owner: Person
  /** Names from the home it lies in, or from the top; its own last. */
  readonly path: readonly string[]
  readonly bytes: number
  readonly createdAt: number
  readonly updatedAt: number
  /** People from outside see it, or are asked to. */
  readonly isOutside: boolean
}

export type SharedByUsers = {
  /** Any of user, first, last name of who owns the folder or made the link contains it. */
  readonly nameContains?: string
  readonly offset: number
  /** Of folders and of links, each; null: everything. */
  readonly limit: number | null
}

const maxTerm = 1024

/**
 * What users have shared out of their homes, oldest first, and then the links of the tenant, both
 * from the same offset on. Needs the right to change users. The number of statements is the same
 * for one and for many.
 */
export async function sharedByUsers(ctx: Ctx, input: SharedByUsers): Promise<SharedThing[]> {
  permitRight(ctx, 'change users', 'tenant')
  const { nameContains, offset, limit } = input
  if (nameContains !== undefined && checkText(nameContains, maxTerm) !== undefined) return []
  const found: SharedThing[][] = []
  return ctx.read(async (tx) => {
    const most = ctx.limits.pageItems
    for (let at = 0; limit === null || at < limit; at += most) {
      const wanted = limit === null ? most : Math.min(most, limit - at)
      const page = checkedPage(ctx, { offset: offset + at, limit: wanted })
      const things = await pageOf(ctx, tx, { nameContains, ...page })
      if (things.length === 0) break
      found.push(things)
    }
    const all = found.flat()
    return [...all.filter(({ kind }) => kind === 'share'), ...all.filter(isLink)]
  })
}

const isLink = ({ kind }: SharedThing) => kind === 'link'

type Wanted = { readonly nameContains?: string; readonly offset: number; readonly limit: number }

async function pageOf(ctx: Ctx, tx: Tx, { nameContains, ...page }: Wanted): Promise<SharedThing[]> {
  const shares = await tx.nodes.sharedFolders({ ownerNameContains: nameContains, ...page })
  const filter = nameContains === undefined ? {} : { createdByContains: nameContains }
  const sort = [{ by: 'id', descending: false }] as const
  const links = await tx.links.page(filter, sort, page, ctx.now)
  const ids = [...new Set([...shares.map(({ id }) => id), ...links.map(({ nodeId }) => nodeId)])]
  const nodes = new Map((await tx.nodes.findMany(ids)).map((node) => [node.id, node]))
  const ways = await tx.nodes.ancestorsOf(ids)
  const containers = [...nodes.values()].filter(({ kind }) => kind !== 'file')
  const tallies = await tx.tallies.of(containers.map(({ id }) => id))
  const owners = [...shares.map(({ ownerId }) => ownerId), ...links.map((one) => one.createdBy)]
  const people = await tx.users.people([...new Set(owners.filter((id) => id !== null))])

  const thing = (nodeId: number, ownerId: number | null) => {
    const node = nodes.get(nodeId)
    if (!node) return []
    const tally = tallies.get(nodeId)
    const path = placeOf(ways.get(nodeId) ?? [], node)
    const bytes = node.content?.size ?? tally?.size ?? 0
    const updatedAt = tally?.changedAt ?? node.updatedAt
    const owner = personOf(people, ownerId)
    return [{ node, owner, path, bytes, createdAt: node.createdAt, updatedAt }]
  }
  const shared = ({ id, ownerId, isOutside }: SharedFolder) =>
    thing(id, ownerId).map((one) => ({ ...one, kind: 'share' as const, isOutside }))
  return [
    ...shares.flatMap(shared),
    ...links.flatMap(({ nodeId, createdBy, createdAt }) =>
      thing(nodeId, createdBy).map((one) => ({
        ...one,
        kind: 'link' as const,
        createdAt,
        isOutside: true,
      })),
    ),
  ]
}

function placeOf(way: readonly Node[], node: Node): string[] {
  const home = way.findIndex(({ homeOf }) => homeOf !== null)
  return [...way.slice(home + 1), node].map(({ name }) => name)
}
