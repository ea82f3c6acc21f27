import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { READ } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import type { Webhook } from '../webhooks/webhook.ts'
import {
  addFolder,
  addRoom,
  give,
  madeAt,
  type OpenStoreSubject,
  type StoreSubject,
} from './store-subject.suite.ts'

const page = { offset: 0, limit: 10 }

/** What every store of pictures, attributes, subscriptions and webhooks has to do. */
export function ownThingsSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps what belongs to users`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>, tenant: 0 | 1 = 0) =>
      subject.store.write(subject.tenants[tenant], fn)

    it('one picture each', async () => {
      const picture = new Uint8Array([1, 2, 3])
      const avatar = { uuid: 'a', mediaType: 'image/png', picture } as const
      await write((tx) => tx.avatars.put(1, avatar))
      await write((tx) => tx.avatars.put(1, { ...avatar, uuid: 'b' }))
      expect((await write((tx) => tx.avatars.find(1)))?.uuid).toBe('b')
      expect(await write((tx) => tx.avatars.find(1), 1)).toBeUndefined()
      expect(await write((tx) => tx.avatars.remove(1), 1)).toBe(false)
      expect(await write((tx) => tx.avatars.remove(1))).toBe(true)
      expect(await write((tx) => tx.avatars.find(1))).toBeUndefined()
    })

    it('attributes by key and value, without case, of one owner and kind', async () => {
      const owner = { userId: 1, kind: 'profile' } as const
      const put = [
        { key: 'Alpha', value: 'Übel' },
        { key: 'beta', value: '100%' },
        { key: 'alphabet', value: '' },
      ]
      await write((tx) => tx.attributes.put(owner, put))
      await write((tx) => tx.attributes.put({ ...owner, kind: 'user' }, [{ key: 'x', value: '' }]))
      const find = (filter: Parameters<Tx['attributes']['page']>[1]) =>
        write(async (tx) => {
          const found = await tx.attributes.page(owner, filter, [], page)
          expect(await tx.attributes.count(owner, filter)).toBe(found.length)
          return found.map(({ key }) => key)
        })
      expect(await find({})).toEqual(['Alpha', 'alphabet', 'beta'])
      expect(await find({ key: { starts: 'ALPHA' } })).toEqual(['Alpha', 'alphabet'])
      expect(await find({ key: { equals: 'alpha' }, value: { contains: 'ÜB' } })).toEqual(['Alpha'])
      expect(await find({ value: { contains: '%' } })).toEqual(['beta'])
      expect(await find({ value: { starts: '_' } })).toEqual([])
      const sort = [{ by: 'value', descending: true }] as const
      const sorted = await write((tx) => tx.attributes.page(owner, {}, sort, { ...page, limit: 1 }))
      expect(sorted).toEqual([{ key: 'Alpha', value: 'Übel' }])
      expect(await write((tx) => tx.attributes.remove(owner, 'BETA'))).toBe(true)
      expect(await write((tx) => tx.attributes.remove(owner, 'BETA'))).toBe(false)
      expect(await write((tx) => tx.attributes.count(owner), 1)).toBe(0)
      await write((tx) => tx.attributes.removeOf(1, 'profile'))
      expect(await find({})).toEqual([])
      await write((tx) => tx.attributes.removeOf(1))
    })

    it('subscriptions as long as the node may be read', async () => {
      const { room, folder } = await write(async (tx) => {
        const room = await addRoom(tx, null, 'subscribed')
        const folder = await addFolder(tx, room, 'folder')
        await give(tx, room, 1, READ, madeAt + 10)
        await tx.subscriptions.addNodes(1, [room, folder], madeAt)
        await tx.subscriptions.addNodes(1, [folder], madeAt)
        await tx.subscriptions.addNodes(2, [folder], madeAt)
        return { room, folder }
      })
      const find = (now: number, userId = 1) =>
        write(async ({ subscriptions }) => {
          const sort = [{ by: 'currentId', descending: true }] as const
          const found = await subscriptions.pageOfNodes(userId, {}, sort, { ...page, now })
          expect(await subscriptions.countNodes(userId, {}, now)).toBe(found.length)
          return found.map(({ nodeId }) => nodeId)
        })
      expect(await find(madeAt)).toEqual([folder, room])
      expect(await find(madeAt + 11)).toEqual([])
      expect(await find(madeAt, 2)).toEqual([])
      expect(await write((tx) => tx.subscriptions.subscribersOf({ nodeId: folder }))).toEqual([
        1, 2,
      ])
      await write((tx) => tx.subscriptions.removeNodes(1, [room, folder]), 1)
      expect(await find(madeAt)).toEqual([folder, room])
      await write((tx) => tx.nodes.purge(folder))
      expect(await write((tx) => tx.subscriptions.subscribersOf({ nodeId: folder }))).toEqual([])
      await write((tx) => tx.subscriptions.removeOf(1))
      expect(await find(madeAt)).toEqual([])
    })

    it('no subscription to a link that is gone', async () => {
      await write((tx) => tx.subscriptions.addLinks(1, [77], madeAt))
      expect(await write((tx) => tx.subscriptions.subscribersOf({ linkId: 77 }))).toEqual([1])
      expect(await write((tx) => tx.subscriptions.removeDangling(10))).toBe(1)
      expect(await write((tx) => tx.subscriptions.removeDangling(10))).toBe(0)
    })

    it('webhooks, and the rooms that let them know', async () => {
      const make = (eventTypes: Webhook['eventTypes']) =>
        write(async (tx) => {
          const id = await tx.webhooks.takeId()
          const at = { createdAt: madeAt, createdBy: 1, updatedAt: madeAt, updatedBy: 1 }
          const facts = { sealedSecret: null, isEnabled: true, expireAt: madeAt, failStatus: null }
          const webhook = { id, name: `Hook ${id}`, url: 'https://x.test', eventTypes, ...facts }
          await tx.webhooks.insert({ ...webhook, ...at })
          expect(await tx.webhooks.find(id)).toEqual({ ...webhook, ...at })
          return id
        })
      const [one, two] = [await make(['file.created']), await make(['room.deleted'])]
      await make(['user.created'])
      expect(await write((tx) => tx.webhooks.count())).toBe(3)
      await write((tx) => tx.webhooks.assign(5, [one, two]))
      await write((tx) => tx.webhooks.assign(5, [one]))
      await write((tx) => tx.webhooks.unassign(5, [two]))
      const find = (isAssigned?: boolean, roomId = 5) =>
        write(async ({ webhooks }) => {
          const found = await webhooks.pageForRoom({ roomId, isAssigned }, page)
          expect(await webhooks.countForRoom({ roomId, isAssigned })).toBe(found.length)
          return found.map((hook) => [hook.webhook.id, hook.isAssigned])
        })
      expect(await find()).toEqual([
        [one, true],
        [two, false],
      ])
      expect(await find(true)).toEqual([[one, true]])
      expect(await find(false)).toEqual([[two, false]])
      expect(await find(true, 6)).toEqual([])
      expect(await write((tx) => tx.webhooks.find(one), 1)).toBeUndefined()
    })
  })
}
