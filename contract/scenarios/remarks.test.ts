import { afterAll, beforeAll, expect, it } from 'vitest'
import { castPeople, makeGiven } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { type FaceClient, hasWord, type Person } from './client.ts'
import { type Pair, pairs, signedIn } from './faces.ts'

let world: World
let as: (face: FaceClient, login: string) => Promise<Person>

beforeAll(async () => {
  world = await startWorld()
  const cast = await castPeople(world)
  await makeGiven(world.app, cast, 'Room', { '/f': 'folder' })
  as = signedIn(world)
})
afterAll(() => world?.stop())

const writer = (face: FaceClient) => as(face, 'writer')
/** The first of the faces that has words for comments. */
const speaking = ({ first, second, third }: Pair) =>
  [first, second, third].find((face) => hasWord(face, 'comment')) ?? first

it.each(pairs)(
  'what is deleted in $first.name comes back in $second.name, with what was said',
  async (pair) => {
    const { first, second, third } = pair
    for (const top of ['Room', '~']) {
      const parent = top === 'Room' ? [top, 'f'] : [top]
      const path = [...parent, `${first.name} and ${second.name}.txt`]
      const alice = await writer(first)
      expect(await alice.upload(path, Buffer.from('alpha'))).toBeUndefined()
      const text = `look at ${path.join('/')}`
      expect(await (await writer(speaking(pair))).comment(path, text)).toBeUndefined()
      expect(await alice.remove(path)).toBeUndefined()
      expect(await (await writer(third)).download(path)).toMatchObject({ refused: 'not-found' })
      const restored = await (await writer(second)).restore(path)
      expect(restored, restored?.text).toBeUndefined()
      expect(await (await writer(third)).download(path)).toEqual(Buffer.from('alpha'))
      const reading = speaking({ first: third, second, third: first })
      expect(await (await writer(reading)).comments(path)).toEqual([text])
    }
  },
)
