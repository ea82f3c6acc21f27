import { notedUser, notedUsers } from '../../core/attributes/user-attributes.ts'
import { createUser } from '../../core/users/create-user.ts'
import type { Row } from '../operation.ts'
import { readExpiration } from './expiration.ts'
import type { CreateUserRequest } from './generated/shapes.ts'
import { op } from './op.ts'
import { presentRange } from './present-node.ts'
import { presentUserData, presentUserItem } from './present-user.ts'
import { parseRange } from './query.ts'
import { refuseInput } from './refuse.ts'
import { readUserFilter, readUserSort } from './users-query.ts'

/** Accounts, for who administers them. */
export const usersRows: Row[] = [
  op('requestUsers', {
    auth: 'user',
    run: (ctx, { params }) =>
      notedUsers(ctx, {
        filter: readUserFilter(params.filter, ctx.now),
        sort: readUserSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page, { params }) => {
      const extras = {
        roles: params.include_roles === true,
        attributes: params.include_attributes === true,
      }
      return {
        range: presentRange(page),
        items: page.items.map((noted) => presentUserItem(noted, extras)),
      }
    },
  }),

  op('createUser', {
    auth: 'user',
    run: (ctx, { body }) => createUser(ctx, readNewUser(body)),
    reply: ({ user, password }) =>
      presentUserData({ user, attributes: [], hasKeyPair: false }, password),
  }),

  op('requestUser', {
    auth: 'user',
    run: (ctx, { params }) =>
      notedUser(ctx, { id: params.user_id, withGroups: params.effective_roles }),
    reply: (noted) => presentUserData(noted),
  }),
]

/** A new account as core takes it. Old members stand in for `authData` (dossier 3.6). */
function readNewUser(body: CreateUserRequest): Parameters<typeof createUser>[1] {
  const { authData, expiration } = body
  const method = authData?.method ?? body.authMethods?.[0]?.authId ?? 'basic'
  if (method !== 'basic' && method !== 'sql') {
    return refuseInput('body.authData.method', 'auth-method', 'only basic is there')
  }
  const userName = body.userName ?? authData?.login ?? body.login ?? body.email
  if (userName === undefined) return refuseInput('body.userName', 'required', 'it is missing')
  return {
    userName,
    firstName: body.firstName,
    lastName: body.lastName,
    email: body.email,
    phone: body.phone,
    language: body.receiverLanguage,
    password: authData?.password ?? body.password,
    mustChangePassword: authData?.mustChangePassword ?? body.needsToChangePassword,
    expireAt: readExpiration(expiration) ?? null,
    isNonmemberViewer: body.isNonmemberViewer,
  }
}
