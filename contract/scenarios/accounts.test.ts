import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeUser } from '../../server/core/users/change-user.ts'
import { removeUser } from '../../server/core/users/remove-user.ts'
import { type Cast, castPeople, contextOf, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { isRefusal, type LinkRef } from './client.ts'
import { dracoonClient } from './dracoon-client.ts'
import { faces } from './faces.ts'

describe('an account is one thing in every API', () => {
  let world: World
  let cast: Cast
  beforeAll(async () => {
    world = await startWorld()
    cast = await castPeople(world)
  })
  afterAll(() => world?.stop())

  it.each(faces)('a password that is changed in $name ends all other sessions', async (face) => {
    const next = `${password} of ${face.name}`
    const sessions = await Promise.all(
      faces.map((one) => one.signIn(world.url, 'reader', password)),
    )
    const changing = await face.signIn(world.url, 'reader', password)
    const changed = await changing.changePassword(password, next)
    expect(changed, changed?.text).toBeUndefined()
    expect(await changing.list(['~'])).toEqual([])
    for (const [at, one] of faces.entries()) {
      expect(await sessions[at]?.list(['~']), one.name).toMatchObject({
        refused: 'unauthenticated',
      })
      await expect(one.signIn(world.url, 'reader', password)).rejects.toThrow()
      expect(await (await one.signIn(world.url, 'reader', next)).list(['~'])).toEqual([])
    }
    expect(await changing.changePassword(next, password)).toBeUndefined()
  })

  /** A folder of the writer's with a link, in which the member is. */
  const given = async (name: string): Promise<LinkRef> => {
    const owner = await dracoonClient.signIn(world.url, 'writer', password)
    expect(await owner.share(['~', name], 'member@example.test', 'read')).toBeUndefined()
    expect(await owner.upload(['~', name, 'a.txt'], Buffer.from('alpha'))).toBeUndefined()
    const token = await owner.makeLink(['~', name], 'download')
    return { token: String(token), kind: 'download' }
  }

  it('whoever is locked is out of all, his links with him, and back when he is not', async () => {
    const admin = contextOf(world.app, cast.tenant, cast.ids.admin)
    const link = await given('Locked')
    const sessions = await Promise.all(
      faces.map((one) => one.signIn(world.url, 'writer', password)),
    )
    const visitors = await Promise.all(faces.map((one) => one.visit(world.url, link)))
    await changeUser(admin, { id: cast.ids.writer, isLocked: true })
    for (const [at, face] of faces.entries()) {
      const out = await sessions[at]?.list(['~'])
      expect(out, face.name).toMatchObject({ refused: 'unauthenticated' })
      await expect(face.signIn(world.url, 'writer', password)).rejects.toThrow()
      const visitor = visitors[at]
      if (!visitor || isRefusal(visitor)) throw new Error(`${face.name} lets no visitor in`)
      expect(isRefusal(await visitor.download(['a.txt'])), face.name).toBe(true)
      expect(isRefusal(await face.visit(world.url, link)), face.name).toBe(true)
      const carol = await face.signIn(world.url, 'member', password)
      expect(await carol.download(['Locked', 'a.txt'])).toEqual(Buffer.from('alpha'))
    }
    await changeUser(admin, { id: cast.ids.writer, isLocked: false })
    for (const face of faces) {
      expect(isRefusal(await face.visit(world.url, link)), face.name).toBe(false)
      const owner = await face.signIn(world.url, 'writer', password)
      expect(await owner.list(['~'])).toMatchObject([{ name: 'Locked' }])
    }
  })

  it('whoever is removed takes his own along everywhere', async () => {
    const link = await given('Removed')
    const carols = await Promise.all(faces.map((one) => one.signIn(world.url, 'member', password)))
    const sessions = await Promise.all(
      faces.map((one) => one.signIn(world.url, 'writer', password)),
    )
    const admin = contextOf(world.app, cast.tenant, cast.ids.admin)
    await removeUser(admin, { id: cast.ids.writer })
    for (const [at, face] of faces.entries()) {
      expect(await sessions[at]?.list(['~'])).toMatchObject({ refused: 'unauthenticated' })
      expect(await carols[at]?.list(['Removed'])).toMatchObject({ refused: 'not-found' })
      expect(isRefusal(await face.visit(world.url, link)), face.name).toBe(true)
    }
  })
})
