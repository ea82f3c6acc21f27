import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { castPeople } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { type FaceClient, hasWord, isRefusal, type Person, type Right } from './client.ts'
import { cloudikeClient } from './cloudike-client.ts'
import { dracoonClient } from './dracoon-client.ts'
import { drumeeClient } from './drumee-client.ts'
import { faces, type Pair, pairs, signedIn } from './faces.ts'

const member = 'member@example.test'

describe('a folder that is shared is one thing in every API', () => {
  let world: World
  let as: (face: FaceClient, login: string) => Promise<Person>
  beforeAll(async () => {
    world = await startWorld()
    await castPeople(world)
    as = signedIn(world)
  })
  afterEach(() => vi.restoreAllMocks())
  afterAll(() => world?.stop())

  /** The member answers through the first face that can; a member who was named is in already. */
  const answering = (word: 'accept' | 'decline', { second, third }: Pair) =>
    as([second, third].find((face) => hasWord(face, word)) ?? second, 'member')
  /** The member is in a new folder of the writer's. */
  const joined = async (pair: Pair, name: string, right: Right) => {
    const owner = await as(pair.first, 'writer')
    expect(await owner.share(['~', name], member, right)).toBeUndefined()
    expect(await owner.upload(['~', name, 'a.txt'], Buffer.from('alpha'))).toBeUndefined()
    if (!hasWord(pair.first, 'accept')) return
    expect(await (await answering('accept', pair)).accept(name)).toBeUndefined()
  }
  /** What the member finds, in each API that has a search. */
  const found = (text: string) =>
    Promise.all(
      faces
        .filter((face) => hasWord(face, 'search'))
        .map(async (face) => (await as(face, 'member')).search(text)),
    )
  const expectGone = async (name: string) => {
    for (const face of faces) {
      const person = await as(face, 'member')
      const listed = await person.list([name])
      expect(isRefusal(listed) && listed.refused, face.name).toBe('not-found')
      const read = await person.download([name, 'a.txt'])
      expect(isRefusal(read) && read.refused, face.name).toBe('not-found')
      if (!hasWord(face, 'offers')) continue
      expect(await person.offers(), face.name).not.toContain(name)
    }
  }

  it.each(pairs)(
    'to write: shared in $first.name, accepted and ended in $second.name',
    async (pair) => {
      const { first, second, third } = pair
      const name = `${first.name} lets ${second.name} write`
      const path = ['~', name]
      const owner = await as(first, 'writer')
      expect(await owner.makeFolder(['~', `${name} aside`])).toBeUndefined()
      expect(await owner.share(path, member, 'write')).toBeUndefined()
      if (hasWord(first, 'accept')) {
        const invited = await answering('accept', pair)
        expect(isRefusal(await invited.list([name]))).toBe(true)
        expect(await invited.offers()).toContain(name)
        expect(await invited.accept(name)).toBeUndefined()
      }
      const carol = await as(third, 'member')
      expect(await carol.upload([name, 'a.txt'], Buffer.from('alpha'))).toBeUndefined()
      const herself = await as(second, 'writer')
      expect(await herself.download([...path, 'a.txt'])).toEqual(Buffer.from('alpha'))
      for (const face of faces) {
        const members = await (await as(face, 'writer')).members(path)
        expect(members, face.name).toContainEqual({ email: member, right: 'write' })
      }
      expect(await herself.move([...path, 'a.txt'], ['~', `${name} aside`])).toBeUndefined()
      expect(await carol.download([name, 'a.txt'])).toMatchObject({ refused: 'not-found' })
      expect(await herself.move(['~', `${name} aside`, 'a.txt'], path)).toBeUndefined()
      expect(await herself.removeMember(path, member)).toBeUndefined()
      await expectGone(name)
      expect(await owner.list(path)).toMatchObject([{ name: 'a.txt', size: 5 }])
      expect(await herself.members(path)).not.toContainEqual({ email: member, right: 'write' })
    },
  )

  it.each(pairs)(
    'to read: shared in $first.name, ended as a whole in $second.name',
    async (pair) => {
      const { first, second, third } = pair
      const name = `${first.name} lets ${second.name} read`
      const path = ['~', name]
      await joined(pair, name, 'read')
      const owner = await as(first, 'writer')
      const carol = await as(third, 'member')
      expect(await carol.download([name, 'a.txt'])).toEqual(Buffer.from('alpha'))
      expect(await found(name)).toEqual([[name], [name]])
      const refused = await carol.upload([name, 'b'], Buffer.from('no'))
      expect(refused?.refused, refused?.text).toBe('forbidden')
      const herself = await as(second, 'writer')
      expect(await herself.members(path)).toContainEqual({ email: member, right: 'read' })
      const token = await herself.makeLink(path, 'download')
      expect(await herself.endSharing(path)).toBeUndefined()
      await expectGone(name)
      expect(await found(name)).toEqual([[], []])
      const link = { token: String(token), kind: 'download' } as const
      expect(isRefusal(await third.visit(world.url, link)), 'its own link stays').toBe(false)
      expect(await owner.download([...path, 'a.txt'])).toEqual(Buffer.from('alpha'))
    },
  )

  it.each(pairs)(
    'shared in $first.name, deleted in $second.name, and nobody else has it back',
    async (pair) => {
      const { first, second, third } = pair
      const name = `${first.name} deleted in ${second.name}`
      await joined(pair, name, 'read')
      expect(await (await as(second, 'writer')).remove(['~', name])).toBeUndefined()
      await expectGone(name)
      // A room that is deleted as one knows no bin.
      if (second === dracoonClient) return
      const owner = await as(third, 'writer')
      expect(await owner.restore(['~', name])).toBeUndefined()
      expect(await owner.download(['~', name, 'a.txt'])).toEqual(Buffer.from('alpha'))
      await expectGone(name)
    },
  )

  it.each(pairs)(
    'a member of $first.name deletes in $second.name, and the owner has it back',
    async (pair) => {
      const { first, second, third } = pair
      const name = `${first.name} undone in ${second.name}`
      await joined(pair, name, 'write')
      const carol = await as(second, 'member')
      expect(await carol.remove([name, 'a.txt'])).toBeUndefined()
      const owner = await as(third, 'writer')
      expect(await owner.list(['~', name])).toEqual([])
      expect(await owner.restore(['~', name, 'a.txt'])).toBeUndefined()
      expect(await carol.download([name, 'a.txt'])).toEqual(Buffer.from('alpha'))
      // What was deleted before it ends is the owner's alone, too.
      expect(await carol.remove([name, 'a.txt'])).toBeUndefined()
      expect(await owner.endSharing(['~', name])).toBeUndefined()
      expect(isRefusal(await carol.restore([name, 'a.txt']))).toBe(true)
      expect(await (await as(first, 'writer')).restore(['~', name, 'a.txt'])).toBeUndefined()
      expect(await owner.download(['~', name, 'a.txt'])).toEqual(Buffer.from('alpha'))
    },
  )

  // What Drumee calls writing lets nobody make links.
  const giving = pairs.filter(({ first }) => first !== drumeeClient)
  it.each(giving)(
    'what a member of $first.name opens in $second.name is closed when he is out',
    async (pair) => {
      const { first, second, third } = pair
      const name = `${first.name} opened in ${second.name}`
      await joined(pair, name, 'write')
      const token = await (await as(second, 'member')).makeLink([name], 'download')
      const link = { token: String(token), kind: 'download' } as const
      for (const face of faces) {
        expect(isRefusal(await face.visit(world.url, link)), face.name).toBe(false)
      }
      expect(await (await as(third, 'writer')).removeMember(['~', name], member)).toBeUndefined()
      for (const face of faces) {
        expect(isRefusal(await face.visit(world.url, link)), face.name).toBe(true)
      }
    },
  )

  const watching = pairs.filter(({ second }) => hasWord(second, 'watch'))
  it.each(watching)(
    'a member hears in $second.name of $first.name, until he is out',
    async (pair) => {
      const { first, second, third } = pair
      const name = `${first.name} heard in ${second.name}`
      await joined(pair, name, 'read')
      const carol = await as(second, 'member')
      const { heard, stop } = await carol.watch()
      const owner = await as(first, 'writer')
      expect(await owner.makeFolder(['~', name, 'heard'])).toBeUndefined()
      await expect.poll(() => heard).toEqual(['heard'])
      expect(await (await as(third, 'writer')).removeMember(['~', name], member)).toBeUndefined()
      expect(await owner.makeFolder(['~', name, 'secret'])).toBeUndefined()
      expect(await carol.makeFolder(['~', `after ${name}`])).toBeUndefined()
      await expect.poll(() => heard.at(-1)).toBe(`after ${name}`)
      expect(heard).toEqual(['heard', name, `after ${name}`])
      stop()
    },
  )

  const leaving = pairs.filter(({ second }) => hasWord(second, 'leave'))
  it.each(leaving)('shared in $first.name, left in $second.name', async (pair) => {
    const name = `${pair.first.name} left in ${pair.second.name}`
    await joined(pair, name, 'read')
    expect(await (await as(pair.second, 'member')).leave(name)).toBeUndefined()
    await expectGone(name)
    const owner = await as(pair.third, 'writer')
    expect(await owner.members(['~', name])).toEqual([])
  })

  const inviting = pairs.filter(({ first, second }) => {
    return hasWord(first, 'decline') && hasWord(second, 'decline')
  })
  it.each(inviting)('offered in $first.name, declined in $second.name', async (pair) => {
    const name = `${pair.first.name} offers ${pair.second.name}`
    const owner = await as(pair.first, 'writer')
    expect(await owner.share(['~', name], member, 'read')).toBeUndefined()
    const invited = await answering('decline', pair)
    expect(await invited.decline(name)).toBeUndefined()
    await expectGone(name)
    expect(isRefusal(await invited.accept(name))).toBe(true)
  })

  it('that was shared for an hour is gone everywhere after it', async () => {
    const name = 'For an hour'
    const owner = await as(drumeeClient, 'writer')
    expect(await owner.shareFor(['~', name], member, 'write', 1)).toBeUndefined()
    expect(await (await as(cloudikeClient, 'member')).accept(name)).toBeUndefined()
    const carol = await as(dracoonClient, 'member')
    expect(await carol.upload([name, 'a.txt'], Buffer.from('alpha'))).toBeUndefined()
    vi.spyOn(world.app, 'clock').mockImplementation(() => Date.now() + 61 * 60_000)
    await expectGone(name)
    expect(await owner.download(['~', name, 'a.txt'])).toEqual(Buffer.from('alpha'))
  })
})
