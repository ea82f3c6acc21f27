import { checkName } from '../../lib/names/name.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { checkText } from '../../lib/names/plain-text.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { describeNodes } from '../nodes/describe-nodes.ts'
import type { NodeFilter, NodeRef, NodeView, Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import type { NamePattern, SearchQuery, SearchSort } from './search-query.ts'

export type SearchNodes = {
  /**
   * With `*` (anything) the whole name must fit; without, the text may be anywhere in it, and names
   * that are exactly that come first. Case does not matter.
   */
  readonly text: string
  /** Where to look; null: everywhere. */
  readonly under: NodeRef | null
  /** Levels below the direct children; null (default): all. */
  readonly depth?: number | null
  readonly filter?: NodeFilter
  /** The names of the container from the top room down; [] is the top. */
  readonly parentPathIs?: readonly string[]
  readonly parentPathContains?: string
  /** Default: by name; the kind comes first in any case. */
  readonly sort?: SearchSort
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

const maxText = 1024
const maxParts = 50

/**
 * Nodes that the actor sees, by their names. Faults 'invalid' 'body' (field 'text'): empty, too
 * long; 'not-found' and 'wrong-kind' 'node' 'parent' for where to look.
 */
export async function searchNodes(ctx: Ctx, input: SearchNodes): Promise<Page<NodeView>> {
  const page = checkedPage(ctx, input.page)
  checkTerm(input.text)
  return ctx.read(async (tx) => {
    const query = await queryOf(ctx, tx, input)
    const total = query ? await tx.nodes.countFound(query) : 0
    const some = query !== undefined && page.limit > 0 && page.offset < total
    const nodes = some ? await tx.nodes.found(query, page) : []
    return { ...page, items: await describeNodes(ctx, tx, nodes), total }
  })
}

function checkTerm(text: string): void {
  if (text === '') fault('invalid', 'body', undefined, { field: 'text', rule: 'empty' })
  const rule = checkText(text, maxText)
  const isMany = text.split('*').length > maxParts
  if (rule === 'length' || isMany) {
    fault('invalid', 'body', undefined, { field: 'text', rule: 'too-long' })
  }
  if (rule) fault('invalid', 'body', undefined, { field: 'text', rule })
}

/** undefined: nothing can be found. */
async function queryOf(ctx: Ctx, tx: Tx, input: SearchNodes): Promise<SearchQuery | undefined> {
  const { text, filter = {}, parentPathIs, depth = null, parentPathContains } = input
  const viewer = await viewerOf(ctx, tx)
  const from = input.under ?? (viewer.within === null ? null : { id: viewer.within })
  const place = from && (await visible(ctx, tx, from, 'parent'))
  if (place?.node.kind === 'file') fault('wrong-kind', 'node', 'parent')
  const parentId = parentPathIs && (await idOfPath(tx, parentPathIs))
  if (parentPathIs && parentId === undefined) return undefined
  const terms = [filter.nameContains, filter.nameIs, filter.extensionIs, filter.extensionContains]
  const people = [filter.createdBy, filter.updatedBy].flatMap((one) => [one?.is, one?.contains])
  const all = [...terms, ...people, parentPathContains]
  if (all.some((term) => term !== undefined && checkText(term, maxText))) return undefined
  return {
    pattern: patternOf(text),
    exactFirst: text.includes('*') ? null : nameKey(text),
    under: place?.node.id ?? null,
    depth,
    parentId,
    parentPathContains: parentPathContains && nameKey(parentPathContains),
    filter: { ...filter, kinds: filter.kinds ?? ['room', 'folder', 'file'] },
    sort: input.sort ?? { by: 'name', descending: false },
    visibleTo: viewer.userId,
    now: ctx.now,
  }
}

function patternOf(text: string): NamePattern {
  return { parts: text.split('*').map(nameKey), whole: text.includes('*') }
}

/** 0 for the top. Whether the actor sees it is asked of what is found in it. */
async function idOfPath(tx: Tx, path: readonly string[]): Promise<number | undefined> {
  let id: number | null = null
  for (const name of path) {
    if ('rule' in checkName(name)) return undefined
    const child = await tx.nodes.findChild(id, nameKey(name))
    if (!child) return undefined
    id = child.id
  }
  return id ?? 0
}
