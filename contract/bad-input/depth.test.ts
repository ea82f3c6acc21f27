import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudikeDriver } from '../cloudike/driver.ts'
import { drumee } from '../drumee/driver.ts'
import { type FaceClient, isRefusal, type Person } from '../scenarios/client.ts'
import { cloudikeClient } from '../scenarios/cloudike-client.ts'
import { dracoonClient } from '../scenarios/dracoon-client.ts'
import { drumeeClient } from '../scenarios/drumee-client.ts'
import { castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'

const faces: readonly FaceClient[] = [dracoonClient, cloudikeClient, drumeeClient]
const limit = 6

describe('depth', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ env: { STRONGROOM_MAX_PATH_DEPTH: String(limit) } })
    const cast = await castPeople(world)
    for (const { name } of faces) {
      await makeGiven(world.app, cast, name, { '/tree': 'folder', '/tree/below': 'folder' })
    }
  })
  afterAll(() => world?.stop())

  describe.each(faces)('through $name', (face) => {
    let person: Person
    const deepest = () => [face.name, ...Array.from({ length: limit - 2 }, (_, at) => `f${at}`)]
    beforeAll(async () => {
      person = await face.signIn(world.url, 'writer', password)
    })

    it('folders lie within one another up to the limit, with a file in the last', async () => {
      const way = deepest()
      for (let at = 2; at <= way.length; at++) {
        expect(await person.makeFolder(way.slice(0, at))).toBeUndefined()
      }
      expect(await person.upload([...way, 'a.txt'], Buffer.from('deep'))).toBeUndefined()
      expect(await person.download([...way, 'a.txt'])).toEqual(Buffer.from('deep'))
      expect(await person.list(way)).toEqual([{ name: 'a.txt', kind: 'file', size: 4 }])
    })

    it('one more is refused clearly, made, moved or copied, and nothing comes of it', async () => {
      const way = deepest()
      const tree = [face.name, 'tree']
      const answers = [
        await person.makeFolder([...way, 'more']),
        await person.move(tree, way.slice(0, -1)),
        await person.copy(tree, way.slice(0, -1)),
      ]
      for (const answer of answers) {
        expect(answer?.refused, answer?.text).toBe('invalid')
        expect(answer?.text, answer?.text).toMatch(/deep|-41200/i)
      }
      const left = await person.list(way)
      expect(isRefusal(left) ? left : left.map(({ name }) => name)).toEqual(['a.txt'])
      expect(await person.list(tree)).toHaveLength(1)
    })
  })

  it('paths of 1,000 names are refused and not cut off', async () => {
    const path = '/drumee/a'.padEnd(2000, '/a')
    const cloudike = await cloudikeDriver.signIn(world.url, 'writer', password)
    const own = await drumee.signIn(world.url, 'writer', password)
    const json = { 'content-type': 'application/json' }
    const post = (address: string, headers: object, body: object) =>
      fetch(world.url + address, {
        method: 'POST',
        headers: { ...headers, ...json },
        body: JSON.stringify(body),
      })
    const answers = [
      await post('/api/1/fileops/folder_create/', cloudike, { path }),
      await post('/api/1/files/create/', cloudike, { path, size: 1 }),
      await fetch(`${world.url}/api/1/metadata${path}`, { headers: cloudike }),
      await post('/-/svc/media.make_dir', own, { ownpath: path, dirname: 'x', hub_id: '0' }),
      await post('/-/svc/media.make_dir', own, { pid: path, dirname: 'x', hub_id: '0' }),
      await fetch(`${world.url}/-/svc/media.upload`, {
        method: 'POST',
        headers: {
          ...own,
          'x-param-xia-data': JSON.stringify({ filename: 'x', ownpath: path, hub_id: '0' }),
        },
        body: 'x',
      }),
    ]
    for (const answer of answers) {
      expect(answer.status, `${answer.url.slice(0, 60)} ${await answer.text()}`).toBe(400)
    }
  })
})
