import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castPeople } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { type FaceClient, isRefusal, type LinkRef, type Person, type Visitor } from './client.ts'
import { faces, pairs, signedIn } from './faces.ts'

describe('a link is one thing in every API', () => {
  let world: World
  let as: (face: FaceClient, login: string) => Promise<Person>
  beforeAll(async () => {
    world = await startWorld()
    await castPeople(world)
    as = signedIn(world)
  })
  afterAll(() => world?.stop())

  const made = async (face: FaceClient, path: string[], kind: LinkRef['kind'], secret?: string) => {
    const owner = await as(face, 'writer')
    expect(await owner.makeFolder(path)).toBeUndefined()
    expect(await owner.upload([...path, 'a.txt'], Buffer.from('alpha'))).toBeUndefined()
    const token = await owner.makeLink(path, kind, secret)
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
  const expectClosed = async (link: LinkRef, secret?: string) => {
    for (const face of faces) {
      const visitor = await face.visit(world.url, link, secret)
      expect(isRefusal(visitor), `${face.name} lets in`).toBe(true)
    }
    expect((await page(link)).status).toBe(404)
  }

  it.each(pairs)(
    'shows what is in it: made in $first.name, opened in $second.name, ended in $third.name',
    async ({ first, second, third }) => {
      const path = ['~', `${first.name} shows ${second.name}`]
      const link = await made(first, path, 'download', 'a secret')
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
})
