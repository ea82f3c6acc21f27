import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../sessions/client-store.ts'
import type { Session } from '../sessions/session.ts'
import type { Tx } from '../store.ts'
import { madeAt, type OpenStoreSubject, type StoreSubject } from './store-subject.suite.ts'
import { newUser } from './user-store.suite.ts'

function newSession(members: Pick<Session, 'id' | 'userId'> & Partial<Session>): Session {
  return {
    kind: 'access',
    familyId: members.id,
    clientId: null,
    createdAt: madeAt,
    lastUsedAt: madeAt,
    expireAt: madeAt + 1000,
    idleSeconds: 60,
    userAgent: 'agent',
    address: '192.0.2.1',
    wipeAt: null,
    data: {},
    ...members,
  }
}

/** What every store of sessions, clients and counted failures has to do. */
export function sessionStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps sessions`, () => {
    let subject: StoreSubject
    let userId: number
    beforeAll(async () => {
      subject = await open()
      userId = await write(async (tx) => {
        const id = await tx.users.takeId()
        await tx.users.insert(newUser({ id, userName: 'holder', profile: { a: 1 } }), null)
        return id
      })
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const read = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.read(subject.tenants[0], fn)
    const other = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[1], fn)
    const add = (digest: string, members: Partial<Session> = {}) =>
      write(async (tx) => {
        const session = newSession({ id: await tx.sessions.takeId(), userId, ...members })
        await tx.sessions.insert(session, digest)
        return session
      })
    const idOf = (digest: string) =>
      read(async (tx) => (await tx.sessions.findByDigest(digest, madeAt))?.session.id)

    it('finds a session with its user', async () => {
      const session = await add('d1', { clientId: 'c', data: { x: 'y' } })
      const found = await read((tx) => tx.sessions.findByDigest('d1', madeAt))
      const user = await read((tx) => tx.users.find(userId))
      expect(found).toEqual({ session, user, roles: user!.roles })
      expect(await read((tx) => tx.sessions.find(session.id))).toEqual(session)
      expect(await write((tx) => tx.sessions.hold(session.id))).toEqual(session)
      expect(await idOf('d2')).toBeUndefined()
    })

    it('notes the last use, never back, and what was consumed, once', async () => {
      const { id } = await add('used', { kind: 'code' })
      await write((tx) => tx.sessions.touch(id, madeAt + 5))
      await write((tx) => tx.sessions.touch(id, madeAt + 3))
      const session = await read((tx) => tx.sessions.find(id))
      expect(session?.lastUsedAt).toBe(madeAt + 5)
      const takes = Array.from({ length: 8 }, () => write((tx) => tx.sessions.consume(id, madeAt)))
      expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(1)
    })

    it('removes one, a family, or all of a user but a family', async () => {
      const first = await add('f1')
      await add('f2', { familyId: first.familyId })
      const kept = await add('k1')
      const single = await add('s1')
      await write((tx) => tx.sessions.remove(single.id))
      expect(await idOf('s1')).toBeUndefined()
      await write((tx) => tx.sessions.removeFamily(first.familyId))
      expect([await idOf('f1'), await idOf('f2')]).toEqual([undefined, undefined])
      await add('o1')
      await write((tx) => tx.sessions.removeOfUser(userId, kept.familyId))
      expect([await idOf('o1'), await idOf('k1')]).toEqual([undefined, kept.id])
      const own = await read((tx) => tx.sessions.ofUser(userId, ['access', 'login']))
      expect(own).toEqual([kept])
      expect(await read((tx) => tx.sessions.ofUser(userId, ['cookie']))).toEqual([])
      await write((tx) => tx.sessions.removeOfUser(userId))
      expect(await idOf('k1')).toBeUndefined()
    })

    it('removes what is past its end, in portions', async () => {
      for (let at = 0; at < 5; at += 1) await add(`e${at}`, { expireAt: madeAt + at })
      expect(await write((tx) => tx.sessions.removeExpired(madeAt + 3, 3))).toBe(3)
      expect(await write((tx) => tx.sessions.removeExpired(madeAt + 3, 3))).toBe(1)
      expect(await idOf('e4')).toBeDefined()
    })

    it('keeps tenants apart', async () => {
      const session = await add('mine')
      const seen = await other(async (tx) => {
        await tx.sessions.remove(session.id)
        await tx.sessions.removeFamily(session.familyId)
        await tx.sessions.removeOfUser(userId)
        await tx.sessions.removeExpired(madeAt * 2, 100)
        await tx.sessions.touch(session.id, madeAt * 2)
        return [
          await tx.sessions.findByDigest('mine', madeAt),
          await tx.sessions.find(session.id),
          await tx.sessions.hold(session.id),
          await tx.sessions.consume(session.id, madeAt),
          (await tx.sessions.ofUser(userId, ['access'])).length,
        ]
      })
      expect(seen).toEqual([undefined, undefined, undefined, false, 0])
      expect(await read((tx) => tx.sessions.find(session.id))).toEqual(session)
    })

    it('keeps clients, each id once', async () => {
      const client: Client = {
        id: 'client',
        name: 'Client',
        isConfidential: true,
        isEnabled: true,
        isStandard: false,
        grantTypes: ['password', 'refresh_token'],
        redirectUris: ['https://example.test/é'],
        accessTokenSeconds: 1,
        refreshTokenSeconds: 2,
        approvalSeconds: 3,
      }
      await write((tx) => tx.clients.insert(client, 'digest'))
      expect(await read((tx) => tx.clients.find('client'))).toEqual(client)
      expect(await read((tx) => tx.clients.secretDigest('client'))).toBe('digest')
      await expect(write((tx) => tx.clients.insert(client, null))).rejects.toThrow('exists client')
      expect(await read((tx) => tx.clients.all())).toEqual([client])
      await other((tx) => tx.clients.insert({ ...client, name: 'Theirs' }, null))
      expect(await other((tx) => tx.clients.secretDigest('client'))).toBeNull()
      expect(await read((tx) => tx.clients.secretDigest('nobody'))).toBeNull()
    })

    it('counts every failure, locks at the limit, and forgets in time', async () => {
      const fail = (key: string, at = madeAt, limit = 5) =>
        write((tx) => tx.throttle.fail(key, at, limit, 60))
      const states = await Promise.all(Array.from({ length: 12 }, () => fail('crowd')))
      const counts = states.map(({ failures }) => failures).sort((a, b) => a - b)
      expect(counts).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
      const lock = madeAt + 60_000
      for (const { failures, lockedUntil } of states) {
        expect(lockedUntil).toBe(failures < 5 ? null : lock)
      }
      expect((await fail('crowd', madeAt + 30_000)).lockedUntil).toBe(lock)
      expect(await fail('crowd', lock)).toEqual({
        failures: 1,
        lastFailureAt: lock,
        lockedUntil: null,
      })
      await fail('slow')
      expect((await fail('slow', madeAt + 60_000)).failures).toBe(2)
      expect((await fail('slow', madeAt + 120_001)).failures).toBe(1)
      expect((await fail('strict', madeAt, 1)).lockedUntil).toBe(lock)
      expect(await write((tx) => tx.throttle.hold('strict'))).toMatchObject({ failures: 1 })
      expect(await other((tx) => tx.throttle.find('strict'))).toBeUndefined()
      await write((tx) => tx.throttle.clear('strict'))
      expect(await read((tx) => tx.throttle.find('strict'))).toBeUndefined()
      await fail('locked', madeAt, 1)
      expect(await write((tx) => tx.throttle.removeOlder(madeAt + 1))).toBe(0)
      expect(await write((tx) => tx.throttle.removeOlder(lock + 1))).toBe(2)
      expect(await read((tx) => tx.throttle.find('slow'))).toMatchObject({ failures: 1 })
    })
  })
}
