import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'
import { password } from '../scene.ts'
import { body, done, fresh, isHash, statusAt } from './share-scene.ts'

const address = (scene: Scene) => `stranger-${scene.nodeId('/')}@example.test`
const asked = (name: string, more: object = {}) =>
  body((scene) => ({ path: scene.path(`/${name}`), member_login: address(scene), ...more }))
const linkTo = async (scene: Scene) => new URL((await scene.waitForMail(address(scene))).link())

/** The manager has invited him; `kept.secret` is what the mail holds. */
const invited = (name: string) => async (scene: Scene) => {
  await done(scene, 'sharesAdd', 'manager', asked(name)(scene))
  const link = await linkTo(scene)
  scene.kept.link = link
  scene.kept.secret = link.searchParams.get('hash') ?? ''
}
const registration = body((scene) => ({
  email: address(scene),
  password,
  name: 'Eve Newcomer',
  invite_hash: scene.kept.secret,
}))

/** What an account that was just made finds at a path of its own. */
const signedInAt = async (scene: Scene, path: string) => {
  const login = { login: `email:${address(scene)}`, password }
  const { token } = await done(scene, 'accountsLogin', null, { body: login })
  const headers = { 'mountbit-auth': String(token) }
  return (await scene.call('metadata', null, { params: { path }, headers })).status
}

/** Rows of a tenant where people may register, with mail; the other tenant has no seat left. */
export const strangerRows: readonly ContractRow[] = [
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'for an address of nobody makes an account that waits, and mails it a link',
    as: 'manager',
    given,
    send: asked(name, { invitation: 'Come in', lang: 'de' }),
    want: (scene: Scene) => ({
      status: 200,
      body: { hash: isHash, login: address(scene) },
      events: ['room.created', 'user.created', 'share.started', 'invitation.sent', 'code.issued'],
    }),
    async then(scene: Scene) {
      const mail = await scene.waitForMail(address(scene))
      expect(mail.subject).toBe('Sie sind eingeladen')
      expect(mail.text).toContain('Come in')
      expect(new URL(mail.link()).pathname).toBe('/public/register')
      const path = { query: { path: scene.path(`/${name}`) } }
      const { body: all } = await scene.call('sharesCollaborators', 'manager', path)
      const his = { login: `email:${address(scene)}`, status: 'waiting' }
      expect(all).toContainEqual(expect.objectContaining(his))
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'again before he registered makes no second account and sends no second mail',
    as: 'manager',
    given,
    before: invited(name),
    send: asked(name, { writer: true }),
    want: { status: 200, body: { hash: isHash } },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'for a language that is none is 400',
    as: 'manager',
    given,
    send: asked(name, { lang: 'no language' }),
    want: { status: 400, code: 'InvalidParameters' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUninvite',
    name: 'somebody who had not registered is no account any more',
    as: 'manager',
    given,
    before: invited(name),
    send: asked(name),
    want: { status: 200, events: ['invitation.revoked', 'user.deleted'] },
    async then(scene: Scene) {
      const { status } = await scene.call('accountsCreate', null, registration(scene))
      expect(status).toBe(401)
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'accountsGetinvited',
    name: 'tells the login that was invited',
    as: null,
    given,
    before: invited(name),
    send: (scene: Scene) => ({ query: { hash: String(scene.kept.secret) } }),
    want: (scene: Scene) => ({ status: 200, body: { login: `email:${address(scene)}` } }),
  }))(fresh()),
  (({ name, given }) => ({
    op: 'accountsCreate',
    name: 'with an invitation is ready at once, and the share is accepted',
    as: null,
    given,
    before: invited(name),
    send: registration,
    want: {
      status: 200,
      body: { is_approved: true, is_active: true },
      events: ['grant.changed', 'invitation.accepted', 'user.changed'],
    },
    async then(scene: Scene) {
      expect(await signedInAt(scene, `/${name}/a.txt`)).toBe(200)
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'accountsGetinvited',
    name: 'until he has registered on the page to which the mail leads',
    as: null,
    given,
    before: invited(name),
    send: (scene: Scene) => ({ query: { hash: String(scene.kept.secret) } }),
    want: (scene: Scene) => ({ status: 200, body: { login: `email:${address(scene)}` } }),
    async then(scene: Scene) {
      const { pathname, search } = scene.kept.link as URL
      const page = await fetch(scene.url + pathname + search)
      expect(await page.text()).toContain(address(scene))
      const names = { firstName: 'Eve', lastName: 'Newcomer' }
      const secret = String(scene.kept.secret)
      const sent = async (more: Record<string, string>) => {
        const form = new URLSearchParams({ hash: secret, ...names, ...more })
        return fetch(`${scene.url}/public/register`, { method: 'POST', body: form })
      }
      expect((await sent({ password, repeated: `${password}x` })).status).toBe(400)
      expect((await sent({ password: 'short', repeated: 'short' })).status).toBe(400)
      expect((await sent({ password, repeated: password })).status).toBe(200)
      expect((await sent({ password, repeated: password })).status).toBe(410)
      const again = await scene.call('accountsGetinvited', null, { query: { hash: secret } })
      expect(again.status).toBe(404)
      expect(await signedInAt(scene, `/${name}/a.txt`)).toBe(200)
      expect(await statusAt(scene, 'member', `/${name}`)).toBe(404)
    },
  }))(fresh()),
  {
    op: 'accountsCreate',
    name: 'in a tenant that has all the users it may have',
    as: 'stranger',
    send: { body: { email: 'one-more@example.test', password, name: 'One More' } },
    want: { status: 402, code: 'UsersLimitExceeded' },
  },
  {
    op: 'sharesAdd',
    name: 'for an address of nobody where no seat is left',
    as: 'stranger',
    before: async (scene) => {
      await done(scene, 'fileopsFolderCreate', 'stranger', { body: { path: '/full' } })
    },
    send: { body: { path: '/full', member_login: 'email:one-more@example.test' } },
    want: { status: 402, code: 'UsersLimitExceeded' },
  },
]
