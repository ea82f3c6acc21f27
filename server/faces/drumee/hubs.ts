import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import { createLinkedRoom } from '../../core/links/create-linked-room.ts'
import { deleteNodes } from '../../core/nodes/delete-nodes.ts'
import { findNode } from '../../core/nodes/find-node.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import type { Outcome } from '../../core/nodes/outcome.ts'
import { changeMembers, type MemberRef } from '../../core/permissions/change-members.ts'
import { has, MANAGE } from '../../core/permissions/permission.ts'
import { type GrantFilter, type RoomGrant, roomGrants } from '../../core/permissions/room-grants.ts'
import type { FaceRequest, Row } from '../operation.ts'
import type { HubAttributes, HubGone, HubNode, Member } from './generated/shapes.ts'
import { nodeRef } from './hub.ts'
import { nodeCode, readCode, seconds, userCode } from './ids.ts'
import { op } from './op.ts'
import { presentNode } from './present-node.ts'
import { domainOf, locate } from './present-place.ts'
import { privilegeWord, wordPermissions } from './privileges.ts'
import { pageOf } from './query.ts'
import { timeLeft } from './time-left.ts'

/** Hubs are rooms: making one, what it is, and who is in it. */
export const hubRows: Row[] = [
  op('desk.create_hub', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      createLinkedRoom(ctx, {
        ...{ parent: null, name: body.filename, onClash: 'rename' },
        link: linkOfArea(body.area ?? 'private'),
      }),
    reply: (view, _given, ctx) => presentHubNode(ctx, view),
  }),
  op('hub.delete_hub', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      deleteNodes(ctx, { nodes: [hubOf(ctx, body)], mode: 'all', roomsOnly: true }),
    reply: ([gone]) => presentGone(gone),
  }),
  op('hub.get_attributes', {
    auth: 'session',
    run: (ctx, { body }) => findNode(ctx, { node: hubOf(ctx, body) }),
    reply: (view, _given, ctx, request) => presentAttributes(ctx, view, request),
  }),
  op('hub.get_members_by_type', {
    auth: 'session',
    run: (ctx, { body }) =>
      roomGrants(ctx, {
        room: hubOf(ctx, body),
        filter: { effective: 'any', ...memberFilter(body.type ?? 'all') },
        page: pageOf(body),
      }),
    reply: presentMembers,
  }),
  op('hub.add_contributors', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      changeMembers(ctx, {
        room: hubOf(ctx, body),
        members: body.users.map(memberRef),
        permissions: permissionsOf(body),
        expireAt: endOf(ctx, body),
        page: firstPage,
      }),
    reply: presentMembers,
  }),
  op('hub.set_member_privilege', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      changeMembers(ctx, {
        room: hubOf(ctx, body),
        members: [memberRef(body.uid)],
        permissions: permissionsOf(body),
        expireAt: endOf(ctx, body),
        page: firstPage,
      }),
    reply: presentMembers,
  }),
  op('hub.delete_contributor', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      changeMembers(ctx, {
        room: hubOf(ctx, body),
        members: body.users.map(memberRef),
        permissions: 0,
        page: firstPage,
      }),
    reply: presentMembers,
  }),
]

const firstPage = pageOf({})

/** Strangers look at a public hub, and bring files to a shared one; of others they know nothing. */
function linkOfArea(area: 'private' | 'public' | 'share') {
  return area === 'private' ? null : { kind: 'download' as const, takesUploads: area === 'share' }
}

type HubContext = { readonly hub_id?: string }

const hubOf = (ctx: Ctx, { hub_id }: HubContext) => nodeRef(ctx, { hub_id }, 'room')

function presentGone(gone: Outcome | undefined): HubGone {
  const code = gone?.node ? nodeCode(gone.node.id) : fault('not-found', 'node', 'room')
  return { hub_id: code, nid: code }
}

/** Which members; a word that says nothing here is refused. */
function memberFilter(type: string): GrantFilter {
  if (type === 'all') return {}
  if (type === 'owner') return { permissionsManage: true }
  if (type === 'not_owner') return { permissionsManage: false }
  return fault('invalid', 'body', undefined, { field: 'type', rule: 'word' })
}

/** An id of ours, or an address. */
export function memberRef(text: string): MemberRef {
  const named = readCode(text)
  return named?.kind === 'user' ? { userId: named.id } : { email: text.trim() }
}

/** Nobody is made a member with nothing. */
function permissionsOf(body: {
  readonly privilege?: number
  readonly permission?: number
}): number {
  const word = body.privilege ?? body.permission
  const permissions = word === undefined ? 0 : wordPermissions(word)
  if (permissions !== 0) return permissions
  return fault('invalid', 'body', undefined, { field: 'privilege', rule: 'range' })
}

/** Days and hours from now, in milliseconds; none of both is never. */
export function endOf(
  ctx: Ctx,
  { days = 0, hours = 0 }: { readonly days?: number; readonly hours?: number },
): number | null {
  const total = days * 24 + hours
  return total === 0 ? null : ctx.now + total * 3_600_000
}

/** The end of a link that is made: nothing said leaves it to the organisation. */
export function endOfNew(
  ctx: Ctx,
  said: { readonly days?: number; readonly hours?: number },
): number | null | undefined {
  return said.days === undefined && said.hours === undefined ? undefined : endOf(ctx, said)
}

function presentHubNode(ctx: Ctx, view: NodeView): HubNode {
  const { homeId } = locate(ctx, view)
  return { ...presentNode(ctx, view), actual_home_id: homeId }
}

function presentAttributes(ctx: Ctx, view: NodeView, request: FaceRequest): HubAttributes {
  const { hubId, homeId, area } = locate(ctx, view)
  const host = domainOf(request)
  return {
    id: hubId,
    hub_id: hubId,
    name: view.node.name,
    area,
    owner_id: view.owner.id === null ? nodeCode(view.node.id) : userCode(view.owner.id),
    settings: {},
    hostname: host,
    vhost: host,
    domain: host,
    exists: 1,
    home_id: homeId,
    profile: {},
    privilege: privilegeWord(view.permissions),
  }
}

function presentMembers(
  { items }: { readonly items: readonly RoomGrant[] },
  _given: unknown,
  ctx: Ctx,
): Member[] {
  return items.map((one) => presentMember(ctx, one))
}

function presentMember(ctx: Ctx, { user, permissions, expireAt }: RoomGrant): Member {
  const privilege = privilegeWord(permissions)
  const fullname = `${user.firstName} ${user.lastName}`.trim() || (user.email ?? user.userName)
  return {
    id: userCode(user.id),
    uid: userCode(user.id),
    email: user.email,
    firstname: user.firstName,
    lastname: user.lastName,
    fullname,
    privilege,
    permission: privilege,
    expiry_time: expireAt === null ? 0 : seconds(expireAt),
    ...timeLeft(ctx, expireAt),
    is_owner: has(permissions, MANAGE) ? 1 : 0,
  }
}
