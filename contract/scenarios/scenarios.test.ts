import { afterAll, beforeAll, describe, it } from 'vitest'
import { createGroup } from '../../server/core/groups/create-group.ts'
import { addGroupMembers, removeGroupMembers } from '../../server/core/groups/group-members.ts'
import { READ } from '../../server/core/permissions/permission.ts'
import { setRoomGrants } from '../../server/core/permissions/set-room-grants.ts'
import { type Cast, castPeople, contextOf, makeGiven, password } from '../scene.ts'
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
  let cast: Cast
  beforeAll(async () => {
    world = await startWorld()
    cast = await castPeople(world)
  })
  afterAll(() => world?.stop())

  for (const [index, scenario] of scenarios.entries()) {
    it(scenario.name, async () => {
      const room = `Room ${index}`
      const given = await makeGiven(world.app, cast, room, {})
      const as = (login: string) => (face: FaceClient) => face.signIn(world.url, login, password)
      const stage: Stage = {
        writing,
        reading,
        room,
        writer: as('writer'),
        reader: as('reader'),
        member: as('member'),
        memberJoins: () => memberJoins(world, cast, given.get('/') ?? 0, room),
      }
      await scenario.run(stage)
    })
  }
})

/** A group that reads a room, with member in it; answers how he leaves. */
async function memberJoins(world: World, cast: Cast, roomId: number, name: string) {
  const ctx = contextOf(world.app, cast.tenant, cast.ids.admin)
  const { group } = await createGroup(ctx, { name: `Readers of ${name}` })
  const grants = [{ groupId: group.id, permissions: READ }]
  await setRoomGrants(ctx, { room: { id: roomId }, grants })
  const membership = { id: group.id, userIds: [cast.ids.member] }
  await addGroupMembers(ctx, membership)
  return async () => {
    await removeGroupMembers(ctx, membership)
  }
}
