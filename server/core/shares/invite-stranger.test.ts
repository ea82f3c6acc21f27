import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { Ctx } from '../ctx.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { findNode } from '../nodes/find-node.ts'
import { has, READ, ROLE_GUEST, ROLE_USER, ROLE_USERS } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { networkFactor } from '../sessions/guarded.ts'
import { defaultSettings, type Settings } from '../settings/settings.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { registerAccount } from '../users/register-account.ts'
import { collaborators } from './collaborators.ts'
import { type Invite, invite } from './invite.ts'
import { listInvitations } from './list-invitations.ts'
import { revokeInvitations } from './revoke-invitations.ts'
import { unshare } from './unshare.ts'

const registerAt = 'https://files.test/register?hash={secret}'

describe.each(await testDatabases())('inviting strangers on $kind', (databases) => {
  const mailer = memoryMailer()
  let world: IdentityWorld
  let annId: number
  let count = 0
  let folders = 0
  let email: string

  beforeAll(async () => {
    world = await identityWorld(databases, { mailer })
    annId = await world.addUser('ann')
  })
  afterAll(() => world.stop())
  beforeEach(async () => {
    await runJobs(world.app, world.tenant)
    mailer.sent.length = 0
    count += 1
    email = `stranger${count}@example.test`
    world.advance(3600)
  })

  const ann = (settings: Partial<Settings> = { registration: true }, roles = ROLE_USER): Ctx => {
    const ctx = world.as(annId, roles)
    return { ...ctx, tenant: { ...ctx.tenant, settings: { ...defaultSettings, ...settings } } }
  }
  const folder = async () => {
    folders += 1
    const view = await createFolder(ann(), { path: [`folder ${folders}`] })
    return { id: view.node.id }
  }
  const ask = (node: { id: number }, more: Partial<Invite> = {}, ctx = ann()) =>
    invite(ctx, { node, to: { login: email, by: 'email' }, permissions: READ, registerAt, ...more })
  const mails = async () => {
    await runJobs(world.app, world.tenant)
    return mailer.sent.filter(({ to }) => to === email)
  }
  const secretIn = (text = '') => /hash=([\w-]+)/.exec(text)?.[1] ?? ''
  const account = () => world.asAdmin().read((tx) => tx.users.findByLogin(email))
  const register = (invitation: string) =>
    registerAccount(world.stranger(), {
      email,
      invitation,
      password: 'a-good-password',
      firstName: 'Eve',
      lastName: 'New',
      link: '',
    })

  test('an account waits for who registers with the mail, and has the folder then', async () => {
    const [first, second] = [await folder(), await folder()]
    const { token } = await ask(first, { message: 'Look at this', language: 'de' })
    expect(token).toMatch(/^[\w-]{20,}$/)
    const again = await ask(first, { permissions: READ })
    expect(again.token).toBe(token)
    await ask(second)
    const [one, two, ...more] = await mails()
    expect([one?.subject, more]).toEqual(['Sie sind eingeladen', []])
    expect(one?.text).toContain('> Look at this')
    expect(two?.text).not.toContain('> Look at this')
    const waiting = await account()
    expect(waiting).toMatchObject({ email, roles: ROLE_USER, language: 'de' })
    const all = await collaborators(ann(), { node: first })
    expect(all.map(({ status }) => status)).toEqual(['accepted', 'waiting'])
    const eve = await register(secretIn(one?.text))
    expect(eve.id).toBe(waiting?.id)
    expect((await findNode(world.as(eve.id), { node: first })).permissions).toBe(READ)
    expect(await faultOf(findNode(world.as(eve.id), { node: second }))).toBe('not-found node')
    const left = await listInvitations(world.as(eve.id))
    expect(left).toHaveLength(1)
    expect(await faultOf(register(secretIn(two?.text)))).toBe('wrong-credentials code')
    expect((await account())?.profile).toEqual({})
  })

  test('the tenant decides who may be invited, and as what', async () => {
    const node = await folder()
    expect(await faultOf(ask(node, {}, ann({})))).toBe('not-found user')
    expect(await faultOf(ask(node, { registerAt: undefined }))).toBe('not-found user')
    expect(await faultOf(ask(node, {}, ann({ guests: true }, ROLE_GUEST)))).toBe('not-found user')
    const silent = { ...ann(), mailer: null }
    expect(await faultOf(ask(node, {}, silent))).toBe('unsupported mail')
    const full = ann()
    const tenant = { ...full.tenant, maxUsers: 1 }
    expect(await faultOf(ask(node, {}, { ...full, tenant }))).toBe('limit-reached user')
    expect(await account()).toBeUndefined()
    await ask(node, {}, ann({ guests: true }))
    expect(has((await account())?.roles ?? 0, ROLE_GUEST)).toBe(true)
    email = `managed-${email}`
    await ask(node, {}, ann({}, ROLE_USER | ROLE_USERS))
    expect((await account())?.roles).toBe(ROLE_USER)
  })

  test('only an address of nobody is a stranger', async () => {
    const node = await folder()
    const to = (login: string, by?: 'phone' | 'id') => ask(node, { to: { login, by } })
    expect(await faultOf(to('nobody'))).toBe('not-found user')
    expect(await faultOf(to(email, 'phone'))).toBe('not-found user')
    expect(await faultOf(to('a@b, c@d'))).toBe('not-found user')
    await world.addUser(email)
    expect(await faultOf(ask(node))).toBe('not-found user')
  })

  test('one network invites so many', async () => {
    const node = await folder()
    const limits = { ...ann().limits, loginFailures: 2 / networkFactor }
    const ctx = { ...ann(), limits, client: { address: '198.51.100.7', userAgent: '' } }
    const codes: string[] = []
    for (let number = 0; number < 3; number++) {
      const login = `${number}-${email}`
      codes.push(await faultOf(ask(node, { to: { login } }, ctx)).catch(() => 'asked'))
    }
    expect(codes).toEqual(['asked', 'asked', 'locked invitation'])
  })

  test('who was not asked any more is gone, unless he was given something else', async () => {
    const [first, second] = [await folder(), await folder()]
    await ask(first)
    await ask(second)
    const to = { login: email }
    await revokeInvitations(ann(), { node: first, to })
    expect(await account()).toBeDefined()
    await unshare(ann(), { node: second })
    expect(await account()).toBeUndefined()
    const [mail] = await mails()
    expect(await faultOf(register(secretIn(mail?.text)))).toBe('wrong-credentials code')
    await ask(first)
    const { id: userId = 0 } = (await account()) ?? {}
    const grants = [{ userId, permissions: READ }]
    await ask(second)
    await setRoomGrants(ann(), { room: second, grants })
    await revokeInvitations(ann(), { node: first })
    await revokeInvitations(ann(), { node: second })
    expect(await account()).toBeDefined()
  })

  test('without the folder he still gets his account', async () => {
    const node = await folder()
    await ask(node)
    const [mail] = await mails()
    const ctx = world.asAdmin()
    await ctx.write((tx) => tx.users.update(annId, { isLocked: true }))
    const eve = await register(secretIn(mail?.text))
    await ctx.write((tx) => tx.users.update(annId, { isLocked: false }))
    expect(await faultOf(findNode(world.as(eve.id), { node }))).toBe('not-found node')
  })
})
