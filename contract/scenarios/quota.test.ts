import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dracoon } from '../dracoon/driver.ts'
import { callOperation } from '../face-driver.ts'
import { type Cast, castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import type { FaceClient } from './client.ts'
import { cloudikeClient } from './cloudike-client.ts'
import { faces } from './faces.ts'

/** What each is told where there is no room. */
const full: Readonly<Record<FaceClient['name'], number>> = {
  dracoon: 507,
  cloudike: 402,
  drumee: 507,
}

describe('the quota of a room', () => {
  let world: World
  let cast: Cast
  beforeAll(async () => {
    world = await startWorld()
    cast = await castPeople(world)
  })
  afterAll(() => world?.stop())

  const writer = (face: FaceClient) => face.signIn(world.url, 'writer', password)

  it.each(faces)('that is reached through $name is reached in all', async (filling) => {
    const room = `Room of ${filling.name}`
    const ids = await makeGiven(world.app, cast, room, {})
    const limited = await callOperation(
      dracoon,
      world.url,
      'updateRoom',
      { params: { room_id: ids.get('/') ?? 0 }, body: { quota: 5 } },
      await dracoon.signIn(world.url, 'admin', password),
    )
    expect(limited.status, limited.text).toBe(200)
    const filler = await writer(filling)
    expect(await filler.upload([room, 'five'], Buffer.from('12345'))).toBeUndefined()
    for (const face of faces) {
      const person = await writer(face)
      const refused = await person.upload([room, `more of ${face.name}`], Buffer.from('6'))
      expect(refused, face.name).toMatchObject({ status: full[face.name] })
      expect(await person.list([room])).toMatchObject([{ name: 'five', size: 5 }])
    }
    const next = faces[(faces.indexOf(filling) + 1) % faces.length] ?? filling
    expect(await filler.remove([room, 'five'])).toBeUndefined()
    const other = await writer(next)
    expect(await other.upload([room, 'again'], Buffer.from('12345'))).toBeUndefined()
  })

  it('a file of a room that is moved by its path is the same file where it comes to', async () => {
    const ids = await makeGiven(world.app, cast, 'Paths', {
      '/from': 'folder',
      '/from/a.txt': { file: 'alpha' },
      '/to': 'folder',
    })
    const alice = await writer(cloudikeClient)
    expect(await alice.move(['Paths', 'from', 'a.txt'], ['Paths', 'to'])).toBeUndefined()
    const headers = await dracoon.signIn(world.url, 'reader', password)
    const params = { node_id: ids.get('/from/a.txt') ?? 0 }
    const { body } = await callOperation(dracoon, world.url, 'requestNode', { params }, headers)
    expect(body).toMatchObject({ parentId: ids.get('/to'), parentPath: '/Paths/to/', size: 5 })
  })
})
