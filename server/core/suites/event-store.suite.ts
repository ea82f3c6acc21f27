import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewEvent } from '../event.ts'
import type { EventFilter } from '../events/event-store.ts'
import type { Tx } from '../store.ts'
import type { OpenStoreSubject, StoreSubject } from './store-subject.suite.ts'

const by = { at: 1000, actorId: 7, address: '192.0.2.1', userAgent: 'agent "x"' }

/** What every store of events has to do. */
export function eventStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps events`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const read = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.read(subject.tenants[0], fn)
    const page = (filter: EventFilter, descending = false, offset = 0, limit = 100) =>
      read((tx) => tx.events.page(filter, { offset, limit, descending }))

    it('answers events as they were written', async () => {
      const full: NewEvent = {
        type: 'file.created',
        nodeId: 3,
        roomId: 2,
        nodeKind: 'file',
        nodeName: 'Ä "quoted".txt',
        subjectId: 9,
        data: { size: 10, text: 'x', yes: true, none: null },
      }
      await write(async (tx) => {
        await tx.events.append([], by)
        await tx.events.append([full], by)
        await tx.events.append([{ type: 'user.created' }], { ...by, actorId: null })
      })
      const [first, second] = await page({})
      expect(first).toEqual({ ...full, ...by, id: first!.id })
      expect(second).toEqual({ type: 'user.created', ...by, actorId: null, id: second!.id })
      expect(second!.id).toBeGreaterThan(first!.id)
    })

    it('keeps many of one call in their order', async () => {
      const many = Array.from({ length: 1201 }, (_, at): NewEvent => {
        return { type: 'node.moved', roomId: 77, nodeId: at }
      })
      await write((tx) => tx.events.append(many, by))
      expect(await read((tx) => tx.events.count({ roomId: 77 }))).toBe(1201)
      const last = await page({ roomId: 77 }, true, 0, 3)
      expect(last.map(({ nodeId }) => nodeId)).toEqual([1200, 1199, 1198])
      const middle = await page({ roomId: 77 }, false, 600, 2)
      expect(middle.map(({ nodeId }) => nodeId)).toEqual([600, 601])
      expect(await page({}, false, 0, 0)).toEqual([])
    })

    it('filters', async () => {
      await write(async (tx) => {
        await tx.events.append([{ type: 'room.created', roomId: 88 }], { ...by, at: 1 })
        await tx.events.append([{ type: 'room.deleted', roomId: 88 }], { ...by, at: 2, actorId: 4 })
        await tx.events.append([{ type: 'node.renamed', roomId: 88 }], { ...by, at: 3 })
      })
      const times = async (filter: EventFilter) => {
        const found = await page({ roomId: 88, ...filter })
        expect(await read((tx) => tx.events.count({ roomId: 88, ...filter }))).toBe(found.length)
        return found.map(({ at }) => at)
      }
      expect(await times({})).toEqual([1, 2, 3])
      expect(await times({ from: 2 })).toEqual([2, 3])
      expect(await times({ to: 2 })).toEqual([1, 2])
      expect(await times({ actorId: 4 })).toEqual([2])
      expect(await times({ types: ['room.created', 'node.renamed'] })).toEqual([1, 3])
      expect(await times({ types: [] })).toEqual([])
      const [first] = await page({ roomId: 88 })
      expect(await times({ afterId: first!.id })).toEqual([2, 3])
    })

    it('shows a reader who goes on from an id every event once', async () => {
      const writers = 40
      const seen: number[] = []
      let afterId = (await page({}, true, 0, 1))[0]!.id
      let ended = false
      const writing = Promise.all(
        Array.from({ length: writers }, (_, at) =>
          write(async (tx) => {
            await tx.events.append([{ type: 'link.used', subjectId: at }], by)
            await tx.events.count({})
          }),
        ),
      ).then(() => {
        ended = true
      })
      for (let last = false; !last; ) {
        last = ended
        await turn()
        const found = await page({ afterId })
        seen.push(...found.map(({ subjectId }) => subjectId!))
        afterId = found.at(-1)?.id ?? afterId
      }
      await writing
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: writers }, (_, at) => at))
    })

    it('keeps nothing of what is rolled back', async () => {
      const before = await read((tx) => tx.events.count({}))
      const failing = write(async (tx) => {
        await tx.events.append([{ type: 'link.used' }], by)
        throw new Error('undone')
      })
      await expect(failing).rejects.toThrow('undone')
      expect(await read((tx) => tx.events.count({}))).toBe(before)
    })
  })
}
