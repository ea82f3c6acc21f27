import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { castPeople, strangerHost } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import {
  type FaceClient,
  isRefusal,
  type LinkRef,
  type LinkTerms,
  type Person,
  type Visitor,
} from './client.ts'
import { drumeeClient } from './drumee-client.ts'
import { faces, pairs, signedIn } from './faces.ts'

describe('a link is one thing in every API', () => {
  let world: World
  let as: (face: FaceClient, login: string) => Promise<Person>
  beforeAll(async () => {
    world = await startWorld()
    await castPeople(world)
    as = signedIn(world)
  })
  afterEach(() => vi.restoreAllMocks())
  afterAll(() => world?.stop())

  const made = async (
    face: FaceClient,
    path: string[],
    kind: LinkRef['kind'],
    terms?: LinkTerms,
  ) => {
    const owner = await as(face, 'writer')
    expect(await owner.makeFolder(path)).toBeUndefined()
    expect(await owner.upload([...path, 'a.txt'], Buffer.from('alpha'))).toBeUndefined()
    const token = await owner.makeLink(path, kind, terms)
    expect(isRefusal(token), JSON.stringify(token)).toBe(false)
    return { token: String(token), kind }
  }
  const entered = async (face: FaceClient, link: LinkRef, secret?: string): Promise<Visitor> => {
    const visitor = await face.visit(world.url, link, secret)
    if (isRefusal(visitor)) throw new Error(`${face.name}: ${visitor.status} ${visitor.text}`)
    return visitor
  }
  const page = ({ token }: LinkRef, more: RequestInit = {}) =>
    fetch(`${world.url}/public/shares/${token}`, more)
  const pageAfterPassword = async (link: LinkRef, secret: string) => {
    const { url } = await page(link)
    const body = new URLSearchParams({ password: secret })
    const given = await fetch(url, { method: 'POST', body, redirect: 'manual' })
    const cookie = given.headers.get('set-cookie')?.split(';')[0] ?? ''
    return (await fetch(url, { headers: { cookie } })).text()
  }
  const expectClosed = async (link: LinkRef, secret?: string, pageStatus = 404) => {
    for (const face of faces) {
      const visitor = await face.visit(world.url, link, secret)
      expect(isRefusal(visitor), `${face.name} lets in`).toBe(true)
    }
    expect((await page(link)).status).toBe(pageStatus)
  }

  it.each(pairs)(
    'shows what is in it: made in $first.name, opened in $second.name, ended in $third.name',
    async ({ first, second, third }) => {
      const path = ['~', `${first.name} shows ${second.name}`]
      const link = await made(first, path, 'download', { password: 'a secret' })
      for (const wrong of [undefined, 'wrong']) {
        expect(isRefusal(await second.visit(world.url, link, wrong)), wrong).toBe(true)
      }
      const visitor = await entered(second, link, 'a secret')
      expect(await visitor.list([])).toEqual([{ name: 'a.txt', kind: 'file', size: 5 }])
      expect(await visitor.download(['a.txt'])).toEqual(Buffer.from('alpha'))
      expect(isRefusal(await visitor.bring('b', Buffer.from('b')))).toBe(true)
      expect(await pageAfterPassword(link, 'a secret')).toContain('a.txt')
      expect(await (await as(third, 'writer')).endLink(path, link.token)).toBeUndefined()
      expect(isRefusal(await visitor.list([]))).toBe(true)
      expect(isRefusal(await visitor.download(['a.txt']))).toBe(true)
      await expectClosed(link, 'a secret')
    },
  )

  it.each(pairs)(
    'takes files: made in $first.name, brought in $second.name, ended in $third.name',
    async ({ first, second, third }) => {
      const path = ['~', `${first.name} takes ${second.name}`]
      const link = await made(first, path, 'upload')
      const visitor = await entered(second, link)
      expect(await visitor.bring('b', Buffer.from('brought'))).toBeUndefined()
      const shown = await visitor.list([])
      expect(isRefusal(shown) ? [] : shown).toEqual([])
      expect(isRefusal(await visitor.download(['a.txt']))).toBe(true)
      const owner = await as(third, 'writer')
      expect(await owner.download([...path, 'b'])).toEqual(Buffer.from('brought'))
      expect(await owner.endLink(path, link.token)).toBeUndefined()
      expect(isRefusal(await visitor.bring('c', Buffer.from('c')))).toBe(true)
      await expectClosed(link)
      expect(await owner.list(path)).toHaveLength(2)
    },
  )

  it.each(pairs)(
    'made in $first.name, gone with its folder in $second.name, back in $third.name',
    async ({ first, second, third }) => {
      const path = ['~', `${first.name} is back from ${second.name}`]
      const link = await made(first, path, 'download')
      expect(await (await as(second, 'writer')).remove(path)).toBeUndefined()
      await expectClosed(link)
      expect(await (await as(third, 'writer')).restore(path)).toBeUndefined()
      for (const face of faces) {
        const visitor = await entered(face, link)
        expect(await visitor.download(['a.txt']), face.name).toEqual(Buffer.from('alpha'))
      }
    },
  )

  it.each(faces)('a box gives and takes in $name, and is closed at once', async (face) => {
    const path = ['~', `Box for ${face.name}`]
    const owner = await as(drumeeClient, 'writer')
    expect(await owner.makeFolder(path)).toBeUndefined()
    expect(await owner.upload([...path, 'a.txt'], Buffer.from('alpha'))).toBeUndefined()
    const token = await owner.makeBox(path, { password: 'a secret' })
    const link = { token: String(token), kind: 'download' } as const
    expect(isRefusal(await face.visit(world.url, link, 'wrong'))).toBe(true)
    const visitor = await entered(face, link, 'a secret')
    expect(await visitor.download(['a.txt'])).toEqual(Buffer.from('alpha'))
    expect(await visitor.bring('b', Buffer.from('brought'))).toBeUndefined()
    expect(await visitor.list([])).toHaveLength(2)
    expect(await owner.download([...path, 'b'])).toEqual(Buffer.from('brought'))
    expect(await (await as(face, 'writer')).endLink(path, link.token)).toBeUndefined()
    expect(isRefusal(await visitor.bring('c', Buffer.from('c')))).toBe(true)
    await expectClosed(link, 'a secret')
  })

  it.each(faces)('made in $name for an hour it is closed everywhere after it', async (face) => {
    const link = await made(face, ['~', `An hour of ${face.name}`], 'download', { hours: 1 })
    const visitor = await entered(face, link)
    vi.spyOn(world.app, 'clock').mockImplementation(() => Date.now() + 61 * 60_000)
    await expectClosed(link, undefined, 410)
    expect(isRefusal(await visitor.download(['a.txt']))).toBe(true)
  })

  it('opens nothing at another organisation', async () => {
    const link = await made(faces[0], ['~', 'Elsewhere'], 'download')
    const elsewhere = world.url.replace('127.0.0.1', strangerHost)
    for (const face of faces) {
      expect(isRefusal(await face.visit(elsewhere, link)), face.name).toBe(true)
    }
    expect((await fetch(`${elsewhere}/public/shares/${link.token}`)).status).toBe(404)
  })
})
