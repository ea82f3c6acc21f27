import { afterAll, beforeAll, describe, it } from 'vitest'
import { castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import type { FaceClient } from './client.ts'
import { cloudikeClient } from './cloudike-client.ts'
import { dracoonClient } from './dracoon-client.ts'
import { drumeeClient } from './drumee-client.ts'
import { type Stage, scenarios } from './scenarios.ts'

const faces: readonly FaceClient[] = [dracoonClient, cloudikeClient, drumeeClient]
const pairs = faces.flatMap((writing) => faces.map((reading) => ({ writing, reading })))

describe.each(pairs)('$writing.name writes, $reading.name reads', ({ writing, reading }) => {
  let world: World
  let cast: Awaited<ReturnType<typeof castPeople>>
  beforeAll(async () => {
    world = await startWorld()
    cast = await castPeople(world)
  })
  afterAll(() => world?.stop())

  for (const [index, scenario] of scenarios.entries()) {
    it(scenario.name, async () => {
      const room = `Room ${index}`
      await makeGiven(world.app, cast, room, {})
      const as = (login: string) => (face: FaceClient) => face.signIn(world.url, login, password)
      const stage: Stage = {
        writing,
        reading,
        room,
        writer: as('writer'),
        reader: as('reader'),
        member: as('member'),
      }
      await scenario.run(stage)
    })
  }
})
