import type { Ctx } from '../../core/ctx.ts'
import type { User as CoreUser } from '../../core/users/user.ts'
import type { FaceRequest } from '../operation.ts'
import { connectionOf } from './auth.ts'
import { operations } from './generated/operations.ts'
import type { Env, Hub, Organization, Platform, Profile, User } from './generated/shapes.ts'
import { nobodyId, nodeCode, seconds, tenantCode, userCode } from './ids.ts'
import { domainWord } from './privileges.ts'

/** Who is signed in, or nobody. */
export type Visitor = CoreUser | null

/** What a client asks for first: the visitor, his hub, the organisation, the platform. */
export function presentEnv(ctx: Ctx, visitor: Visitor, request: FaceRequest): Env {
  return {
    user: presentUser(ctx, visitor, request),
    organization: presentOrganization(ctx, visitor, request),
    hub: presentHub(ctx, visitor, request),
    main_domain: domainOf(request),
    platform,
  }
}

/** What the sign-in answers, the session being new. */
export function presentSignedIn(ctx: Ctx, user: CoreUser, request: FaceRequest) {
  return {
    status: 'ok' as const,
    user: { ...presentUser(ctx, user, request), connection: 'online' as const },
    organization: presentOrganization(ctx, user, request),
    hub: presentHub(ctx, user, request),
  }
}

export function presentUser(ctx: Ctx, visitor: Visitor, request: FaceRequest): User {
  const connection = connectionOf(ctx.actor)
  if (visitor === null) {
    return { ...nobody, connection, lang: ctx.tenant.language, ...placeOf(ctx, request) }
  }
  return {
    ...account(visitor),
    oid: tenantCode(ctx.tenant.id),
    hub_id: userCode(visitor.id),
    home_id: nodeCode(visitor.homeId),
    sb_id: null,
    signed_in: 1,
    logged_in: 1,
    isGuest: 0,
    connection,
    domain: domainOf(request),
    privilege: domainWord(visitor.roles),
    ...placeOf(ctx, request),
  }
}

/** `quota` in bytes; null without limit. */
export function presentProfile(
  ctx: Ctx,
  user: CoreUser,
  quota: number | null,
  request: FaceRequest,
): Profile {
  return {
    ...account(user),
    hub_id: userCode(user.id),
    home_id: nodeCode(user.homeId),
    isGuest: 0,
    domain: domainOf(request),
    domain_id: ctx.tenant.id,
    organization: ctx.tenant.name,
    quota: { storage: amount(quota), disk: amount(quota), unlimited: quota === null ? 1 : 0 },
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

function account(user: CoreUser) {
  const names = { firstname: user.firstName, lastname: user.lastName }
  const email = user.email ?? ''
  const fullname = `${user.firstName} ${user.lastName}`.trim() || email || user.userName
  return {
    id: userCode(user.id),
    ident: user.userName,
    username: user.userName,
    email,
    ...names,
    fullname,
    remit: 0,
    ctime: seconds(user.createdAt),
    mtime: seconds(user.createdAt),
    lang: user.language,
    avatar: '',
    status: user.isLocked ? ('locked' as const) : ('active' as const),
    profile: { ...names, email, lang: user.language, mobile: user.phone ?? undefined },
    settings: {},
    profile_type: 'normal',
  }
}

const nobody = {
  id: nobodyId,
  ident: 'nobody',
  username: 'nobody',
  firstname: '',
  lastname: '',
  fullname: '',
  signed_in: 0,
  logged_in: 0,
  isGuest: 0,
  status: 'active',
  profile: {},
  settings: {},
  privilege: 0,
} as const

function placeOf(ctx: Ctx, request: FaceRequest) {
  return { domain_id: ctx.tenant.id, main_domain: domainOf(request) }
}

function presentOrganization(ctx: Ctx, visitor: Visitor, request: FaceRequest): Organization {
  const link = domainOf(request)
  return {
    id: tenantCode(ctx.tenant.id),
    name: ctx.tenant.name,
    link,
    url: link,
    domain_id: ctx.tenant.id,
    metadata: {},
    privilege: visitor === null ? 0 : domainWord(visitor.roles),
    useEmail: 1,
  }
}

/** The personal hub; for nobody the organisation's own, which holds nothing. */
function presentHub(ctx: Ctx, visitor: Visitor, request: FaceRequest): Hub {
  const host = domainOf(request)
  const id = visitor === null ? tenantCode(ctx.tenant.id) : userCode(visitor.id)
  return {
    id,
    hub_id: id,
    name: visitor?.userName ?? ctx.tenant.name,
    area: visitor === null ? 'public' : 'personal',
    hostname: host,
    vhost: host,
    domain: host,
    exists: 1,
    home_id: visitor === null ? id : nodeCode(visitor.homeId),
    settings: {},
    profile: {},
    owner_id: visitor === null ? undefined : id,
  }
}

/** Without the map of services the web client knows six modules only (dossier 14). */
const platform: Platform = {
  intl: ['en'],
  arch: 'any',
  version: '',
  fonts: [],
  wallpaper: {},
  isPublic: 0,
  services: serviceMap(),
}

function serviceMap(): Platform['services'] {
  const map: Record<string, Record<string, string>> = {}
  for (const id of Object.keys(operations)) {
    const [module = '', method = ''] = id.split('.')
    map[module] = { ...map[module], [method]: id }
  }
  return map
}
