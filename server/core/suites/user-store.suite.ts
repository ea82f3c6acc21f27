import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'
import {
  addFile,
  addFolder,
  addRoom,
  give,
  madeAt,
  type OpenStoreSubject,
  type StoreSubject,
} from './store-subject.suite.ts'

export function newUser(members: Pick<User, 'id' | 'userName'> & Partial<User>): User {
  return {
    firstName: 'First',
    lastName: 'Last',
    email: null,
    phone: null,
    language: 'en',
    isLocked: false,
    expireAt: null,
    mustChangePassword: false,
    agreedAt: null,
    avatar: null,
    homeId: 1,
    roles: 64,
    createdAt: madeAt,
    lastLoginAt: null,
    lastFailureAt: null,
    profile: {},
    ...members,
  }
}

/** What every store of users has to do. */
export function userStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps users`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const read = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.read(subject.tenants[0], fn)
    const other = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[1], fn)
    const add = (members: Pick<User, 'userName'> & Partial<User>, hash: string | null = null) =>
      write(async (tx) => {
        const user = newUser({ id: await tx.users.takeId(), ...members })
        await tx.users.insert(user, hash)
        return user
      })

    it('gives back what was put in, and changes member by member', async () => {
      const user = await add(
        {
          userName: 'All',
          email: 'All@example.test',
          phone: '+49',
          expireAt: madeAt + 1,
          profile: { a: { b: ['ü'] } },
        },
        'hash',
      )
      expect(await read((tx) => tx.users.find(user.id))).toEqual(user)
      const change = {
        userName: 'All2',
        firstName: 'F',
        email: null,
        isLocked: true,
        mustChangePassword: true,
        roles: 3,
        lastLoginAt: 5,
        profile: { c: 1 },
      }
      await write((tx) => tx.users.update(user.id, change))
      await write((tx) => tx.users.update(user.id, {}))
      expect(await read((tx) => tx.users.find(user.id))).toEqual({ ...user, ...change })
      expect(await read((tx) => tx.users.passwordHash(user.id))).toBe('hash')
      await write((tx) => tx.users.setPasswordHash(user.id, 'new'))
      expect(await read((tx) => tx.users.passwordHash(user.id))).toBe('new')
      expect(await read((tx) => tx.users.find(999_999))).toBeUndefined()
      expect(await read((tx) => tx.users.passwordHash(999_999))).toBeNull()
    })

    it('refuses a taken name, and the transaction goes on', async () => {
      await add({ userName: 'taken' })
      const second = await add({ userName: 'free' })
      const codes = await write(async (tx) => {
        const id = await tx.users.takeId()
        const inserting = await code(tx.users.insert(newUser({ id, userName: 'TAKEN' }), null))
        const renaming = await code(tx.users.update(second.id, { userName: 'Taken' }))
        await tx.users.update(second.id, { userName: 'FREE' })
        return [inserting, renaming]
      })
      expect(codes).toEqual(['exists userName', 'exists userName'])
      expect(await read((tx) => tx.users.find(second.id))).toMatchObject({ userName: 'FREE' })
    })

    it('finds by name before address, by an address only when one account has it', async () => {
      const one = await add({ userName: 'one@example.test' })
      const two = await add({ userName: 'two', email: 'One@Example.test' })
      const three = await add({ userName: 'three', email: 'pair@example.test', phone: '1' })
      const find = (login: string, by?: 'email' | 'phone' | 'id' | 'userName') =>
        read(async (tx) => (await tx.users.findByLogin(login, by))?.id)
      expect(await find('ONE@example.test')).toBe(one.id)
      expect(await find('one@example.test', 'email')).toBe(two.id)
      expect(await find('PAIR@example.test')).toBe(three.id)
      await add({ userName: 'four', email: 'pair@example.test', phone: '1' })
      expect(await find('pair@example.test')).toBeUndefined()
      expect(await find('pair@example.test', 'email')).toBeUndefined()
      expect(await find('1', 'phone')).toBeUndefined()
      expect(await find(String(two.id), 'id')).toBe(two.id)
      expect(await find('two', 'id')).toBeUndefined()
      expect(await find('')).toBeUndefined()
    })

    it('keeps tenants apart', async () => {
      const user = await add({ userName: 'mine', email: 'mine@example.test' }, 'hash')
      const seen = await other(async (tx) => {
        await tx.users.update(user.id, { isLocked: true })
        await tx.users.setPasswordHash(user.id, 'theirs')
        return [
          await tx.users.find(user.id),
          await tx.users.findByLogin('mine'),
          await tx.users.findByLogin('mine@example.test', 'email'),
          await tx.users.passwordHash(user.id),
          (await tx.users.people([user.id])).size,
          await tx.users.count({ ids: [user.id] }),
          (await tx.users.page({}, [], { offset: 0, limit: 100 })).length,
        ]
      })
      expect(seen).toEqual([undefined, undefined, undefined, null, 0, 0, 0])
      expect(await read((tx) => tx.users.find(user.id))).toEqual(user)
      expect(await read((tx) => tx.users.passwordHash(user.id))).toBe('hash')
      await other((tx) => tx.users.insert({ ...user, id: user.id }, null))
    })

    it('pages in every order', async () => {
      for (const userName of ['page-c', 'Page-A', 'page-b']) await add({ userName })
      const names = (by: 'userName' | 'createdAt', descending: boolean, offset = 0) =>
        read(async (tx) => {
          const filter = { userNameContains: 'PAGE-' }
          const found = await tx.users.page(filter, [{ by, descending }], { offset, limit: 2 })
          return found.map(({ userName }) => userName)
        })
      expect(await names('userName', false)).toEqual(['Page-A', 'page-b'])
      expect(await names('userName', true)).toEqual(['page-c', 'page-b'])
      expect(await names('userName', false, 2)).toEqual(['page-c'])
      expect(await names('createdAt', true)).toEqual(['page-c', 'Page-A'])
    })

    it('sums what a home holds, and knows who manages rooms', async () => {
      const { id } = await add({ userName: 'home' })
      const sums = await write(async (tx) => {
        const home = await addRoom(tx, null, 'home', { homeOf: id })
        await give(tx, home, id, 1023)
        const managedBefore = await tx.users.managesRooms(id, madeAt)
        const folder = await addFolder(tx, home, 'folder')
        const image = (await tx.nodes.find(await addFile(tx, folder, 'a.png', 7)))!
        await tx.nodes.update(image.id, { content: { ...image.content!, mediaType: 'image/png' } })
        await addFile(tx, home, 'b.txt', 5)
        const gone = await addFile(tx, folder, 'c.txt', 11)
        await tx.nodes.markDeleted(gone, madeAt, id)
        const room = await addRoom(tx, null, 'managed')
        await give(tx, room, id, 1023, madeAt + 10)
        return [
          await tx.users.bytesByKind(home),
          await tx.users.trashBytes(home),
          managedBefore,
          await tx.users.managesRooms(id, madeAt),
          await tx.users.managesRooms(id, madeAt + 10),
        ]
      })
      const byKind = { image: 7, audio: 0, video: 0, other: 5 }
      expect(sums).toEqual([byKind, 11, false, true, false])
    })
  })
}

async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (isFault(error)) return `${error.code} ${error.data.field}`
    throw error
  }
  return 'none'
}
