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
export type Caller = OwnProfile | null

/** What a client asks for first: the caller, his hub, the organisation, the platform. */
export function presentEnv(ctx: Ctx, caller: Caller, request: FaceRequest): Env {
  return {
    user: presentUser(ctx, caller, request),
    organization: presentOrganization(ctx, caller, request),
    hub: presentHub(ctx, caller, request),
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

export function presentUser(ctx: Ctx, caller: Caller, request: FaceRequest): User {
  const connection = connectionOf(ctx.actor)
  if (caller === null) {
    return { ...nobody, connection, lang: ctx.tenant.language, ...placeOf(ctx, request) }
  }
  const { user } = caller
  return {
    ...accountFields(caller),
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
    quota: quotaFields(ctx, caller),
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

function presentOrganization(ctx: Ctx, caller: Caller, request: FaceRequest): Organization {
  const link = domainOf(request)
  return {
    id: tenantCode(ctx.tenant.id),
    name: ctx.tenant.name,
    link,
    url: link,
    domain_id: ctx.tenant.id,
    metadata: {},
    privilege: caller === null ? 0 : domainWord(caller.user.roles),
    useEmail: 1,
  }
}

/** The personal hub; for nobody the organisation's own, which holds nothing. */
function presentHub(ctx: Ctx, caller: Caller, request: FaceRequest): Hub {
  const host = domainOf(request)
  const id = caller === null ? tenantCode(ctx.tenant.id) : userCode(caller.user.id)
  return {
    id,
    hub_id: id,
    name: caller?.user.userName ?? ctx.tenant.name,
    area: caller === null ? 'public' : 'personal',
    hostname: host,
    vhost: host,
    domain: host,
    exists: 1,
    home_id: caller === null ? id : nodeCode(caller.user.homeId),
    settings: {},
    profile: {},
    owner_id: caller === null ? undefined : id,
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
