import { afterAll, beforeAll, describe, it } from 'vitest'
import { createGroup } from '../../server/core/groups/create-group.ts'
import { addGroupMembers, removeGroupMembers } from '../../server/core/groups/group-members.ts'
import { READ } from '../../server/core/permissions/permission.ts'
import { setRoomGrants } from '../../server/core/permissions/set-room-grants.ts'
import { type Cast, castPeople, contextOf, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { pairs, signedIn } from './faces.ts'
import { scenarios } from './scenarios.ts'

describe('people who use several APIs', () => {
  let world: World
  let cast: Cast
  let as: ReturnType<typeof signedIn>
  beforeAll(async () => {
    world = await startWorld()
    cast = await castPeople(world)
    as = signedIn(world)
  })
  afterAll(() => world?.stop())

  describe.each(pairs)('$first.name writes, $second.name reads', ({ first, second }) => {
    for (const { name, run } of scenarios) {
      it(name, async () => {
        const room = `${first.name} ${second.name} ${name}`
        const given = await makeGiven(world.app, cast, room, {})
        await run({
          writing: first,
          reading: second,
          room,
          writer: (face) => as(face, 'writer'),
          reader: (face) => as(face, 'reader'),
          member: (face) => as(face, 'member'),
          memberJoins: () => memberJoins(world, cast, given.get('/') ?? 0, room),
          anew: () => first.signIn(world.url, 'writer', password),
        })
      })
    }
  })
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
