import { afterAll, beforeAll, expect, it } from 'vitest'
import { castPeople } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { type FaceClient, hasWord, type Person } from './client.ts'
import { faces, pairs, signedIn } from './faces.ts'

let world: World
let as: (face: FaceClient, login: string) => Promise<Person>

beforeAll(async () => {
  world = await startWorld()
  await castPeople(world)
  as = signedIn(world)
})
afterAll(() => world?.stop())

const writer = (face: FaceClient) => as(face, 'writer')
const telling = faces.filter((face) => hasWord(face, 'earlier'))

it.each(pairs.filter(({ second }) => hasWord(second, 'bringBack')))(
  'what was overwritten in $first.name and $third.name comes back in $second.name',
  async ({ first, second, third }) => {
    const path = ['~', `${first.name} and ${second.name}.txt`]
    for (const [face, text] of [
      [first, 'a'],
      [third, 'bb'],
      [first, 'ccc'],
    ] as const) {
      const person = await writer(face)
      expect(await person.upload(path, Buffer.from(text), { replace: true })).toBeUndefined()
    }
    for (const face of telling) expect(await (await writer(face)).earlier(path)).toEqual([2, 1])
    const back = await (await writer(second)).bringBack(path, 1)
    expect(back, back?.text).toBeUndefined()
    for (const face of faces) {
      expect(await (await writer(face)).download(path), face.name).toEqual(Buffer.from('a'))
    }
    const [one, other] = await Promise.all(
      telling.map(async (face) => (await writer(face)).earlier(path)),
    )
    expect(one).toEqual(other)
    expect(one).toEqual(expect.arrayContaining([3, 2]))
  },
)
