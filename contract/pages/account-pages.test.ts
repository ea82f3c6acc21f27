import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueCode } from '../../server/core/codes/issue-code.ts'
import { contextFor } from '../../server/core/ctx.ts'
import { createUser } from '../../server/core/users/create-user.ts'
import { leave } from '../../server/core/users/leave.ts'
import { drumee } from '../drumee/driver.ts'
import { callOperation } from '../face-driver.ts'
import { type MailSink, mailedUrl, startMailSink } from '../mail-sink.ts'
import { contextOf, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'

const chosen = 'another-good-password'

describe('the pages that mails about accounts lead to', () => {
  let sink: MailSink
  let world: World
  beforeAll(async () => {
    sink = await startMailSink()
    world = await startWorld({ env: sink.env })
  })
  afterAll(async () => {
    await world?.stop()
    await sink?.stop()
  })

  const get = async (path: string) => {
    const response = await fetch(world.url + path, { redirect: 'manual' })
    const location = response.headers.get('location')
    return { status: response.status, location, text: await response.text() }
  }
  const post = async (path: string, form: Record<string, string>) => {
    const body = new URLSearchParams(form)
    const response = await fetch(world.url + path, { method: 'POST', body })
    return { status: response.status, text: await response.text() }
  }
  const call = (op: string, body: object, headers = {}) =>
    callOperation(drumee, world.url, op, { body }, headers)
  const signsIn = async (ident: string, word: string) => {
    const { body } = await call('yp.login', { vars: { ident, password: word } })
    return (body as { data: { status: string } }).data.status
  }
  /** As a browser does that is led by a mail: '/-/', what follows '#', and the page meant. */
  const follow = async (link: string) => {
    const { pathname, hash } = new URL(link)
    const front = await get(pathname)
    expect([front.status, front.location]).toEqual([302, '/public/go'])
    const led = await get(`/public/go?at=${encodeURIComponent(hash)}`)
    expect(led.status).toBe(303)
    return led.location ?? ''
  }
  const secretOf = (path: string) => new URL(path, world.url).searchParams.get('secret') ?? ''
  const personOf = async (userName: string) => {
    const tenant = (await world.app.store.tenants.findDefault())!
    const admin = await world.app.store.read(tenant.id, (tx) => tx.users.findByLogin('admin'))
    const ctx = contextOf(world.app, tenant, admin!.id)
    const email = `${userName}@example.test`
    const person = { userName, firstName: userName, lastName: 'Person', email, password }
    const { user } = await createUser(ctx, person)
    return { tenant, email, id: user.id }
  }

  it('set a new password, once', async () => {
    const { email } = await personOf('ann')
    await call('butler.get_reset_token', { email })
    const page = await follow((await sink.waitForMail(email)).link())
    expect((await get(page)).text).toContain('For the account ann')
    const secret = secretOf(page)
    const path = '/public/account/password'
    const differ = await post(path, { secret, password: chosen, repeated: 'x' })
    expect(differ.status).toBe(400)
    expect(differ.text).toContain('role="alert">The two passwords differ.')
    const short = await post(path, { secret, password: 'x', repeated: 'x' })
    expect(short.text).toContain('role="alert">The password is too short.')
    const set = await post(path, { secret, password: chosen, repeated: chosen })
    expect([set.status, set.text.includes('Your password is set')]).toEqual([200, true])
    expect(await signsIn('ann', chosen)).toBe('ok')
    const again = await post(path, { secret, password, repeated: password })
    expect(again).toMatchObject({ status: 410 })
    expect(again.text).toContain('This link does not work')
    expect(await get(page)).toMatchObject({ status: 410 })
  })

  it('confirm an address at the press of a button', async () => {
    const { email, id, tenant } = await personOf('bob')
    const sid = await drumee.signIn(world.url, 'bob', password)
    await call('drumate.change_email', { email: 'bob2@example.test', password }, sid)
    const page = await follow((await sink.waitForMail('bob2@example.test')).link())
    expect(email).not.toBe('bob2@example.test')
    const verified = async () =>
      (await world.app.store.read(tenant.id, (tx) => tx.users.find(id)))?.profile.verifiedEmail
    expect((await get(page)).status).toBe(200)
    expect(await verified()).not.toBe('bob2@example.test')
    const done = await post('/public/account/address', { secret: secretOf(page) })
    expect(done.text).toContain('Your address is confirmed')
    expect(await verified()).toBe('bob2@example.test')
  })

  it('bring an account back', async () => {
    const { email, id, tenant } = await personOf('cid')
    const actor = { kind: 'user', userId: id, roles: 0, sessionId: 0 } as const
    const ctx = contextFor(world.app, tenant, actor, 'test')
    const left = { purpose: 'leave', userId: id, seconds: 60 } as const
    const { secret } = await ctx.write((tx) => issueCode(ctx, tx, left))
    await leave(ctx, { secret, link: `${mailedUrl}/-/#/welcome/back={secret}` })
    expect(await signsIn('cid', password)).not.toBe('ok')
    const page = await follow((await sink.waitForMail(email)).link())
    expect((await get(page)).text).toContain('Bring my account back')
    const back = await post('/public/account/return', { secret: secretOf(page) })
    expect(back.text).toContain('Your account is back')
    expect(await signsIn('cid', password)).toBe('ok')
  })

  it('say what does not work', async () => {
    for (const name of ['password', 'address', 'return', 'approval']) {
      const page = await get(`/public/account/${name}?secret=nothing`)
      expect([name, page.status]).toEqual([name, 410])
      expect(await post(`/public/account/${name}`, {})).toMatchObject({ status: 410 })
    }
    const nowhere = await get(`/public/go?at=${encodeURIComponent('#/desk')}`)
    expect(nowhere.status).toBe(404)
    expect(nowhere.text).toContain('href="/"')
    expect((await get('/public/go')).text).toContain('name="at"')
    expect((await get('/public/go?at=%23/welcome/checkout')).text).toContain('closed')
    expect(await get('/public/shares/nothing')).toMatchObject({ status: 404 })
  })
})
