import { checkText } from '../../lib/names/plain-text.ts'
import type { Permissions } from '../permissions/permission.ts'
import type { Viewer } from '../permissions/viewer.ts'
import type { Seen } from '../permissions/visible.ts'
import type { NodeFilter, NodeKind, NodeSort } from './node.ts'
import type { ChildrenQuery } from './node-store.ts'

export type ChildrenWish = {
  readonly viewer: Viewer
  readonly parent: Seen | null
  readonly filter: NodeFilter
  readonly sort: NodeSort
  readonly includeMounts: boolean
  readonly now: number
}

const visibleKinds: readonly NodeKind[] = ['room', 'folder', 'file']
const inLinks: readonly NodeKind[] = ['folder', 'file']
const maxTerm = 1024

/** What a wish comes to for this viewer; undefined when nothing can match it. */
export function childrenQuery(wish: ChildrenWish): ChildrenQuery | undefined {
  const { viewer, parent, filter, sort, now } = wish
  const kinds = kindsFor(wish)
  const permissions = setsFor(viewer, filter.permissions)
  if (kinds.length === 0 || permissions?.length === 0) return undefined
  if (!isTerm(filter.nameContains) || !isTerm(filter.nameIs)) return undefined
  const parentId = parent?.node.id ?? null
  // What may be entered by a link shows all that it governs, whoever made the link.
  const visibleTo = viewer.shown ? null : viewer.userId
  return { parentId, filter: { ...filter, kinds, permissions }, sort, visibleTo, now }
}

/**
 * With passage only, rooms alone; mounts where rooms are asked for and mounts are wanted. A link
 * shows no rooms, and nothing where it may not be read.
 */
function kindsFor({ viewer, parent, filter, includeMounts }: ChildrenWish): NodeKind[] {
  const asked = filter.kinds ?? visibleKinds
  if (viewer.shown) return viewer.shown.isAlone ? [] : inLinks.filter((one) => asked.includes(one))
  const passage = parent === null || parent.permissions === 0
  const kinds = visibleKinds.filter((kind) => asked.includes(kind) && (kind === 'room' || !passage))
  const mounts = includeMounts && kinds.includes('room')
  return mounts ? [...kinds, 'mount'] : kinds
}

/** Sets that the mask lets through; none needed where everything is held. */
function setsFor(
  { userId, mask }: Viewer,
  sets: readonly Permissions[] | undefined,
): readonly Permissions[] | undefined {
  if (sets === undefined || userId === null) return undefined
  return sets.filter((set) => (set & mask) === set)
}

/** Text that no name can hold (NUL, half a surrogate pair) matches nothing and stays out of SQL. */
function isTerm(term: string | undefined): boolean {
  return term === undefined || checkText(term, maxTerm) === undefined
}
