import type { Ctx } from '../../core/ctx.ts'
import type { OwnProfile } from '../../core/profiles/own-profile.ts'
import type { FaceRequest } from '../operation.ts'
import { connectionOf } from './auth.ts'
import { operations } from './generated/operations.ts'
import type { Env, Hub, Organization, Platform, User } from './generated/shapes.ts'
import { nobodyId, nodeCode, tenantCode, userCode } from './ids.ts'
import { languages } from './languages.ts'
import { accountFields, quotaFields } from './present-account.ts'
import { domainOf } from './present-place.ts'
import { domainWord } from './privileges.ts'

/** Who is signed in, or nobody. */
export type Visitor = OwnProfile | null

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
export function presentSignedIn(ctx: Ctx, own: OwnProfile, request: FaceRequest) {
  return {
    status: 'ok' as const,
    user: { ...presentUser(ctx, own, request), connection: 'online' as const },
    organization: presentOrganization(ctx, own, request),
    hub: presentHub(ctx, own, request),
  }
}

export function presentUser(ctx: Ctx, visitor: Visitor, request: FaceRequest): User {
  const connection = connectionOf(ctx.actor)
  if (visitor === null) {
    return { ...nobody, connection, lang: ctx.tenant.language, ...placeOf(ctx, request) }
  }
  const { user } = visitor
  return {
    ...accountFields(visitor),
    oid: tenantCode(ctx.tenant.id),
    hub_id: userCode(user.id),
    home_id: nodeCode(user.homeId),
    sb_id: null,
    signed_in: 1,
    logged_in: 1,
    isGuest: 0,
    connection,
    domain: domainOf(request),
    privilege: domainWord(user.roles),
    quota: quotaFields(ctx, visitor),
    ...placeOf(ctx, request),
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
    privilege: visitor === null ? 0 : domainWord(visitor.user.roles),
    useEmail: 1,
  }
}

/** The personal hub; for nobody the organisation's own, which holds nothing. */
function presentHub(ctx: Ctx, visitor: Visitor, request: FaceRequest): Hub {
  const host = domainOf(request)
  const id = visitor === null ? tenantCode(ctx.tenant.id) : userCode(visitor.user.id)
  return {
    id,
    hub_id: id,
    name: visitor?.user.userName ?? ctx.tenant.name,
    area: visitor === null ? 'public' : 'personal',
    hostname: host,
    vhost: host,
    domain: host,
    exists: 1,
    home_id: visitor === null ? id : nodeCode(visitor.user.homeId),
    settings: {},
    profile: {},
    owner_id: visitor === null ? undefined : id,
  }
}

/** Without the map of services the web client knows six modules only (dossier 14). */
const platform: Platform = {
  intl: languages.map(({ code }) => code),
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
