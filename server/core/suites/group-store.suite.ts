import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Group } from '../groups/group.ts'
import { ROLE_AUDIT, ROLE_USERS } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { faultOf } from './node-world.suite.ts'
import { madeAt, type OpenStoreSubject, type StoreSubject } from './store-subject.suite.ts'

function newGroup(members: Pick<Group, 'id' | 'name'> & Partial<Group>): Group {
  const made = { createdAt: madeAt, createdBy: 1, updatedAt: madeAt, updatedBy: 1 }
  return { roles: 0, expireAt: null, ...made, ...members }
}

/** What every store of groups, members and those who wait has to do. */
export function groupStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps groups`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>, tenant = 0) =>
      subject.store.write(subject.tenants[tenant]!, fn)
    const add = (groupName: string, more: Partial<Group> = {}) =>
      write(async (tx) => {
        const id = await tx.groups.takeId()
        await tx.groups.insert(newGroup({ id, name: groupName, ...more }))
        return id
      })

    it('by names that are taken once, in any case', async () => {
      const id = await add('Editors')
      expect(await faultOf(add('EDITORS'))).toBe('exists group')
      const other = await add('Authors')
      const renaming = write((tx) => tx.groups.update(other, { name: 'editors' }))
      expect(await faultOf(renaming)).toBe('exists group')
      await write(async ({ groups }) => {
        await groups.update(id, { name: 'editors', expireAt: madeAt })
        expect(await groups.find(id)).toMatchObject({ name: 'editors', expireAt: madeAt })
        const page = { offset: 0, limit: 10 }
        const by = { by: 'name', descending: true } as const
        const found = await groups.page({ nameContains: 'ORS' }, [by], page)
        expect(found.map((group) => group.name)).toEqual(['editors', 'Authors'])
        expect(await groups.count({ notIds: [id, other] })).toBe(0)
      })
    })

    it('with members, and the roles that these have by groups in force', async () => {
      const first = await add('one', { roles: ROLE_AUDIT })
      const second = await add('two', { roles: ROLE_USERS, expireAt: madeAt + 5 })
      await write(async ({ groups }) => {
        await groups.addMembers(first, [7, 8, 7])
        await groups.addMembers(second, [7])
        expect(await groups.membersOf(first)).toEqual([7, 8])
        expect(await groups.groupsOf(7)).toEqual([first, second])
        expect(await groups.sizes([first, second])).toEqual(
          new Map([
            [first, 2],
            [second, 1],
          ]),
        )
        expect(await groups.rolesOf(7, madeAt)).toBe(ROLE_AUDIT | ROLE_USERS)
        expect(await groups.rolesOf(7, madeAt + 5)).toBe(ROLE_AUDIT)
        expect(await groups.rolesOf(9, madeAt)).toBe(0)
      })
    })

    it('and who waits, until he leaves or the group goes', async () => {
      const id = await add('waiting')
      const admission = { roomId: 70, groupId: id, userId: 7, isDenied: false }
      await write(async ({ groups, admissions }) => {
        await groups.addMembers(id, [7, 8])
        await admissions.insert([admission, { ...admission, userId: 8 }])
        await admissions.insert([{ ...admission, isDenied: true }])
        await admissions.decide({ ...admission, userId: 8, isDenied: true })
        expect(await admissions.of(70, id)).toHaveLength(2)
        expect(await admissions.count({ isDenied: true })).toBe(1)
        expect(await admissions.find(70, id, 7)).toEqual(admission)
        await groups.removeMembers(id, [7])
        expect(await admissions.find(70, id, 7)).toBeUndefined()
        await admissions.removeAll(70, id, false)
        expect(await admissions.count({ groupId: id })).toBe(1)
        await groups.remove(id)
        expect([await groups.find(id), await admissions.count({ groupId: id })]).toEqual([
          undefined,
          0,
        ])
      })
    })

    it('of one tenant', async () => {
      const id = await add('walled', { roles: ROLE_AUDIT })
      await write((tx) => tx.groups.addMembers(id, [7]))
      await write(async ({ groups, admissions }) => {
        expect(await groups.find(id)).toBeUndefined()
        expect([await groups.membersOf(id), await groups.groupsOf(7)]).toEqual([[], []])
        expect([await groups.rolesOf(7, madeAt), await groups.count({})]).toEqual([0, 0])
        expect(await admissions.count({})).toBe(0)
        await groups.removeMembers(id, [7])
        await groups.remove(id)
      }, 1)
      expect(await write((tx) => tx.groups.membersOf(id))).toEqual([7])
    })
  })
}
