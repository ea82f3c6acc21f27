import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import type { NodeRef } from '../../core/nodes/node.ts'
import { formatPath, parsePath } from '../../lib/paths/path.ts'

/** Nodes are named by paths from the own root (home and mounts); `/` or nothing is the root. */
export function pathOfText(ctx: Ctx, text: string, field = 'path'): string[] {
  const path = parsePath(text, ctx.limits.pathDepth)
  return 'rule' in path ? refusePath(field, path.rule) : path
}

/**
 * The same for a path that stands in the URL, not decoded yet: cut first, decoded after, each
 * segment once. An encoded slash is part of a name, which no node has.
 */
export function pathOfUrl(ctx: Ctx, raw: string, field = 'path'): string[] {
  const segments = pathOfText(ctx, raw, field).map((segment) => decodeURIComponent(segment))
  return segments.some((name) => name === '.' || name === '..')
    ? refusePath(field, 'dots')
    : segments
}

function refusePath(field: string, rule: string): never {
  return fault('invalid', 'node', undefined, { field, rule })
}

export function nodeAt(ctx: Ctx, text: string, field?: string): NodeRef {
  return { path: pathOfText(ctx, text, field) }
}

export function nodeAtUrl(ctx: Ctx, raw: string): NodeRef {
  return { path: pathOfUrl(ctx, raw) }
}

/** A path for a URL: every segment encoded, without the first slash. */
export function urlPath(path: readonly string[]): string {
  return path.map(encodeURIComponent).join('/')
}

/** A path for an answer. */
export function pathText(path: readonly string[] | null): string {
  return formatPath(path ?? [])
}

/** How a login says what it is: `email:`, `msisdn:`, `userid:`; anything else is a user name. */
export type LoginScheme = 'email' | 'phone' | 'id'

export type Login = { readonly by: LoginScheme | undefined; readonly login: string }

const schemes: Readonly<Record<string, LoginScheme>> = {
  email: 'email',
  msisdn: 'phone',
  userid: 'id',
}

export function parseLogin(text: string): Login {
  const [, scheme = '', value = ''] = /^([a-z]+):(.*)$/is.exec(text) ?? []
  const by = Object.hasOwn(schemes, scheme.toLowerCase())
    ? schemes[scheme.toLowerCase()]
    : undefined
  return by === undefined ? { by, login: text } : { by, login: value }
}
