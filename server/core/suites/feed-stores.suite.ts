import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArchiveOrder } from '../downloads/archive-store.ts'
import type { Notice } from '../notices/notice.ts'
import type { Tx } from '../store.ts'
import type { Task } from '../tasks/task.ts'
import type { OpenStoreSubject, StoreSubject } from './store-subject.suite.ts'

type Write = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>

/** What the stores of archives, tasks and notices have to do, apart and per tenant. */
export function feedStoresSuite(name: string, open: OpenStoreSubject): void {
  describe(`stores of what is made for somebody on ${name}`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())
    const write: Write = (fn) => subject.store.write(subject.tenants[0], fn)
    const other: Write = (fn) => subject.store.write(subject.tenants[1], fn)
    archives(write, other)
    tasks(write, other)
    tasksOfHolders(write)
    notices(write, other)
  })
}

function archives(write: Write, other: Write): void {
  const order: Omit<ArchiveOrder, 'id'> = {
    holder: 'u7',
    nodeIds: [3, 2 ** 50],
    name: 'Ünï.zip',
    createdAt: 5,
    expireAt: 1000,
    state: 'ordered',
    size: 0,
    sent: 0,
    sealedToken: 'sealed',
    updatedAt: 5,
    isBackup: true,
  }

  it('keeps an archive as it was ordered, for its tenant only', async () => {
    const made = await write(async (tx) => {
      const whole = { ...order, id: await tx.archives.takeId() }
      await tx.archives.insert(whole, 'digest')
      return whole
    })
    await other(async (tx) => {
      expect(await tx.archives.findByDigest('digest')).toBeUndefined()
      expect(await tx.archives.ofHolder('u7', 0, 10)).toEqual([])
      await tx.archives.update(made.id, { state: 'failed', updatedAt: 6 })
      await tx.archives.remove(made.id)
      expect(await tx.archives.removeExpired(1e15, 10)).toBe(0)
    })
    await write(async (tx) => {
      expect(await tx.archives.findByDigest('digest')).toEqual(made)
      const progress = { state: 'running', size: 2 ** 45, sent: 12, updatedAt: 7 } as const
      await tx.archives.update(made.id, progress)
      expect(await tx.archives.findByDigest('digest')).toEqual({ ...made, ...progress })
      await tx.archives.remove(made.id)
      expect(await tx.archives.findByDigest('digest')).toBeUndefined()
    })
  })

  it('lists those of a holder, the newest first, until they expire', async () => {
    await write(async (tx) => {
      const ids: number[] = []
      for (const [at, holder] of ['u1', 'u1', 'u2', 'u1'].entries()) {
        const id = await tx.archives.takeId()
        ids.push(id)
        await tx.archives.insert({ ...order, id, holder, expireAt: 100 + at }, `d${at}`)
      }
      const list = async (now: number, limit = 10) =>
        (await tx.archives.ofHolder('u1', now, limit)).map(({ id }) => ids.indexOf(id))
      expect(await list(0)).toEqual([3, 1, 0])
      expect(await list(0, 2)).toEqual([3, 1])
      expect(await list(101)).toEqual([3])
      expect(await tx.archives.removeExpired(102, 2)).toBe(2)
      expect(await tx.archives.removeExpired(102, 2)).toBe(1)
      expect(await tx.archives.removeExpired(102, 2)).toBe(0)
      expect(await list(0)).toEqual([3])
    })
  })
}

const plainTask: Omit<Task, 'id'> = {
  kind: 'archive',
  holder: 'u7',
  state: 'waiting',
  progress: 0,
  input: { nodes: [1, 2 ** 50], name: 'Ünï', none: null, yes: true },
  memo: {},
  result: null,
  failure: null,
  createdAt: 5,
  updatedAt: 5,
  expireAt: 100,
}

function tasks(write: Write, other: Write): void {
  it('keeps a task as it is, for its tenant only', async () => {
    const made = await write(async (tx) => {
      const whole = { ...plainTask, id: await tx.tasks.takeId() }
      await tx.tasks.insert(whole, 'task')
      return whole
    })
    await other(async (tx) => {
      expect(await tx.tasks.find(made.id)).toBeUndefined()
      expect(await tx.tasks.findByDigest('task')).toBeUndefined()
      await tx.tasks.update(made.id, { state: 'failed' })
      expect(await tx.tasks.updateOpen(made.id, { state: 'failed' })).toBe(false)
      expect(await tx.tasks.ofHolder('u7', 'archive', 10)).toEqual([])
      expect(await tx.tasks.countOpen('u7')).toBe(0)
      expect(await tx.tasks.removeExpired(1e15, 10)).toBe(0)
    })
    await write(async (tx) => {
      expect(await tx.tasks.find(made.id)).toEqual(made)
      expect(await tx.tasks.countOpen('u7')).toBe(1)
      const half = { state: 'running', progress: 12.5, memo: { at: 3 } } as const
      expect(await tx.tasks.updateOpen(made.id, half)).toBe(true)
      expect(await tx.tasks.findByDigest('task')).toEqual({ ...made, ...half })
      const failure = { code: 'not-found', subject: 'node', data: { limit: 4 } } as const
      const end = { state: 'failed', failure, result: { a: ['b'] }, updatedAt: 9, expireAt: 8 }
      await tx.tasks.update(made.id, { ...end, state: 'failed' })
      expect(await tx.tasks.find(made.id)).toEqual({ ...made, ...half, ...end })
      expect(await tx.tasks.countOpen('u7')).toBe(0)
      expect(await tx.tasks.updateOpen(made.id, { state: 'running' })).toBe(false)
      expect((await tx.tasks.find(made.id))?.state).toBe('failed')
      expect(await tx.tasks.removeExpired(7, 10)).toBe(0)
      expect(await tx.tasks.removeExpired(8, 10)).toBe(1)
      expect(await tx.tasks.find(made.id)).toBeUndefined()
    })
  })
}

function tasksOfHolders(write: Write): void {
  it('lists the newest tasks of a holder, by kind', async () => {
    const listed = await write(async (tx) => {
      const ids: number[] = []
      for (const [kind, holder] of [
        ['import', 'u8'],
        ['archive', 'u8'],
        ['import', 'u9'],
        ['import', 'u8'],
        ['import', 'u8'],
      ] as const) {
        const id = await tx.tasks.takeId()
        await tx.tasks.insert({ ...plainTask, id, kind, holder }, `holder ${id}`)
        ids.push(id)
      }
      const newest = await tx.tasks.ofHolder('u8', 'import', 2)
      return { ids, newest: newest.map(({ id }) => id) }
    })
    expect(listed.newest).toEqual([listed.ids[4], listed.ids[3]])
  })
}

function notices(write: Write, other: Write): void {
  const notice: Omit<Notice, 'id'> = {
    userId: 7,
    fromId: null,
    action: 'share-invitation',
    isGlobal: false,
    isInteractive: true,
    status: 'waiting',
    text: 'Ünï',
    nodeId: 2 ** 50,
    key: 'invitation 1',
    createdAt: 5,
    updatedAt: 5,
  }
  const all = { offset: 0, limit: 10 }

  it('keeps notices as they are, for their tenant only', async () => {
    const made = await write(async (tx) => {
      const whole = { ...notice, id: await tx.notices.takeId() }
      await tx.notices.insert(whole)
      return whole
    })
    await other(async (tx) => {
      expect(await tx.notices.find(made.id)).toBeUndefined()
      expect(await tx.notices.page(7, {}, all)).toEqual([])
      expect(await tx.notices.setStatus('invitation 1', 'accepted', 6)).toBe(0)
      await tx.notices.removeKey('invitation 1')
      await tx.notices.removeUser(7)
      expect(await tx.notices.removeOlder(1e15, 10)).toBe(0)
    })
    await write(async (tx) => {
      expect(await tx.notices.find(made.id)).toEqual(made)
      expect(await tx.notices.setStatus('invitation 1', 'accepted', 6)).toBe(1)
      const answered = { ...made, status: 'accepted', updatedAt: 6 }
      expect(await tx.notices.page(7, {}, all)).toEqual([answered])
      await tx.notices.removeKey('invitation 1', 8)
      expect(await tx.notices.find(made.id)).toEqual(answered)
      await tx.notices.removeKey('invitation 1', 7)
      expect(await tx.notices.find(made.id)).toBeUndefined()
    })
  })

  it('lists them by what they are, the newest first', async () => {
    await write(async (tx) => {
      const kinds = [
        { isInteractive: true, isGlobal: false, status: 'new' },
        { isInteractive: false, isGlobal: true, status: 'viewed' },
        { isInteractive: false, isGlobal: false, status: 'new' },
      ] as const
      for (const [at, kind] of kinds.entries()) {
        const id = await tx.notices.takeId()
        await tx.notices.insert({ ...notice, ...kind, id, text: `${at}`, key: null, createdAt: at })
      }
      const texts = async (filter: object, page = all) => {
        const found = await tx.notices.page(7, filter, page)
        return found.map(({ text }) => text)
      }
      expect(await texts({})).toEqual(['2', '1', '0'])
      expect(await texts({}, { offset: 1, limit: 1 })).toEqual(['1'])
      expect(await texts({ isInteractive: false })).toEqual(['2', '1'])
      expect(await texts({ isGlobal: true })).toEqual(['1'])
      expect(await texts({ status: 'new' })).toEqual(['2', '0'])
      expect(await tx.notices.count(7, { status: 'new' })).toBe(2)
      expect(await tx.notices.removeOlder(1, 10)).toBe(1)
      await tx.notices.removeUser(7)
      expect(await tx.notices.count(7, {})).toBe(0)
    })
  })
}
