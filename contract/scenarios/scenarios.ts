import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { type FaceClient, isRefusal, type Person } from './client.ts'

/**
 * People of one world, signed in through a face. `writing` changes, `reading` looks; they may be
 * different faces, and what one does the other must show.
 */
export type Stage = {
  readonly writing: FaceClient
  readonly reading: FaceClient
  /** A top room of this scenario where writer writes, reader reads and member has nothing. */
  readonly room: string
  writer(face: FaceClient): Promise<Person>
  reader(face: FaceClient): Promise<Person>
  member(face: FaceClient): Promise<Person>
  /** Puts member into a group that reads this room; what it answers takes him out again. */
  memberJoins(): Promise<() => Promise<void>>
  /** Writer in a session of its own, where it writes. */
  anew(): Promise<Person>
}

export type Scenario = { readonly name: string; run(stage: Stage): Promise<void> }

const bytesOf = (text: string) => Buffer.from(text)

async function names(person: Person, path: readonly string[]): Promise<string[]> {
  const entries = await person.list(path)
  if (isRefusal(entries)) throw new Error(`${path.join('/')} cannot be listed: ${entries.text}`)
  return entries.map(({ name }) => name).sort()
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'a member of a group has its room, and loses it when he leaves',
    async run({ writing, reading, room, writer, member, memberJoins }) {
      const alice = await writer(writing)
      expect(await alice.upload([room, 'plan.txt'], bytesOf('plan'))).toBeUndefined()
      const carol = await member(reading)
      expect(isRefusal(await carol.list([room]))).toBe(true)
      const leave = await memberJoins()
      expect(await names(carol, [room])).toEqual(['plan.txt'])
      expect(await carol.download([room, 'plan.txt'])).toEqual(bytesOf('plan'))
      expect(isRefusal(await carol.upload([room, 'own.txt'], bytesOf('x')))).toBe(true)
      await leave()
      expect(isRefusal(await carol.list([room]))).toBe(true)
      expect(isRefusal(await carol.download([room, 'plan.txt']))).toBe(true)
    },
  },
  {
    name: 'a file that comes in through one is there in the other, byte for byte',
    async run({ writing, reading, room, writer, reader }) {
      const bytes = randomBytes(300_000)
      const alice = await writer(writing)
      expect(await alice.makeFolder([room, 'letters'])).toBeUndefined()
      expect(await alice.upload([room, 'letters', 'grüße.bin'], bytes)).toBeUndefined()
      const bob = await reader(reading)
      expect(await names(bob, [room, 'letters'])).toEqual(['grüße.bin'])
      const seen = await bob.download([room, 'letters', 'grüße.bin'])
      expect(Buffer.isBuffer(seen) && seen.equals(bytes), JSON.stringify(seen).slice(0, 300)).toBe(
        true,
      )
      const middle = await bob.download([room, 'letters', 'grüße.bin'], { start: 1000, end: 1999 })
      expect(Buffer.isBuffer(middle) && middle.equals(bytes.subarray(1000, 2000))).toBe(true)
    },
  },
  {
    name: 'an empty file and a file of one byte are whole',
    async run({ writing, reading, room, writer, reader }) {
      const alice = await writer(writing)
      expect(await alice.upload([room, 'empty'], Buffer.alloc(0))).toBeUndefined()
      expect(await alice.upload([room, 'one'], Buffer.from('x'))).toBeUndefined()
      const bob = await reader(reading)
      expect(await bob.download([room, 'empty'])).toEqual(Buffer.alloc(0))
      expect(await bob.download([room, 'one'])).toEqual(Buffer.from('x'))
    },
  },
  {
    name: 'a new version replaces the old in both',
    async run({ writing, reading, room, writer, reader }) {
      const alice = await writer(writing)
      expect(await alice.upload([room, 'a.txt'], bytesOf('first'))).toBeUndefined()
      expect(
        await alice.upload([room, 'a.txt'], bytesOf('second'), { replace: true }),
      ).toBeUndefined()
      const bob = await reader(reading)
      expect(await names(bob, [room])).toEqual(['a.txt'])
      expect(await bob.download([room, 'a.txt'])).toEqual(bytesOf('second'))
    },
  },
  {
    name: 'rename, move, copy and remove show in the other at once',
    async run({ writing, reading, room, writer, reader }) {
      const alice = await writer(writing)
      const bob = await reader(reading)
      await alice.makeFolder([room, 'in'])
      await alice.makeFolder([room, 'out'])
      expect(await alice.upload([room, 'in', 'a.txt'], bytesOf('text'))).toBeUndefined()
      expect(await alice.rename([room, 'in', 'a.txt'], 'b.txt')).toBeUndefined()
      expect(await names(bob, [room, 'in'])).toEqual(['b.txt'])
      expect(await alice.move([room, 'in', 'b.txt'], [room, 'out'])).toBeUndefined()
      expect(await names(bob, [room, 'in'])).toEqual([])
      expect(await names(bob, [room, 'out'])).toEqual(['b.txt'])
      expect(await alice.copy([room, 'out', 'b.txt'], [room, 'in'])).toBeUndefined()
      expect(await bob.download([room, 'in', 'b.txt'])).toEqual(bytesOf('text'))
      expect(await alice.remove([room, 'out', 'b.txt'])).toBeUndefined()
      expect(await names(bob, [room, 'out'])).toEqual([])
      expect(await bob.download([room, 'in', 'b.txt'])).toEqual(bytesOf('text'))
    },
  },
  {
    name: 'a taken name is refused in any case and normal form',
    async run({ writing, reading, room, writer }) {
      const alice = await writer(writing)
      const other = await writer(reading)
      expect(await alice.upload([room, 'Café.txt'], bytesOf('1'))).toBeUndefined()
      for (const name of ['café.TXT', 'Cafe\u0301.txt']) {
        const refused = await other.upload([room, name], bytesOf('2'))
        expect(refused?.refused, `${name}: ${refused?.text}`).toBe('name-taken')
      }
      expect(await names(alice, [room])).toEqual(['Café.txt'])
    },
  },
  {
    name: 'of two who bring the same name at once, one does',
    async run({ writing, reading, room, writer }) {
      const [alice, herself] = [await writer(writing), await writer(reading)]
      const brought = await Promise.all([
        alice.upload([room, 'a.txt'], bytesOf('1')),
        herself.upload([room, 'a.txt'], bytesOf('2')),
      ])
      const [refused, ...others] = brought.filter((answer) => answer !== undefined)
      expect(others).toEqual([])
      expect(refused?.refused, refused?.text).toBe('name-taken')
      const winner = bytesOf(brought[0] === undefined ? '1' : '2')
      expect(await alice.download([room, 'a.txt'])).toEqual(winner)
    },
  },
  {
    name: 'of two who move folders into each other, one does',
    async run({ writing, reading, room, writer }) {
      const [alice, herself] = [await writer(writing), await writer(reading)]
      for (const name of ['x', 'y']) await alice.makeFolder([room, name])
      const moved = await Promise.all([
        alice.move([room, 'x'], [room, 'y']),
        herself.move([room, 'y'], [room, 'x']),
      ])
      expect(moved.filter((answer) => answer === undefined)).toHaveLength(1)
      const [top, ...others] = await names(alice, [room])
      expect(others).toEqual([])
      expect(await names(herself, [room, top ?? ''])).toEqual([top === 'x' ? 'y' : 'x'])
    },
  },
  {
    name: 'who may only read cannot write, and who has no grant sees nothing',
    async run({ writing, reading, room, writer, reader, member }) {
      const alice = await writer(writing)
      expect(await alice.upload([room, 'a.txt'], bytesOf('text'))).toBeUndefined()
      const bob = await reader(reading)
      expect(await bob.download([room, 'a.txt'])).toEqual(bytesOf('text'))
      for (const refused of [
        await bob.upload([room, 'b.txt'], bytesOf('no')),
        await bob.makeFolder([room, 'no']),
        await bob.rename([room, 'a.txt'], 'no.txt'),
        await bob.remove([room, 'a.txt']),
      ]) {
        expect(refused?.refused, refused?.text).toBe('forbidden')
      }
      const carol = await member(reading)
      const listed = await carol.list([room])
      expect(isRefusal(listed) && listed.refused).toBe('not-found')
      const read = await carol.download([room, 'a.txt'])
      expect(isRefusal(read) && read.refused).toBe('not-found')
    },
  },
  {
    name: 'what is in a home is the owner’s alone',
    async run({ writing, reading, writer, member }) {
      const alice = await writer(writing)
      const name = `secret ${randomBytes(4).toString('hex')}.txt`
      expect(await alice.upload(['~', name], bytesOf('mine'))).toBeUndefined()
      const herself = await writer(reading)
      expect(await herself.download(['~', name])).toEqual(bytesOf('mine'))
      const carol = await member(reading)
      const read = await carol.download(['~', name])
      expect(isRefusal(read) && read.refused).toBe('not-found')
    },
  },
  {
    name: 'a session that was ended opens nothing more',
    async run({ room, anew }) {
      const alice = await anew()
      expect(await names(alice, [room])).toEqual([])
      await alice.signOut()
      const listed = await alice.list([room])
      expect(isRefusal(listed) && listed.refused).toBe('unauthenticated')
    },
  },
]
