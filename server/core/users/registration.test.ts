import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { Ctx } from '../ctx.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { ROLE_USER, ROLE_USERS } from '../permissions/permission.ts'
import { makeLoginKey, signInByKey } from '../sessions/login-keys.ts'
import { signIn } from '../sessions/sign-in.ts'
import { defaultSettings } from '../settings/settings.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { accountExists } from './account-exists.ts'
import { approveAccount, invitedAccount, resendApproval } from './approve-account.ts'
import { changeProfile } from './change-profile.ts'
import { mailInvitation } from './mail-invitation.ts'
import { openWaitingAccount } from './open-waiting-account.ts'
import { registerAccount } from './register-account.ts'
import { removeLogin } from './remove-login.ts'
import { resetPassword } from './reset-password.ts'

const link = 'https://files.test/approve?hash={secret}'
const password = 'a-good-password'
const person = { password, firstName: 'Eve', lastName: 'Newcomer', link }

describe.each(await testDatabases())('registration on $kind', (databases) => {
  const mailer = memoryMailer()
  let world: IdentityWorld
  let count = 0
  let email: string

  beforeAll(async () => {
    world = await identityWorld(databases, { mailer })
  })
  afterAll(() => world.stop())
  beforeEach(async () => {
    await runJobs(world.app, world.tenant)
    mailer.sent.length = 0
    count += 1
    email = `new${count}@example.test`
    world.advance(3600)
  })

  /** Somebody without an account, in a tenant where people may register. */
  const open = (): Ctx => {
    const ctx = world.stranger(`192.0.2.${count}`)
    const settings = { ...defaultSettings, registration: true }
    return { ...ctx, tenant: { ...ctx.tenant, settings } }
  }
  const secretIn = async () => {
    await runJobs(world.app, world.tenant)
    return /hash=([\w-]+)/.exec(mailer.sent.at(-1)!.text)![1]!
  }
  const login = (of = email, secret = password) =>
    signIn(world.stranger(), { login: of, password: secret, kind: 'token' })

  test('an account waits until its user follows the mailed link, once', async () => {
    const made = await registerAccount(open(), { ...person, email })
    expect(await faultOf(login())).toBe('disabled user')
    const secret = await secretIn()
    expect(await faultOf(approveAccount(world.stranger(), { secret: `${secret}x` }))).toBe(
      'wrong-credentials code',
    )
    const approved = await approveAccount(world.stranger(), { secret })
    expect(approved.user.id).toBe(made.id)
    expect((await login()).user.lastName).toBe('Newcomer')
    expect(await faultOf(approveAccount(world.stranger(), { secret }))).toBe(
      'wrong-credentials code',
    )
    expect(await faultOf(registerAccount(open(), { ...person, email }))).toBe('exists user')
    const shared = 'shared@example.test'
    const ids = [await world.addUser('first-of-two'), await world.addUser('second-of-two')]
    await world.asAdmin().write(async (tx) => {
      for (const id of ids) await tx.users.update(id, { email: shared })
    })
    const third = registerAccount(open(), { ...person, email: shared })
    expect(await faultOf(third)).toBe('exists user')
  })

  test('nobody registers where the tenant does not let people', async () => {
    const closed = registerAccount(world.stranger(), { ...person, email })
    expect(await faultOf(closed)).toBe('forbidden user')
    const member = await world.addUser(`member${count}`)
    const byMember = registerAccount(world.as(member), { ...person, email })
    expect(await faultOf(byMember)).toBe('forbidden user')
    const byManager = await registerAccount(world.as(member, ROLE_USERS), { ...person, email })
    expect((await login()).user.id).toBe(byManager.id)
    expect(mailer.sent).toEqual([])
  })

  test('who locks a waiting account keeps it locked', async () => {
    const { id } = await registerAccount(open(), { ...person, email })
    const secret = await secretIn()
    await world.asAdmin().write((tx) => tx.users.update(id, { isLocked: true }))
    expect(await faultOf(approveAccount(world.stranger(), { secret }))).toBe('disabled user')
    expect(await faultOf(login())).toBe('disabled user')
  })

  test('the link is mailed again to who waits, and nothing is told of others', async () => {
    await registerAccount(open(), { ...person, email })
    const again = (who: string) => resendApproval(world.stranger(), { login: who, link })
    await again(email)
    await approveAccount(world.stranger(), { secret: await secretIn() })
    expect(await faultOf(again(email))).toBe('forbidden user')
    expect(await faultOf(again('nobody@example.test'))).toBe('forbidden user')
  })

  test('whoever was invited registers with the mailed secret, and is ready', async () => {
    const ctx = world.asAdmin()
    const invited = await ctx.write(async (tx) => {
      const user = await openWaitingAccount(ctx, tx, { email })
      const wording = { from: 'Ann', into: 'Plans', message: 'Hi' }
      await mailInvitation(ctx, tx, { ...user, email }, { purpose: 'register', link, ...wording })
      return user
    })
    const secret = await secretIn()
    expect(mailer.sent.at(-1)?.text).toContain('> Hi')
    expect((await invitedAccount(world.stranger(), { secret })).id).toBe(invited.id)
    const weak = { ...person, email, password: 'short', invitation: secret }
    expect((await thrown(registerAccount(world.stranger(), weak))).data.rule).toBe('too-short')
    const input = { ...person, email, invitation: secret }
    const uses = await Promise.allSettled([1, 2, 3].map(() => registerAccount(open(), input)))
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await login()).user.id).toBe(invited.id)
    expect(await faultOf(invitedAccount(world.stranger(), { secret }))).toBe(
      'wrong-credentials code',
    )
  })

  test('strangers learn of accounts only where they may register', async () => {
    const ask = (ctx: Ctx, name: string) => faultOf(accountExists(ctx, { login: name }))
    expect(await ask(world.stranger(), 'admin')).toBe('not-found user')
    await accountExists(open(), { login: 'admin' })
    await accountExists(world.asAdmin(), { login: 'admin' })
    expect(await ask(open(), 'nobody')).toBe('not-found user')
  })

  test('a key signs in once, and nobody gains roles by one', async () => {
    const member = await world.addUser(`key${count}`)
    const { key } = await makeLoginKey(world.asAdmin(), { userId: member })
    const use = () => signInByKey(world.stranger(), { key, kind: 'token' })
    expect((await use()).user.id).toBe(member)
    expect(await faultOf(use())).toBe('wrong-credentials code')
    const manager = world.as(member, ROLE_USER | ROLE_USERS)
    expect(await faultOf(makeLoginKey(manager, { userId: world.adminId }))).toBe('forbidden user')
    expect(await faultOf(makeLoginKey(world.as(member), { userId: world.adminId }))).toBe(
      'forbidden user',
    )
    const late = await makeLoginKey(manager, { userId: member })
    world.advance(901)
    const tooLate = signInByKey(world.stranger(), { key: late.key, kind: 'token' })
    expect(await faultOf(tooLate)).toBe('expired code')
  })

  test('a new password ends other sessions and is undone by mail', async () => {
    const member = await world.addUser(`pass${count}`)
    await world.asAdmin().write((tx) => tx.users.update(member, { email }))
    const first = await login(`pass${count}`, adminPassword)
    const own = world.as(member, ROLE_USER, (await login(`pass${count}`, adminPassword)).session.id)
    const change = (more: object) => changeProfile(own, { undoLink: link, ...more })
    expect(await faultOf(change({}))).toBe('invalid user')
    expect(await change({ password: adminPassword })).toEqual({ samePassword: true })
    const many = { firstName: 'Pat', password, details: { timezone: 'Europe/Berlin' } }
    expect(await change(many)).toEqual({ samePassword: false })
    const sessions = await own.read((tx) => tx.sessions.ofUser(member, ['token']))
    expect(sessions.map(({ id }) => id)).not.toContain(first.session.id)
    await resetPassword(world.stranger(), {
      secret: await secretIn(),
      password: 'back-in-my-hands',
    })
    expect(await faultOf(login(`pass${count}`))).toBe('wrong-credentials user')
    expect((await login(`pass${count}`, 'back-in-my-hands')).user.firstName).toBe('Pat')
  })

  test('address and telephone number are taken away, name and id stay', async () => {
    const name = `logins${count}`
    const member = await world.addUser(name)
    await world.asAdmin().write((tx) => tx.users.update(member, { email, phone: '+49 1' }))
    const remove = (by: 'email' | 'phone' | 'id' | undefined, text: string) =>
      removeLogin(world.as(member), { by, login: text })
    await remove('email', email.toUpperCase())
    await remove('phone', '+49 1')
    expect(await faultOf(remove('email', email))).toBe('not-found user')
    for (const [by, text] of [
      [undefined, name],
      ['id', String(member)],
    ] as const) {
      expect((await thrown(remove(by, text))).data).toEqual({ field: 'login', rule: 'last' })
    }
  })
})
