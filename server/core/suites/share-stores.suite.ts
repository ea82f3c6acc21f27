import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MANAGE, READ } from '../permissions/permission.ts'
import type { Invitation } from '../shares/invitation.ts'
import type { Offer } from '../shares/offer.ts'
import type { Publication } from '../shares/publication.ts'
import type { Tx } from '../store.ts'
import { faultOf } from './node-world.suite.ts'
import { addRoom, give, madeAt, type OpenStoreSubject } from './store-subject.suite.ts'

type Write = <T>(fn: (tx: Tx) => Promise<T>, tenant?: 0 | 1) => Promise<T>

/** What every store of invitations, of published folders and of offers has to do. */
export function shareStoresSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps what goes on about shares`, () => {
    let subject: Awaited<ReturnType<OpenStoreSubject>>
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write: Write = (fn, tenant = 0) => subject.store.write(subject.tenants[tenant], fn)
    invitationSuite(write)
    publicationSuite(write)
    offerSuite(write)
  })
}

async function addInvitation(write: Write, more: Partial<Invitation>): Promise<Invitation> {
  return write(async (tx) => {
    const id = await tx.invitations.takeId()
    const terms = { permissions: READ, publicView: true, message: 'Look', expireAt: null } as const
    const people = { userId: 5, groupId: null, createdBy: 1, createdAt: madeAt } as const
    const made: Invitation = {
      ...{ id, nodeId: 70, kind: 'invitation', sealedToken: `sealed ${id}`, ...terms, ...people },
      ...more,
    }
    await tx.invitations.insert(made, `digest ${id}`)
    return made
  })
}

function invitationSuite(write: Write): void {
  const add = (more: Partial<Invitation> = {}) => addInvitation(write, more)
  const at = madeAt

  it('finds an invitation as it was made, until it ends', async () => {
    const one = await add({ groupId: 9, expireAt: at + 10 })
    const find = (now: number) =>
      write((tx) => tx.invitations.findByDigest(`digest ${one.id}`, now))
    expect(await find(at + 9)).toEqual(one)
    expect(await find(at + 10)).toBeUndefined()
    expect(await write((tx) => tx.invitations.ofNodes([70, 71], at + 9))).toEqual([one])
    expect(await write((tx) => tx.invitations.ofNodes([70, 71], at + 10))).toEqual([])
    expect(await write((tx) => tx.invitations.ofNodes([], at))).toEqual([])
    expect(await write((tx) => tx.invitations.ofUser(5, 'invitation', at + 10))).toEqual([])
    expect(await write((tx) => tx.invitations.ended(at + 9))).toEqual([])
    expect(await write((tx) => tx.invitations.ended(at + 10, 70))).toEqual([one])
    expect(await write((tx) => tx.invitations.ended(at + 10, 71))).toEqual([])
  })

  it('changes what is said, and nothing else', async () => {
    const one = await add({ nodeId: 72, expireAt: at + 10 })
    const change = { permissions: MANAGE, publicView: false, message: '', expireAt: null }
    await write((tx) => tx.invitations.update(one.id, change))
    await write((tx) => tx.invitations.update(one.id, { message: 'again' }))
    expect(await write((tx) => tx.invitations.ofNodes([72], at + 99))).toEqual([
      { ...one, ...change, message: 'again' },
    ])
  })

  it('keeps one of a kind for each user and node, and any number for anybody', async () => {
    const first = await add({ nodeId: 73, userId: 6 })
    expect(await faultOf(add({ nodeId: 73, userId: 6 }))).toBe('exists invitation')
    const asks = await add({ nodeId: 73, userId: 6, kind: 'request' })
    const open = [await add({ nodeId: 73, userId: null }), await add({ nodeId: 73, userId: null })]
    expect(await write((tx) => tx.invitations.ofNodes([73], at))).toEqual([first, asks, ...open])
    expect(await write((tx) => tx.invitations.ofUser(6, 'request', at))).toEqual([asks])
  })

  it('tells requests to who manages the room now', async () => {
    const room = await write(async (tx) => {
      const id = await addRoom(tx, null, 'asked for')
      await give(tx, id, 90, MANAGE, at + 10)
      await give(tx, id, 91, READ)
      return id
    })
    const asks = await add({ nodeId: room, userId: 8, kind: 'request' })
    const told = (userId: number, now: number) =>
      write((tx) => tx.invitations.requestsTo(userId, now))
    expect(await told(90, at)).toEqual([asks])
    expect(await told(90, at + 10)).toEqual([])
    expect(await told(91, at)).toEqual([])
  })

  it('is ended by one of two, and by no other tenant', async () => {
    const { id } = await add({ nodeId: 74, userId: 7, expireAt: at })
    const elsewhere = await write(async ({ invitations }) => {
      await invitations.update(id, { message: 'theirs' })
      const found = await invitations.findByDigest(`digest ${id}`, 0)
      const lists = [
        ...(await invitations.ofNodes([74], 0)),
        ...(await invitations.ofUser(7, 'invitation', 0)),
        ...(await invitations.ended(at + 1e9)),
      ]
      return [found, lists.length, await invitations.remove(id)]
    }, 1)
    expect(elsewhere).toEqual([undefined, 0, false])
    const [kept] = await write((tx) => tx.invitations.ofNodes([74], 0))
    expect(kept?.message).toBe('Look')
    const remove = () => write((tx) => tx.invitations.remove(id))
    expect([await remove(), await remove()]).toEqual([true, false])
  })
}

function publicationSuite(write: Write): void {
  const made = { token: 'one', name: 'b', createdAt: madeAt, createdBy: 1 }
  const one: Publication = { ...made, nodeId: 1 }
  const two: Publication = { ...made, nodeId: 2, token: 'two', name: 'a' }

  it('keeps one publication of a folder, by its token and by name', async () => {
    await write(async ({ publications }) => {
      await publications.put(one)
      await publications.put(two)
      await publications.put({ ...one, token: 'another', name: 'c', createdBy: 2 })
    })
    const named = { ...one, name: 'c' }
    const seen = await write(async ({ publications }) => [
      await publications.findByToken('one'),
      await publications.findByToken('another'),
      await publications.count(),
      await publications.page({ offset: 0, limit: 9 }),
      await publications.page({ offset: 1, limit: 9 }),
      await publications.ofNodes([1, 3]),
      await publications.ofNodes([]),
    ])
    expect(seen).toEqual([
      named,
      undefined,
      2,
      [two, named],
      [named],
      new Map([[1, named]]),
      new Map(),
    ])
  })

  it('of no other tenant, and removed once', async () => {
    const elsewhere = await write(
      async ({ publications }) => [
        await publications.findByToken('one'),
        await publications.count(),
        (await publications.ofNodes([1])).size,
        await publications.remove(1),
      ],
      1,
    )
    expect(elsewhere).toEqual([undefined, 0, 0, false])
    const remove = () => write((tx) => tx.publications.remove(1))
    expect([await remove(), await remove()]).toEqual([true, false])
  })
}

function offerSuite(write: Write): void {
  const add = (more: Partial<Offer> & Pick<Offer, 'token'>) =>
    write(async (tx) => {
      const offer: Offer = {
        id: await tx.offers.takeId(),
        ...{ ownerId: 1, receiverId: 2, nodeId: null, sourcePath: ['a', '“b”'], targetPath: [] },
        ...{ cleansUp: true, message: 'Take it', state: 'requested', createdAt: madeAt },
        ...more,
      }
      await tx.offers.insert(offer)
      return offer
    })

  it('tells an offer to both, and is accepted by one of two', async () => {
    const first = await add({ token: 'first' })
    const second = await add({ token: 'second', ownerId: 2, receiverId: 3, nodeId: 4 })
    const of = (userId: number) => write((tx) => tx.offers.ofUser(userId))
    expect([await of(1), await of(2), await of(4)]).toEqual([[first], [first, second], []])
    const accept = (path: string[]) => write((tx) => tx.offers.accept(first.id, path))
    expect([await accept(['to']), await accept(['elsewhere'])]).toEqual([true, false])
    expect(await write((tx) => tx.offers.findByToken('first'))).toEqual({
      ...first,
      targetPath: ['to'],
      state: 'accepted',
    })
  })

  it('belongs to its tenant, and is removed once', async () => {
    const { id } = await add({ token: 'third' })
    const elsewhere = await write(
      async ({ offers }) => [
        await offers.findByToken('third'),
        (await offers.ofUser(1)).length,
        await offers.accept(id, []),
        await offers.remove(id),
      ],
      1,
    )
    expect(elsewhere).toEqual([undefined, 0, false, false])
    const remove = () => write((tx) => tx.offers.remove(id))
    expect([await remove(), await remove()]).toEqual([true, false])
  })
}
