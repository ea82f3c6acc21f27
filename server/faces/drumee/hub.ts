import type { Actor, Ctx } from '../../core/ctx.ts'
import { type FaultRole, fault } from '../../core/fault.ts'
import type { NodeRef } from '../../core/nodes/node.ts'
import { parsePath } from '../../lib/paths/path.ts'
import { readCode, userCode } from './ids.ts'

/** Where a call plays: a hub, and a node in it (dossier 2). */
export type Place = { readonly hub_id?: string; readonly nid?: string; readonly p?: string }

/** What clients send for the root of a hub. */
const rootWords = new Set(['', '0', '-1', '-2', '-3'])

/**
 * The room that a hub id names; null for the caller's own root. The personal hub is named by its
 * user; host names, the organisation and nothing at all mean the caller's own. A user's id with an
 * export token or a visit means the node that it opens. Somebody else's is 'not-found' 'room'.
 */
export function hubRoom(ctx: Ctx, hubId: string | undefined): number | null {
  const named = readCode(hubId ?? '')
  if (!named || named.kind === 'tenant') return null
  if (named.kind === 'node') return named.id
  const { actor } = ctx
  const isOwn = actor.kind === 'user' ? actor.userId === named.id : isByToken(actor)
  return isOwn ? null : fault('not-found', 'node', 'room')
}

const isByToken = ({ kind }: Actor) => kind === 'export' || kind === 'visitor'

/**
 * The node that hub and nid name. An id stands for itself, whatever the hub; a path starts in the
 * hub; nothing, 0 and the special negative numbers are the hub's root.
 */
export function nodeRef(ctx: Ctx, place: Place | undefined, role?: FaultRole): NodeRef {
  const nid = (place?.nid ?? place?.p ?? '').trim()
  const named = readCode(nid)
  if (named?.kind === 'node') return { id: named.id }
  if (named) return rootOf(hubRoom(ctx, nid))
  if (rootWords.has(nid)) return rootOf(hubRoom(ctx, place?.hub_id))
  if (!nid.startsWith('/')) return fault('not-found', 'node', role)
  return pathRef(hubRoom(ctx, place?.hub_id), segments(ctx, nid))
}

function rootOf(room: number | null): NodeRef {
  return room === null ? { path: [] } : { id: room }
}

function pathRef(room: number | null, path: readonly string[]): NodeRef {
  return room === null ? { path } : { path, from: room }
}

/** The names of a path within a hub; faults 'invalid' 'body' for a parameter that holds none. */
export function segments(ctx: Ctx, path: string, field = 'path'): string[] {
  const names = parsePath(path, ctx.limits.pathDepth)
  if (Array.isArray(names)) return names
  return fault('invalid', 'body', undefined, { field, rule: names.rule })
}

type Named = string | { readonly nid: string; readonly hub_id?: string }

/** The nodes of a call that may name many; each may bring a hub of its own. */
export function nodeRefs(ctx: Ctx, list: readonly Named[], hubId?: string): NodeRef[] {
  return list.map((one) => nodeRef(ctx, { hub_id: hubId, ...(isText(one) ? { nid: one } : one) }))
}

const isText = (one: Named): one is string => typeof one === 'string'

/**
 * Checks the hub of a service that is about the caller alone: another hub than the own one is
 * 'forbidden', as its owner bit would be (dossier 2). None at all is taken for the own.
 */
export function checkOwnHub(ctx: Ctx, hubId: string | undefined): void {
  const named = readCode(hubId ?? '')
  if (!named || named.kind === 'tenant' || ctx.actor.kind !== 'user') return
  if (hubId?.trim().toLowerCase() !== userCode(ctx.actor.userId)) fault('forbidden', 'node', 'room')
}
