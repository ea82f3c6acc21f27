import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { acceptInvitation } from '../shares/accept-invitation.ts'
import { invite } from '../shares/invite.ts'
import { faultOf, type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { createFolder } from './create-folder.ts'
import { type ListingReader, listingState, openListing, startListing } from './full-listing.ts'

describe.each(await testDatabases())('listings of everything on $kind', (databases) => {
  let world: NodeWorld
  beforeAll(async () => {
    world = await nodeWorld(databases)
  })
  afterAll(() => world.stop())

  const pathsOf = async (read: ListingReader, entries = read()): Promise<string[]> => {
    const found: string[] = []
    for await (const { node, rootPath } of entries) {
      found.push((rootPath ?? []).join('/'))
      if (node.kind !== 'file') found.push(...(await pathsOf(read, read({ id: node.id }))))
    }
    return found
  }

  test('rooms of others are in it as long as they may be read', async () => {
    const [ann, bob] = [world.as('ann'), world.as('bob')]
    const plans = await createFolder(ann, { path: ['plans'] })
    await createFolder(ann, { path: ['plans', 'old'] })
    const node = { id: plans.node.id }
    const { token = '' } = await invite(ann, { node, to: { login: 'bob' }, permissions: READ })
    await acceptInvitation(bob, { token })
    const started = await startListing(bob)
    expect(await listingState(bob, started)).toEqual({ progress: 0 })
    expect(await faultOf(listingState(ann, started))).toBe('not-found task')
    expect(await faultOf(listingState(bob, { id: -1 }))).toBe('not-found task')
    await runJobs(world.app, world.tenant)
    const { ticket = '' } = await listingState(bob, started)
    const read = await openListing(world.as('ann'), { ticket })
    expect(await pathsOf(read)).toEqual(['plans', 'plans/old'])
    const small = { ...ann, limits: { ...ann.limits, pageItems: 1 } }
    await createFolder(ann, { path: ['plans', 'new'] })
    const inPages = await openListing(small, { ticket })
    expect(await pathsOf(inPages)).toEqual(['plans', 'plans/new', 'plans/old'])
    const userId = bob.actor.kind === 'user' ? bob.actor.userId : 0
    await setRoomGrants(ann, { room: node, grants: [{ userId, permissions: 0 }] })
    expect(await pathsOf(read)).toEqual([])
    expect(await faultOf(openListing(ann, { ticket: `${ticket}x` }))).toBe('not-found ticket')
    const late = { ...ann, now: ann.now + 1000 * (ann.limits.downloadTtlSeconds + 1) }
    expect(await faultOf(openListing(late, { ticket }))).toBe('expired ticket')
  })
})
