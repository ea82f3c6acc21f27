import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { memoryTexter } from '../../adapters/texts/memory.ts'
import { sendOwnCode } from '../codes/send-own-code.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { beginSignIn, finishSignIn } from '../sessions/begin-sign-in.ts'
import { signIn } from '../sessions/sign-in.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { changeUser } from './change-user.ts'
import { codeNumberOf, secondStepBy } from './second-step.ts'
import { type UpdateOwnAccount, updateOwnAccount } from './update-own-account.ts'

describe.each(await testDatabases())('the second step by text message on $kind', (databases) => {
  const mailer = memoryMailer()
  const texter = memoryTexter()
  let world: IdentityWorld
  let ann: number
  let sessionId: number

  beforeAll(async () => {
    world = await identityWorld(databases, { mailer, texter })
    ann = await world.addUser('ann')
    await world
      .asAdmin()
      .write((tx) => tx.users.update(ann, { email: 'ann@example.test', phone: '+49 170 1234567' }))
    sessionId = (await signIn(world.stranger(), { ...login, kind: 'cookie' })).session.id
  })
  afterAll(() => world.stop())

  const login = { login: 'ann', password: adminPassword }
  const number = '+491701234567'
  const own = () => world.as(ann, 0, sessionId)
  const find = async () => (await world.asAdmin().read((tx) => tx.users.find(ann)))!
  const update = (input: UpdateOwnAccount) => updateOwnAccount(own(), input)
  /** What was sent since the last time: where to, and the six digits. */
  const sent = async () => {
    texter.sent.length = 0
    mailer.sent.length = 0
    await runJobs(world.app, world.tenant)
    return [...texter.sent, ...mailer.sent].map(({ to, text }) => ({
      to,
      short: /\b\d{6}\b/.exec(text)?.[0] ?? '',
    }))
  }
  const only = async () => {
    const [one, ...more] = await sent()
    if (!one || more.length > 0) throw new Error('not one message')
    return one
  }

  test('is turned on by a code to the number', async () => {
    const asked = await update({ secondStep: 'text' })
    expect(secondStepBy(await find())).toBe(null)
    expect(asked.sent).toMatchObject({ channel: 'text', hint: '4567' })
    const { to, short } = await only()
    expect(to).toBe(number)
    const proof = { secret: asked.sent!.secret, short }
    const wrong = { ...proof, short: short === '000000' ? '000001' : '000000' }
    expect(await faultOf(update({ secondStep: 'text', proof: wrong }))).toBe(
      'wrong-credentials code',
    )
    await update({ secondStep: 'text', proof })
    expect(secondStepBy(await find())).toBe('text')
    expect(await faultOf(update({ secondStep: 'text', proof }))).toBe('wrong-credentials code')
    expect((await update({ secondStep: 'text' })).sent).toBeUndefined()
    expect(await sent()).toEqual([])
  })

  test('sends codes to that number, whatever the account says since', async () => {
    await update({ phone: '+43 699 1234567' })
    const begun = await beginSignIn(world.stranger(), login)
    if (!('sent' in begun)) throw new Error('no code was asked for')
    expect(begun.sent).toMatchObject({ channel: 'text', hint: '4567' })
    const { to, short } = await only()
    expect(to).toBe(number)
    const { secret } = begun.sent
    expect((await finishSignIn(world.stranger(), { secret, short })).user.id).toBe(ann)
    expect((await sendOwnCode(own(), { purpose: 'confirm' })).hint).toBe('4567')
    expect((await only()).to).toBe(number)
  })

  test('a code for one number proves no other', async () => {
    const asked = await update({ secondStep: 'text' })
    const { to, short } = await only()
    expect(to).toBe('+436991234567')
    const proof = { secret: asked.sent!.secret, short }
    const other = update({ secondStep: 'text', phone: '+436990000000', proof })
    expect(await faultOf(other)).toBe('wrong-credentials code')
    expect(codeNumberOf(await find())).toBe(number)
  })

  test('by mail where no text messages are sent any more', async () => {
    const code = await sendOwnCode({ ...own(), texter: null }, { purpose: 'confirm' })
    expect(code).toMatchObject({ channel: 'mail', hint: 'example.test' })
    expect((await only()).to).toBe('ann@example.test')
  })

  test('an administrator moves them with the number', async () => {
    const { profile, phone: old } = await find()
    const change = async (phone: string) => {
      await changeUser(world.asAdmin(), { id: ann, phone })
      return codeNumberOf(await find())
    }
    expect(await change('+43 1 234567')).toBe('+431234567')
    expect(await change('234567')).toBe(null)
    expect(secondStepBy(await find())).toBe('mail')
    await world.asAdmin().write((tx) => tx.users.update(ann, { profile, phone: old }))
  })

  test('to mail or off needs a code from there', async () => {
    const asked = await update({ secondStep: 'mail' })
    expect(asked.sent?.channel).toBe('text')
    const { short } = await only()
    await update({ secondStep: 'mail', proof: { secret: asked.sent!.secret, short } })
    expect(secondStepBy(await find())).toBe('mail')
    expect(codeNumberOf(await find())).toBe(null)
  })

  test('takes a number with its country, a gateway, and a sign-in of a moment ago', async () => {
    for (const phone of [null, '0170 1234567']) {
      expect(await faultOf(update({ secondStep: 'text', phone })), `${phone}`).toBe('invalid user')
    }
    const without = updateOwnAccount({ ...own(), texter: null }, { secondStep: 'text' })
    expect(await faultOf(without)).toBe('unsupported text')
    world.advance(world.app.limits.codeSeconds + 1)
    expect(await faultOf(update({ secondStep: 'text' }))).toBe('password-required user')
    expect(await sent()).toEqual([])
  })

  test('codes of a day are counted', async () => {
    const send = async () => {
      world.advance(world.app.limits.loginLockSeconds + 1)
      const { session } = await signIn(world.stranger(), { ...bob, kind: 'cookie' })
      const ctx = world.as(bobId, 0, session.id)
      return updateOwnAccount(ctx, { secondStep: 'text' })
    }
    const bob = { login: 'bob', password: adminPassword }
    const bobId = await world.addUser('bob')
    await world.asAdmin().write((tx) => tx.users.update(bobId, { phone: '+49 30 1234567' }))
    world.advance(86_400 - ((world.asAdmin().now / 1000) % 86_400))
    for (let at = 0; at < world.app.limits.textsPerDay; at += 1) await send()
    expect(await faultOf(send())).toBe('locked text')
  })
})
