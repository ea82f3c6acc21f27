import { password } from '../scene.ts'
import type { World } from '../world.ts'
import type { FaceClient, Person } from './client.ts'
import { cloudikeClient } from './cloudike-client.ts'
import { dracoonClient } from './dracoon-client.ts'
import { drumeeClient } from './drumee-client.ts'

export const faces = [dracoonClient, cloudikeClient, drumeeClient] as const

export type Pair = {
  readonly first: FaceClient
  readonly second: FaceClient
  /** Another than both. */
  readonly third: FaceClient
}

/** Every face with every face. */
export const pairs: readonly Pair[] = faces.flatMap((first) =>
  faces.flatMap((second) => {
    const third = faces.find((one) => one !== first && one !== second)
    return third ? [{ first, second, third }] : []
  }),
)

/** People of a world through its faces; each signs in once. */
export function signedIn(world: World): (face: FaceClient, login: string) => Promise<Person> {
  const people = new Map<string, Promise<Person>>()
  return (face, login) => {
    const key = `${face.name} ${login}`
    const person = people.get(key) ?? face.signIn(world.url, login, password)
    people.set(key, person)
    return person
  }
}
