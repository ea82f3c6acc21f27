import type { ContractRow } from '../row.ts'

const nina = {
  firstName: 'Nina',
  lastName: 'Neu',
  userName: 'nina',
  email: 'nina@example.test',
  authData: { method: 'basic', password: 'a-long-enough-one', mustChangePassword: false },
}

const userNames = (value: unknown): string[] =>
  (value as { userName: string }[]).map((one) => one.userName)

/** Accounts. */
export const usersRows: readonly ContractRow[] = [
  {
    op: 'createUser',
    name: 'makes an account with a home',
    as: 'admin',
    send: { body: nina },
    want: {
      status: 201,
      body: {
        userName: 'nina',
        login: 'nina',
        isLocked: false,
        homeRoomId: (value) => Number(value) > 0,
        authData: { method: 'basic', password: undefined },
      },
      events: ['room.created', 'user.created'],
    },
  },
  {
    op: 'createUser',
    name: 'a taken user name is a conflict, in any case',
    as: 'admin',
    send: { body: { ...nina, userName: 'READER' } },
    want: { status: 409, code: -70564 },
  },
  {
    op: 'createUser',
    name: 'tells a password that it made up',
    as: 'admin',
    send: {
      body: {
        firstName: 'N',
        lastName: 'N',
        email: 'n@example.test',
        authData: { method: 'basic' },
      },
    },
    want: {
      status: 201,
      body: {
        userName: 'n@example.test',
        authData: { mustChangePassword: true, password: (value) => String(value).length >= 12 },
      },
      events: ['room.created', 'user.created'],
    },
  },
  {
    op: 'createUser',
    name: 'is for administrators of users',
    as: 'reader',
    send: { body: { ...nina, userName: 'nobody' } },
    want: { status: 403, code: undefined },
  },
  {
    op: 'createUser',
    name: 'names are needed',
    as: 'admin',
    send: { body: { firstName: 'N' } },
    want: { status: 400, code: -80000 },
  },
  {
    op: 'createUser',
    name: 'an address must be one',
    as: 'admin',
    send: { body: { ...nina, userName: 'other', email: 'nowhere' } },
    want: { status: 400, code: -80009 },
  },
  {
    op: 'createUser',
    name: 'an end must lie ahead',
    as: 'admin',
    send: {
      body: {
        ...nina,
        userName: 'other',
        expiration: { enableExpiration: true, expireAt: '2001-01-01' },
      },
    },
    want: { status: 400, code: -80006 },
  },
  {
    op: 'createUser',
    name: 'a weak password is refused',
    as: 'admin',
    send: {
      body: { ...nina, userName: 'other', authData: { method: 'basic', password: 'weak' } },
    },
    want: { status: 400, code: -10002 },
  },
  {
    op: 'createUser',
    name: 'there is no directory',
    as: 'admin',
    send: { body: { ...nina, userName: 'other', authData: { method: 'active_directory' } } },
    want: { status: 400, code: -10100 },
  },
  {
    op: 'requestUsers',
    name: 'filters, sorts and pages',
    as: 'admin',
    send: {
      query: {
        filter: 'email:cn:@example.test|isLocked:eq:false',
        sort: 'userName:desc',
        limit: 2,
      },
    },
    want: {
      status: 200,
      body: {
        range: { offset: 0, limit: 2, total: (value) => Number(value) >= 4 },
        items: (value) => {
          const names = userNames(value)
          return names.length === 2 && String(names[0]) > String(names[1])
        },
      },
    },
  },
  {
    op: 'requestUsers',
    name: 'one text for all names finds any of them',
    as: 'admin',
    send: {
      query: {
        filter: 'userName:cn:reade|firstName:cn:reade|lastName:cn:reade',
        include_roles: true,
      },
    },
    want: {
      status: 200,
      body: { items: (value) => userNames(value).join() === 'reader' },
    },
  },
  {
    op: 'requestUsers',
    name: 'finds holders of a role',
    as: 'admin',
    send: { query: { filter: 'hasRole:eq:USER_MANAGER|effectiveRoles:eq:true' } },
    want: { status: 200, body: { items: (value) => userNames(value).join() === 'admin' } },
  },
  {
    op: 'requestUsers',
    name: 'nobody is a guest',
    as: 'admin',
    send: { query: { filter: 'hasRole:eq:GUEST_USER' } },
    want: { status: 200, body: { range: { total: 0 }, items: [] } },
  },
  {
    op: 'requestUsers',
    name: 'is not for everybody',
    as: 'reader',
    want: { status: 403, code: undefined },
  },
  {
    op: 'requestUsers',
    name: 'refuses a page beyond the limit',
    as: 'admin',
    send: { query: { limit: 501 } },
    want: { status: 400, code: -80024 },
  },
  {
    op: 'requestUsers',
    name: 'refuses an unknown field',
    as: 'admin',
    send: { query: { filter: 'shoeSize:eq:44' } },
    want: { status: 400 },
  },
  {
    op: 'requestUser',
    name: 'shows one account',
    as: 'admin',
    send: (scene) => ({ params: { user_id: scene.userId('writer') } }),
    want: { status: 200, body: { userName: 'writer', isMfaEnabled: false } },
  },
  {
    op: 'requestUser',
    name: 'of another tenant is not there',
    as: 'stranger',
    send: (scene) => ({ params: { user_id: scene.userId('writer') } }),
    want: { status: 404, code: -70501 },
  },
]

/** Where the other tenant may have one account, and has it. */
export const fullTenantRows: readonly ContractRow[] = [
  {
    op: 'createUser',
    name: 'no more accounts than the tenant may have',
    as: 'stranger',
    send: { body: nina },
    want: { status: 403, code: -70505 },
  },
]
