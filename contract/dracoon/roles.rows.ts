import type { ContractRow, Scene } from '../row.ts'
import { account, accountId, done, group, groupId, groupName, inGroup } from './group-scene.ts'

const auditors = 5
const noRole = { status: 404, code: -71001 }
const ofRole =
  (id: number | string, body?: object | ((scene: Scene) => object), query?: object) =>
  (scene: Scene) => ({
    params: { role_id: id },
    query: query as Record<string, string>,
    body: typeof body === 'function' ? body(scene) : body,
  })
const asAdmin = { as: 'admin' } as const
const idsOf = (body: unknown) => (body as { items: { id: number }[] }).items.map(({ id }) => id)
const holds = (id: (scene: Scene) => number, yes: boolean, events?: ContractRow['want']) => ({
  id,
  yes,
  events,
})
const has =
  ({ id, yes }: ReturnType<typeof holds>) =>
  async (scene: Scene, answer: { body: unknown }) => {
    if (idsOf(answer.body).includes(id(scene)) !== yes) throw new Error(JSON.stringify(answer.body))
  }

/** Who may not, and what is not there, for every operation on one role. */
function guards(op: string, forbidden: ContractRow['as'], body?: object): ContractRow[] {
  const base = { op, before: account() }
  return [
    {
      ...base,
      name: 'without a session',
      as: null,
      send: ofRole(auditors, body),
      want: { status: 401, code: op === 'requestRoleGroups' ? undefined : -10012 },
    },
    {
      ...base,
      name: 'without the right',
      as: forbidden,
      send: ofRole(auditors, body),
      want: { status: 403 },
    },
    { ...base, ...asAdmin, name: 'an unknown role', send: ofRole(99, body), want: noRole },
    {
      ...base,
      ...asAdmin,
      name: 'a number that is none',
      send: ofRole('x', body),
      want: { status: 400, code: -80002 },
    },
    {
      ...base,
      ...asAdmin,
      name: 'a negative number',
      send: ofRole(-1, body),
      want: { status: 400, code: -80001 },
    },
  ]
}

const list = (op: string, filter: string): ContractRow[] => [
  {
    op,
    ...asAdmin,
    name: 'a limit above 500',
    send: ofRole(auditors, undefined, { limit: 501 }),
    want: { status: 400, code: -80024 },
  },
  {
    op,
    ...asAdmin,
    name: 'an unknown filter',
    send: ofRole(auditors, undefined, { filter: `${filter}:eq:x` }),
    want: { status: 400, code: -80000 },
  },
]

const reading: readonly ContractRow[] = [
  {
    op: 'requestRoles',
    ...asAdmin,
    name: 'all, with what they allow',
    want: {
      status: 200,
      body: (body) => {
        const { items } = body as { items: { name: string; items: { name: string }[] }[] }
        const manager = items.find(({ name }) => name === 'GROUP_MANAGER')
        const rights = manager?.items.map(({ name }) => name) ?? []
        return items.length === 8 && rights.includes('change groups')
      },
    },
  },
  { op: 'requestRoles', name: 'without a session', as: null, want: { status: 401, code: -10012 } },
  { op: 'requestRoles', name: 'without the right', as: 'manager', want: { status: 403 } },
  {
    op: 'requestRoleUsers',
    ...asAdmin,
    name: 'who has it',
    send: ofRole(auditors, undefined, { filter: 'user:cn:ADMIN' }),
    want: (scene) => ({
      status: 200,
      body: {
        items: [{ id: scene.userId('admin'), isMember: true, userInfo: { userName: 'admin' } }],
      },
    }),
  },
  {
    op: 'requestRoleUsers',
    ...asAdmin,
    name: 'who has it not',
    before: account(),
    send: ofRole(auditors, undefined, { filter: 'isMember:eq:false|user:cn:@example.test' }),
    want: { status: 200 },
    then: has(holds(accountId, true)),
  },
  ...list('requestRoleUsers', 'x'),
  ...guards('requestRoleUsers', 'manager'),
  {
    op: 'requestRoleGroups',
    ...asAdmin,
    name: 'which have it',
    before: async (scene) => {
      await group()(scene)
      await done(
        scene,
        'addRoleGroups',
        'admin',
        ofRole(auditors, { ids: [groupId(scene)] })(scene),
      )
    },
    send: (scene) => ofRole(auditors, undefined, { filter: `name:cn:${groupName(scene)}` })(scene),
    want: { status: 200 },
    then: has(holds(groupId, true)),
  },
  {
    op: 'requestRoleGroups',
    ...asAdmin,
    name: 'which have it not',
    before: group(),
    send: ofRole(auditors, undefined, { filter: 'isMember:eq:false' }),
    want: { status: 200 },
    then: has(holds(groupId, true)),
  },
  ...list('requestRoleGroups', 'x'),
  ...guards('requestRoleGroups', 'manager'),
]

const ids = (scene: Scene) => ({ ids: [accountId(scene)] })
const giving = { op: 'addRoleUsers', ...asAdmin, before: account() } as const
const taking = { op: 'revokeRoleUsers', ...asAdmin } as const
const given = async (scene: Scene) => {
  await account()(scene)
  await done(scene, 'addRoleUsers', 'admin', ofRole(auditors, ids)(scene))
}
const noList = { status: 400, code: -80000 }

const users: readonly ContractRow[] = [
  {
    ...giving,
    name: 'is held at once',
    send: ofRole(auditors, ids),
    want: { status: 200, events: ['role.given'] },
    then: has(holds(accountId, true)),
  },
  {
    ...giving,
    name: 'who has it stays',
    before: given,
    send: ofRole(auditors, ids),
    want: { status: 200 },
  },
  {
    ...giving,
    name: 'an account is not made internal when it is',
    send: ofRole(7, ids),
    want: { status: 400, code: -71011 },
  },
  {
    ...giving,
    name: 'nobody',
    send: ofRole(auditors, { ids: [8_888_888] }),
    want: { status: 404, code: -70501 },
  },
  { ...giving, name: 'no list', send: ofRole(auditors, {}), want: noList },
  ...guards('addRoleUsers', 'manager', { ids: [] }),
  {
    ...taking,
    name: 'is gone at once',
    before: given,
    send: ofRole(auditors, ids),
    want: { status: 200, events: ['role.taken'] },
    then: has(holds(accountId, false)),
  },
  {
    ...taking,
    name: 'who has it not is passed over',
    before: account(),
    send: ofRole(auditors, ids),
    want: { status: 200 },
  },
  {
    ...taking,
    name: 'not from oneself',
    send: ofRole(auditors, (scene) => ({ ids: [scene.userId('admin')] })),
    want: { status: 400, code: -71003 },
  },
  {
    ...taking,
    name: 'nobody',
    send: ofRole(auditors, { ids: [8_888_888] }),
    want: { status: 404, code: -70501 },
  },
  { ...taking, name: 'no list', send: ofRole(auditors, {}), want: noList },
  ...guards('revokeRoleUsers', 'manager', { ids: [] }),
]

const groupIds = (scene: Scene) => ({ ids: [groupId(scene)] })
const giveGroup = { op: 'addRoleGroups', ...asAdmin, before: group(['member']) } as const
const takeGroup = { op: 'revokeRoleGroups', ...asAdmin } as const

const groups: readonly ContractRow[] = [
  {
    ...giveGroup,
    name: 'members have it with all it allows, until it is taken away',
    send: ofRole(2, groupIds),
    want: { status: 200, events: ['role.given'] },
    then: async (scene, answer) => {
      await has(holds(groupId, true))(scene, answer)
      await done(scene, 'requestUsers', 'member', {})
      const send = { params: { user_id: scene.userId('member') } }
      const one = (await done(scene, 'requestUser', 'admin', {
        ...send,
        query: { effective_roles: true },
      })) as { userRoles: { items: { name: string }[] } }
      const names = one.userRoles.items.map(({ name }) => name)
      if (!names.includes('USER_MANAGER')) throw new Error(names.join())
      await done(scene, 'revokeRoleGroups', 'admin', ofRole(2, groupIds)(scene))
      const { status } = await scene.call('requestUsers', 'member', {})
      if (status !== 403) throw new Error(`still allowed: ${status}`)
    },
  },
  {
    ...giveGroup,
    name: 'a group is no guest and no internal user',
    send: ofRole(7, groupIds),
    want: { status: 400, code: -71002 },
  },
  {
    ...giveGroup,
    name: 'no group',
    send: ofRole(auditors, { ids: [8_888_888] }),
    want: { status: 404, code: -30000 },
  },
  { ...giveGroup, name: 'no list', send: ofRole(auditors, {}), want: noList },
  ...guards('addRoleGroups', 'manager', { ids: [] }),
  {
    ...takeGroup,
    name: 'what has it not is passed over',
    before: group(),
    send: ofRole(auditors, groupIds),
    want: { status: 200 },
  },
  {
    ...takeGroup,
    name: 'its members lose it',
    before: async (scene) => {
      await group(['member'])(scene)
      await done(scene, 'addRoleGroups', 'admin', ofRole(auditors, groupIds)(scene))
    },
    send: ofRole(auditors, groupIds),
    want: { status: 200, events: ['role.taken'] },
    then: async (scene) => {
      await done(scene, 'removeGroup', 'admin', inGroup()(scene))
    },
  },
  {
    ...takeGroup,
    name: 'no group',
    send: ofRole(auditors, { ids: [8_888_888] }),
    want: { status: 404, code: -30000 },
  },
  { ...takeGroup, name: 'no list', send: ofRole(auditors, {}), want: noList },
  ...guards('revokeRoleGroups', 'manager', { ids: [] }),
]

/** Roles, and who has them. */
export const rolesRows: readonly ContractRow[] = [...reading, ...users, ...groups]
