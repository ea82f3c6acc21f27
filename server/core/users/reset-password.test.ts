import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { signIn } from '../sessions/sign-in.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { changePassword } from './change-password.ts'
import { requestReset } from './request-reset.ts'
import { checkReset, resetPassword } from './reset-password.ts'

const link = 'https://files.test/#/reset/{user}/{user:hex}/{secret}'
const newPassword = 'another-good-password'

describe.each(await testDatabases())('forgotten passwords on $kind', (databases) => {
  const mailer = memoryMailer()
  let world: IdentityWorld
  let ann: number

  beforeAll(async () => {
    world = await identityWorld(databases, { mailer })
    ann = await world.addUser('ann')
    await change({ email: 'ann@example.test' })
  })
  afterAll(() => world.stop())

  const change = (to: object) => world.asAdmin().write((tx) => tx.users.update(ann, to))
  const ask = async (login: string) => {
    mailer.sent.length = 0
    await requestReset(world.stranger('192.0.2.7'), { login, link })
    await runJobs(world.app, world.tenant)
    return mailer.sent
  }
  const secretFor = async (login = 'ann') => {
    const [mail] = await ask(login)
    return /https:\S+\/([\w-]+)/.exec(mail!.text)![1]!
  }
  const reset = (secret: string, more = {}) =>
    resetPassword(world.stranger(), { secret, password: newPassword, ...more })
  const login = (password: string) =>
    signIn(world.stranger(), { login: 'ann', password, kind: 'cookie' })

  test('the account gets a link, nobody learns whether there is one', async () => {
    const mails = await ask('ann')
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({ to: 'ann@example.test' })
    const hex = ann.toString(16).padStart(14, '0')
    expect(mails[0]!.text).toContain(`https://files.test/#/reset/${ann}/${hex}/`)
    expect(await ask('ann@example.test')).toHaveLength(1)
    for (const unknown of ['nobody', '', 'a\u0000', 'x'.repeat(999)]) {
      expect(await ask(unknown)).toEqual([])
    }
    await change({ isLocked: true })
    expect(await ask('ann')).toEqual([])
    await change({ isLocked: false })
  })

  test('a link sets a password once and ends every session', async () => {
    world.advance(3600)
    const before = await login(adminPassword)
    const [other, secret] = [await secretFor(), await secretFor()]
    expect((await checkReset(world.stranger(), { secret })).userName).toBe('ann')
    const wrong = 'wrong-credentials code'
    expect(await faultOf(reset(secret, { email: 'bob@example.test' }))).toBe(wrong)
    expect(await faultOf(reset(secret, { userId: world.adminId }))).toBe(wrong)
    const short = await thrown(reset(secret, { password: 'short' }))
    expect(short.data).toEqual({ field: 'password', rule: 'too-short' })
    mailer.sent.length = 0
    expect((await reset(secret, { email: 'ANN@example.test', userId: ann })).id).toBe(ann)
    await runJobs(world.app, world.tenant)
    expect(mailer.sent.map(({ subject }) => subject)).toEqual(['Your account was changed'])
    for (const used of [secret, other]) expect(await faultOf(reset(used))).toBe(wrong)
    expect((await login(newPassword)).user.id).toBe(ann)
    expect(await faultOf(login(adminPassword))).toBe('wrong-credentials user')
    const gone = await world.asAdmin().read((tx) => tx.sessions.find(before.session.id))
    expect(gone).toBeUndefined()
  })

  test('a link is worth nothing after an hour, another address or another password', async () => {
    world.advance(3600)
    const late = await secretFor()
    const moved = await secretFor()
    await change({ email: 'ann@elsewhere.test' })
    expect(await faultOf(reset(moved))).toBe('wrong-credentials code')
    await change({ email: 'ann@example.test' })
    world.advance(3600)
    expect(await faultOf(reset(late))).toBe('expired code')
    const old = await secretFor()
    const { session } = await login(newPassword)
    const ctx = world.as(ann, 0, session.id)
    await changePassword(ctx, { oldPassword: newPassword, newPassword: adminPassword })
    expect(await faultOf(reset(old))).toBe('wrong-credentials code')
  })

  test('an account gets five mails, a network asks a hundred times', async () => {
    world.advance(3600)
    const counts = []
    for (let at = 0; at < 7; at += 1) counts.push((await ask('ann')).length)
    expect(counts).toEqual([1, 1, 1, 1, 1, 0, 0])
    const asking = Array.from({ length: 120 }, (_, at) => ask(`nobody-${at}`))
    const told = (await Promise.allSettled(asking)).filter(({ status }) => status === 'rejected')
    expect(told.length).toBeGreaterThan(20)
    expect(await faultOf(ask('ann'))).toBe('locked session')
  })

  test('without a mail server it says so', async () => {
    const ctx = { ...world.stranger(), mailer: null }
    expect(await faultOf(requestReset(ctx, { login: 'ann', link }))).toBe('unsupported mail')
  })
})
