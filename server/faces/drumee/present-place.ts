import type { Ctx } from '../../core/ctx.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import type { FaceRequest } from '../operation.ts'
import type { Area } from './generated/shapes.ts'
import { nodeCode, userCode } from './ids.ts'

/** Where a node lies, in hubs. */
export type Location = {
  readonly hubId: string
  /** Root of the hub. */
  readonly homeId: string
  readonly area: Area
  /** The node is the root of its hub. */
  readonly isRoot: boolean
  /** Names from the hub's root down to the node, itself included. */
  readonly names: readonly string[]
  /** '0' above all. */
  readonly parentId: string
}

const areas = { nobody: 'private', visitors: 'share', everybody: 'public' } as const

/** A hub is open as far as its links open it. */
export function openArea({ openTo = 'nobody' }: NodeView): 'private' | 'share' | 'public' {
  return areas[openTo]
}

/**
 * The hub of a node: the own home, called by its user; somebody else's home, called by its room;
 * otherwise the top room, or the node that an export token or a link opens.
 */
export function locate(ctx: Ctx, view: NodeView): Location {
  const chain = [...view.ancestors, view.node]
  const isBelowHomes = chain[0]?.id === ctx.tenant.homesId && chain.length > 1
  const at = isBelowHomes ? 1 : 0
  const root = chain[at] ?? view.node
  const { actor } = ctx
  const isOwn = isBelowHomes && actor.kind === 'user' && view.rootPath !== null
  return {
    hubId: isOwn ? userCode(actor.userId) : nodeCode(root.id),
    homeId: nodeCode(root.id),
    area: isOwn ? 'personal' : actor.kind === 'visitor' ? 'dmz' : openArea(view),
    isRoot: at === chain.length - 1,
    names: chain.slice(at + 1).map(({ name }) => name),
    parentId: at === chain.length - 1 ? '0' : nodeCode(view.ancestors.at(-1)?.id ?? root.id),
  }
}

/** Bytes, or the word for no limit. */
export function amount(bytes: number | null): number | 'Infinity' {
  return bytes ?? 'Infinity'
}

/** The host name under which this installation was called. */
export function domainOf(request: FaceRequest): string {
  return new URL(request.publicUrl).hostname
}
