import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import {
  CREATE,
  MANAGE_DOWNLOAD_LINKS,
  MANAGE_UPLOAD_LINKS,
  READ,
} from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { changeLinks } from './change-links.ts'
import { type CreateLink, createLink } from './create-link.ts'
import { deleteLinks } from './delete-links.ts'
import { findLink } from './find-link.ts'
import { type ListLinks, listLinks } from './list-links.ts'

const page = { offset: 0, limit: 100 }

describe.each(await testDatabases())('links of owners on $kind', (databases) => {
  let world: IdentityWorld
  let roomId: number
  let ann: number
  let bob: number

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
    bob = await world.addUser('bob')
    const view = await createRoom(world.asAdmin(), { name: 'Room', adminIds: [ann] })
    roomId = view.node.id
    await give(READ)
  })

  afterAll(() => world.stop())

  const give = (permissions: number) =>
    setRoomGrants(world.as(ann), { room: { id: roomId }, grants: [{ userId: bob, permissions }] })
  const folder = async (name: string) =>
    (await createFolder(world.as(ann), { parent: { id: roomId }, name })).node.id
  const link = (nodeId: number, more: Partial<CreateLink> = {}, userId = ann) =>
    createLink(world.as(userId), { kind: 'download', node: { id: nodeId }, ...more })

  test('a link takes the right to share and to read what it shares', async () => {
    const id = await folder('shared')
    expect(await faultOf(link(id, {}, bob))).toBe('forbidden node target')
    await give(MANAGE_DOWNLOAD_LINKS)
    expect(await faultOf(link(id, {}, bob))).toBe('forbidden node target')
    await give(READ | MANAGE_DOWNLOAD_LINKS)
    const view = await link(id, {}, bob)
    expect(view.link).toMatchObject({ name: 'shared', nodeId: id, isProtected: false })
    expect(view.token).toMatch(/^[\w-]{22,}$/)
    expect(view.view.downloadLinks).toBe(1)
    expect(view.createdBy.userName).toBe('bob')
    expect(await faultOf(link(id, { kind: 'upload' }, bob))).toBe('forbidden node target')
    await give(READ | CREATE | MANAGE_UPLOAD_LINKS)
    expect((await link(id, { kind: 'upload' }, bob)).view.uploadLinks).toBe(1)
    expect(await faultOf(link(999_999))).toBe('not-found node target')
    const secret = await createRoom(world.asAdmin(), { name: 'Secret' })
    expect(await faultOf(link(secret.node.id))).toBe('not-found node target')
    expect(JSON.stringify((await world.events()).map(({ data }) => data))).not.toContain(view.token)
  })

  test('its creation shows in the listing of the parent', async () => {
    const id = await folder('seen')
    const listing = () =>
      world.asAdmin().read(async (tx) => (await tx.tallies.of([roomId])).get(roomId)!.listing)
    const before = await listing()
    const { link: made } = await link(id)
    const between = await listing()
    expect(between).toBeGreaterThan(before)
    const { views } = await deleteLinks(world.as(ann), { ids: [made.id] })
    expect(views).toMatchObject([{ node: { id }, downloadLinks: 0 }])
    expect(await listing()).toBeGreaterThan(between)
  })

  test('what is said of it is checked', async () => {
    const id = await folder('checked')
    const cases: [Partial<CreateLink>, string, string][] = [
      [{ name: '' }, 'name', 'empty'],
      [{ name: 'a\u0001' }, 'name', 'control'],
      [{ name: 'x'.repeat(151) }, 'name', 'length'],
      [{ notes: 'x'.repeat(256) }, 'notes', 'length'],
      [{ internalNotes: 'a\u0000' }, 'internalNotes', 'control'],
      [{ password: '' }, 'password', 'empty'],
      [{ password: 'x'.repeat(1025) }, 'password', 'length'],
      [{ maxDownloads: 0 }, 'maxDownloads', 'range'],
      [{ maxDownloads: 1.5 }, 'maxDownloads', 'range'],
      [{ maxBytes: -1 }, 'maxBytes', 'range'],
      [{ expireAt: 1 }, 'expireAt', 'past'],
      [{ expireAt: Number.NaN }, 'expireAt', 'range'],
    ]
    for (const [input, field, rule] of cases) {
      const fault = await thrown(link(id, input))
      expect([fault.code, fault.subject, fault.data]).toEqual(['invalid', 'link', { field, rule }])
    }
  })

  test('one per node is one, however many ask at once', async () => {
    const id = await folder('once')
    const asked = Array.from({ length: 8 }, () => link(id, { onePerNode: 'kind' }))
    const tokens = (await Promise.all(asked)).map(({ token }) => token)
    expect(new Set(tokens).size).toBe(1)
    const upload = await link(id, { kind: 'upload', onePerNode: 'node' })
    expect(upload.token).toBe(tokens[0])
    const own = await link(id, { kind: 'upload', onePerNode: 'kind' })
    expect(own.token).not.toBe(tokens[0])
  })

  test('links are listed and found by those who may manage them', async () => {
    await give(READ | MANAGE_DOWNLOAD_LINKS)
    const id = await folder('Listed')
    const one = await link(id, { name: 'Zulu', notes: 'x' })
    const two = await link(id, { name: 'alpha' }, bob)
    const upload = await link(id, { name: 'Upload', kind: 'upload' })
    const list = async (
      userId: number,
      filter: ListLinks['filter'],
      by: 'name' | 'createdBy' = 'name',
    ) => {
      const sort = [{ by, descending: false }] as const
      const found = await listLinks(world.as(userId), { filter, sort, page })
      expect(found.total).toBe(found.items.length)
      return found.items.map(({ link: each }) => each.id)
    }
    const at = { node: { id } }
    expect(await list(ann, at)).toEqual([two.link.id, upload.link.id, one.link.id])
    expect(await list(bob, at)).toEqual([two.link.id, one.link.id])
    expect(await list(ann, { ...at, kind: 'upload' })).toEqual([upload.link.id])
    expect(await list(ann, { ...at, nameContains: 'ULU' })).toEqual([one.link.id])
    expect(await list(ann, { ...at, nameContains: '_' })).toEqual([])
    expect(await list(ann, { ...at, createdBy: bob })).toEqual([two.link.id])
    expect(await list(ann, { ...at, createdByContains: 'BO' })).toEqual([two.link.id])
    expect(await list(ann, { ...at, updatedByContains: 'person' }, 'createdBy')).toHaveLength(3)
    expect(await list(ann, { ...at, token: two.token })).toEqual([two.link.id])
    expect(await list(ann, { ...at, createdFrom: world.now() + 1 })).toEqual([])
    expect(await list(world.adminId, at)).toEqual([])
    for (const by of ['notifyCreator', 'expireAt', 'createdAt', 'classification'] as const) {
      const sorted = await listLinks(world.as(ann), { sort: [{ by, descending: true }], page })
      expect(sorted.items.length).toBe(sorted.total)
    }
    expect((await findLink(world.as(bob), { id: one.link.id })).token).toBe(one.token)
    expect((await findLink(world.as(bob), { node: { id } })).link.id).toBe(one.link.id)
    for (const refused of [{ id: upload.link.id }, { node: { id }, kind: 'upload' } as const]) {
      expect(await faultOf(findLink(world.as(bob), refused))).toBe('forbidden node target')
    }
    expect(await faultOf(findLink(world.as(bob), { id: 999_999 }))).toBe('not-found link')
  })

  test('links are ended all or none, and by whoever may', async () => {
    await give(READ | MANAGE_DOWNLOAD_LINKS)
    const id = await folder('ended')
    const one = (await link(id)).link.id
    const two = (await link(id)).link.id
    const upload = (await link(id, { kind: 'upload' })).link.id
    const by = (userId: number, input: Parameters<typeof deleteLinks>[1]) =>
      deleteLinks(world.as(userId), input)
    expect(await faultOf(by(bob, { ids: [one, upload] }))).toBe('forbidden node target')
    expect(await faultOf(by(ann, { ids: [one, 999_999] }))).toBe('not-found link')
    expect(await faultOf(by(ann, { ids: [upload], kind: 'download' }))).toBe('not-found link')
    const many = Array.from({ length: 201 }, (_, index) => index + 1)
    expect(await faultOf(by(ann, { ids: many }))).toBe('too-many link')
    expect((await findLink(world.as(ann), { id: one })).link.id).toBe(one)
    await by(bob, { nodes: [{ id }] })
    expect(await faultOf(findLink(world.as(ann), { id: two }))).toBe('not-found link')
    const { views } = await by(ann, { nodes: [{ id }], kind: 'any' })
    expect(views).toMatchObject([{ downloadLinks: 0, uploadLinks: 0 }])
    expect(await faultOf(by(ann, { nodes: [{ id }], kind: 'any' }))).toBe('not-found link')
  })

  test('links wait for their node while it is in the trash', async () => {
    const parent = await folder('gone')
    const inside = await createFolder(world.as(ann), { parent: { id: parent }, name: 'inside' })
    const { link: made } = await link(inside.node.id)
    await deleteNodes(world.as(ann), { nodes: [{ id: parent }], mode: 'all' })
    expect(await faultOf(findLink(world.as(ann), { id: made.id }))).toBe('not-found link')
    expect(await world.asAdmin().read((tx) => tx.links.find(made.id))).toEqual(made)
  })

  test('a tenant may say when links end and how long passwords are', async () => {
    const id = await folder('ending')
    const settings = {
      ...world.tenant.settings,
      ...{ linkPasswordLength: 4, downloadLinkDays: 2, uploadLinkDays: 1 },
    }
    const ctx = { ...world.as(ann), tenant: { ...world.tenant, settings } }
    const make = async (more: Partial<CreateLink> = {}) =>
      (await createLink(ctx, { kind: 'download', node: { id }, ...more })).link
    const day = 86_400_000
    expect((await make()).expireAt).toBe(ctx.now + 2 * day)
    expect((await make({ kind: 'upload' })).expireAt).toBe(ctx.now + day)
    expect((await make({ expireAt: null })).expireAt).toBeNull()
    expect((await make({ expireAt: ctx.now + 5 })).expireAt).toBe(ctx.now + 5)
    const short = await thrown(make({ password: 'abc' }))
    expect(short.data).toEqual({ field: 'password', rule: 'too-short' })
    expect((await make({ password: '🚀🚀🚀🚀' })).isProtected).toBe(true)
    const { id: kept } = await make()
    const change = { ids: [kept], change: { notes: 'stays', password: 'abc' } }
    expect(await faultOf(changeLinks(ctx, change))).toBe('invalid link')
    const open = await changeLinks(ctx, { ids: [kept], change: { expireAt: null } })
    expect(open[0]?.link.expireAt).toBeNull()
  })

  test('a classification may ask for a password', async () => {
    const id = await folder('classified')
    const asking = (linkPasswordFrom: number) => {
      const settings = { ...world.tenant.settings, linkPasswordFrom }
      return { ...world.as(ann), tenant: { ...world.tenant, settings } }
    }
    const make = (from: number, more: Partial<CreateLink> = {}) =>
      createLink(asking(from), { kind: 'download', node: { id }, ...more })
    expect(await faultOf(make(2))).toBe('invalid link')
    expect(await faultOf(make(1))).toBe('invalid link')
    expect((await make(3)).link.isProtected).toBe(false)
    const { link: made } = await make(2, { password: 'secret' })
    expect((await make(2, { kind: 'upload' })).link.isProtected).toBe(false)
    const open = changeLinks(asking(2), { ids: [made.id], change: { password: null } })
    expect(await faultOf(open)).toBe('invalid link')
    expect((await findLink(world.as(ann), { id: made.id })).link.isProtected).toBe(true)
  })
})
