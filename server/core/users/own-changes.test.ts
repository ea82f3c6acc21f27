import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { authenticatePassword } from '../sessions/authenticate-password.ts'
import { beginSignIn, finishSignIn } from '../sessions/begin-sign-in.ts'
import { endSession } from '../sessions/end-session.ts'
import { loginLog } from '../sessions/login-log.ts'
import { signIn } from '../sessions/sign-in.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { changeEmail } from './change-email.ts'
import { hasSecondStep, hasVerifiedEmail } from './second-step.ts'
import { updateOwnAccount } from './update-own-account.ts'
import { verifyEmail } from './verify-email.ts'

const link = 'https://files.test/#/verify/{secret}'
const page = { offset: 0, limit: 10 }

describe.each(await testDatabases())('own changes on $kind', (databases) => {
  const mailer = memoryMailer()
  let world: IdentityWorld
  let ann: number
  let sessionId: number

  beforeAll(async () => {
    world = await identityWorld(databases, { mailer })
    ann = await world.addUser('ann')
    const bob = await world.addUser('bob')
    await world.asAdmin().write(async (tx) => {
      await tx.users.update(ann, { email: 'ann@example.test' })
      await tx.users.update(bob, { email: 'bob@example.test' })
    })
    sessionId = (await signIn(world.stranger(), { ...login, kind: 'cookie' })).session.id
  })
  afterAll(() => world.stop())

  const login = { login: 'ann', password: adminPassword }
  const own = () => world.as(ann, 0, sessionId)
  const find = () => world.asAdmin().read((tx) => tx.users.find(ann))
  const mailed = async () => {
    mailer.sent.length = 0
    await runJobs(world.app, world.tenant)
    return mailer.sent.map(({ to, text }) => ({ to, text }))
  }
  const codeIn = (mails: { text: string }[]) => /^ {4}(\d{6})$/m.exec(mails[0]!.text)![1]!

  test('names, details and language, all or nothing', async () => {
    const { own: changed } = await updateOwnAccount(own(), {
      firstName: 'Anna',
      language: 'de',
      details: { bio: 'writes', address: { city: 'Ulm' } },
    })
    expect(changed.user).toMatchObject({ firstName: 'Anna', language: 'de' })
    expect(changed.profile.details).toEqual({ bio: 'writes', address: { city: 'Ulm' } })
    const again = await updateOwnAccount(own(), { details: { address: { zip: 1 } } })
    expect(again.own.profile.details).toEqual({ bio: 'writes', address: { zip: 1 } })
    const wrong = updateOwnAccount(own(), { firstName: 'Ann', details: { a: 'x'.repeat(99_999) } })
    expect((await thrown(wrong)).data).toEqual({ field: 'details', rule: 'length' })
    expect((await find())?.firstName).toBe('Anna')
    expect(await faultOf(updateOwnAccount(own(), { userName: 'BOB' }))).toBe('exists user')
    // Who invites or signs in as this means Bob.
    const bobs = updateOwnAccount(own(), { userName: 'Bob@example.test' })
    expect(await faultOf(bobs)).toBe('exists user')
    await world.addUser('boss@example.test')
    expect(await faultOf(updateOwnAccount(own(), { email: 'boss@example.test' }))).toBe(
      'exists user',
    )
    let deep: Record<string, unknown> = {}
    for (let at = 0; at < 50; at += 1) deep = { deep }
    const tooDeep = await thrown(updateOwnAccount(own(), { details: deep }))
    expect(tooDeep.data.rule).toBe('depth')
  })

  test('a second step closes every way that does not ask for it', async () => {
    await authenticatePassword(world.app, world.tenant, { ...login, client: own().client })
    await updateOwnAccount(own(), { secondStep: 'mail' })
    expect(hasSecondStep((await find())!)).toBe(true)
    const plain = signIn(world.stranger(), { ...login, kind: 'token' })
    expect((await thrown(plain)).data.rule).toBe('second-step')
    const basic = authenticatePassword(world.app, world.tenant, { ...login, client: own().client })
    expect(await faultOf(basic)).toBe('forbidden user')
    await mailed()
    const begun = await beginSignIn(world.stranger(), login)
    if (!('sent' in begun)) throw new Error('no code was asked for')
    expect(begun.sent.hint).toBe('example.test')
    const { secret } = begun.sent
    const short = codeIn(await mailed())
    const wrong = short === '000000' ? '000001' : '000000'
    expect(await faultOf(finishSignIn(world.stranger(), { secret, short: wrong }))).toBe(
      'wrong-credentials code',
    )
    expect((await finishSignIn(world.stranger(), { secret, short })).user.id).toBe(ann)
    expect(await faultOf(finishSignIn(world.stranger(), { secret, short }))).toBe(
      'wrong-credentials code',
    )
  })

  test('turning the second step off needs a code', async () => {
    const asked = await updateOwnAccount(own(), { secondStep: null, firstName: 'Nobody' })
    expect(asked.own.user.firstName).toBe('Anna')
    const short = codeIn(await mailed())
    const proof = { secret: asked.sent!.secret, short }
    const done = await updateOwnAccount(own(), { secondStep: null, proof })
    expect(hasSecondStep(done.own.user)).toBe(false)
    expect(Object.hasOwn(await beginSignIn(world.stranger(), login), 'session')).toBe(true)
    const without = { ...own(), mailer: null }
    expect(await faultOf(updateOwnAccount(without, { secondStep: 'mail' }))).toBe(
      'unsupported mail',
    )
  })

  test('an address needs a proof; the old one is told, the new one confirms', async () => {
    const to = (email: string, more = {}) => changeEmail(own(), { email, link, ...more })
    await mailed()
    expect(await faultOf(to('no address'))).toBe('invalid user')
    expect(await faultOf(to('BOB@example.test'))).toBe('exists user')
    expect((await to('new@example.test')).user.email).toBe('new@example.test')
    const mails = await mailed()
    expect(mails.map((mail) => mail.to)).toEqual(['ann@example.test', 'new@example.test'])
    const secret = /verify\/([\w-]+)/.exec(mails[1]!.text)![1]!
    const isMeant = (email: string) => email === 'new@example.test'
    expect(await faultOf(verifyEmail(world.stranger(), { secret, isMeant: () => false }))).toBe(
      'wrong-credentials code',
    )
    expect(hasVerifiedEmail((await find())!)).toBe(false)
    world.advance(601)
    expect(await faultOf(to('late@example.test'))).toBe('password-required user')
    expect(await faultOf(to('late@example.test', { password: 'wrong' }))).toBe(
      'wrong-credentials user',
    )
    await to('late@example.test', { password: adminPassword })
    const [, second] = await mailed()
    const late = /verify\/([\w-]+)/.exec(second!.text)![1]!
    await verifyEmail(world.stranger(), { secret: late, isMeant: () => true, userId: ann })
    expect(hasVerifiedEmail((await find())!)).toBe(true)
    expect(await faultOf(verifyEmail(world.stranger(), { secret, isMeant }))).toBe(
      'wrong-credentials code',
    )
  })

  test('the login log tells of sign-ins, the latest first', async () => {
    const { session } = await signIn(world.stranger('192.0.2.9'), { ...login, kind: 'token' })
    world.advance(5)
    await endSession(world.as(ann, 0, session.id))
    const [last, ...before] = await loginLog(own(), { page })
    expect(last).toMatchObject({ address: '192.0.2.9', isOpen: false, endedAt: world.now() })
    expect(last!.startedAt).toBe(world.now() - 5000)
    expect(before.at(-1)).toMatchObject({ isOpen: true, endedAt: null, userAgent: 'test' })
    expect(await loginLog(world.as(world.adminId), { page: { offset: 9, limit: 9 } })).toEqual([])
  })
})
