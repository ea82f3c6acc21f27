import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFault } from '../fault.ts'
import { defaultSettings } from '../settings/settings.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { OpenStoreSubject, StoreSubject } from './store-subject.suite.ts'

function newTenant(id: number, members: Partial<Tenant> = {}): Tenant {
  return {
    id,
    uuid: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
    name: `Tenant ${id}`,
    createdAt: 5,
    isLocked: false,
    quota: null,
    maxUsers: null,
    homesId: 0,
    language: 'en',
    settings: defaultSettings,
    ...members,
  }
}

/** What every store of tenants has to do. */
export function tenantStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps tenants`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const taken = (work: Promise<unknown>) =>
      expect(work).rejects.toSatisfy((error) => isFault(error, 'exists'))

    it('keeps tenants and their host names', async () => {
      const { tenants } = subject.store
      const first = newTenant(await tenants.takeId(), { quota: 5, maxUsers: 6, isLocked: true })
      const second = newTenant(await tenants.takeId())
      expect(second.id).toBeGreaterThan(first.id)
      expect(await tenants.findDefault()).toBeUndefined()
      await tenants.insert(first, true)
      await tenants.insert(second, false)
      await tenants.addHost(first.id, 'one.example')
      await tenants.addHost(first.id, 'also-one.example')
      await tenants.addHost(first.id, 'one.example')
      await tenants.addHost(second.id, 'two.example')
      expect(await tenants.findByHost('one.example')).toEqual(first)
      expect(await tenants.findByHost('also-one.example')).toEqual(first)
      expect(await tenants.findByHost('two.example')).toEqual(second)
      expect(await tenants.findByHost('three.example')).toBeUndefined()
      expect(await tenants.findDefault()).toEqual(first)
      expect(await tenants.find(second.id)).toEqual(second)
      expect(await tenants.find(999_999)).toBeUndefined()
      expect(await tenants.all()).toEqual([first, second])
      await tenants.setHomes(second.id, 44)
      expect(await tenants.find(second.id)).toEqual({ ...second, homesId: 44 })
      await taken(tenants.addHost(second.id, 'one.example'))
      expect(await tenants.findByHost('one.example')).toEqual(first)
    })

    it('has one default and no id twice', async () => {
      const { tenants } = subject.store
      const third = newTenant(await tenants.takeId())
      await taken(tenants.insert(third, true))
      expect(await tenants.find(third.id)).toBeUndefined()
      await tenants.insert(third, false)
      await taken(tenants.insert(third, false))
    })

    it('answers that it is there', async () => {
      await expect(subject.store.tenants.ping()).resolves.toBeUndefined()
    })
  })
}
