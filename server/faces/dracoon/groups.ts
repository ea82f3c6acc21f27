import { changeGroup } from '../../core/groups/change-group.ts'
import { createGroup } from '../../core/groups/create-group.ts'
import { findGroup, findGroups } from '../../core/groups/find-groups.ts'
import { addGroupMembers, removeGroupMembers } from '../../core/groups/group-members.ts'
import { removeGroup } from '../../core/groups/remove-group.ts'
import type { Row } from '../operation.ts'
import { readExpiration } from './expiration.ts'
import { readGroupFilter, readGroupSort } from './groups-query.ts'
import { positiveId } from './ids.ts'
import { op } from './op.ts'
import { presentGroup } from './present-group.ts'
import { presentRange } from './present-node.ts'
import { presentRoles } from './present-roles.ts'
import { parseRange } from './query.ts'
import { refuseInput } from './refuse.ts'

/** Groups, for who administers them. */
export const groupsRows: Row[] = [
  op('requestGroups', {
    auth: 'user',
    run: (ctx, { params }) =>
      findGroups(ctx, {
        filter: readGroupFilter(params.filter),
        sort: readGroupSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentGroup) }),
  }),

  op('createGroup', {
    auth: 'user',
    run: (ctx, { body }) =>
      createGroup(ctx, { name: body.name, expireAt: readExpiration(body.expiration) }),
    reply: presentGroup,
  }),

  op('requestGroup', {
    auth: 'user',
    run: (ctx, { params }) => findGroup(ctx, { id: groupIdOf(params) }),
    reply: presentGroup,
  }),

  op('updateGroup', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      changeGroup(ctx, {
        id: groupIdOf(params),
        name: body.name,
        expireAt: readExpiration(body.expiration),
      }),
    reply: presentGroup,
  }),

  op('removeGroup', {
    auth: 'user',
    run: (ctx, { params }) => removeGroup(ctx, { id: groupIdOf(params) }),
    reply: () => undefined,
  }),

  op('requestGroupRoles', {
    auth: 'user',
    run: (ctx, { params }) => findGroup(ctx, { id: groupIdOf(params) }),
    reply: ({ group }) => presentRoles(group.roles),
  }),

  op('addGroupMembers', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      addGroupMembers(ctx, { id: groupIdOf(params), userIds: body.ids }),
    reply: presentGroup,
  }),

  op('removeGroupMembers', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      removeGroupMembers(ctx, { id: groupIdOf(params), userIds: atMost(200, body.ids) }),
    reply: presentGroup,
  }),
]

const groupIdOf = (params: { readonly group_id: number }) =>
  positiveId(params.group_id, 'path.group_id')

function atMost(count: number, ids: readonly number[]): readonly number[] {
  return ids.length > count ? refuseInput('body.ids', 'too-many', `at most ${count}`) : ids
}
