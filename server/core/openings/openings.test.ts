import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createLink } from '../links/create-link.ts'
import { createLinkedFolder } from '../links/create-linked-folder.ts'
import { findLink } from '../links/find-link.ts'
import { listLinks } from '../links/list-links.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { listChildren } from '../nodes/list-children.ts'
import {
  CREATE,
  MANAGE_DOWNLOAD_LINKS,
  MANAGE_UPLOAD_LINKS,
  READ,
} from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { changeOpening } from './change-opening.ts'
import { closeNode } from './close-node.ts'
import { openNodes } from './open-nodes.ts'

const page = { offset: 0, limit: 100 }
const guest = 'guest@outside.test'
const forLinks = READ | CREATE | MANAGE_DOWNLOAD_LINKS | MANAGE_UPLOAD_LINKS

describe.each(await testDatabases())('what opens nodes on $kind', (databases) => {
  let world: IdentityWorld
  let roomId: number
  let ann: number
  let bob: number
  let count = 0

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
    bob = await world.addUser('bob')
    await world.asAdmin().write((tx) => tx.users.update(bob, { email: 'bob@inside.test' }))
    const view = await createRoom(world.asAdmin(), { name: 'Room', adminIds: [world.adminId] })
    roomId = view.node.id
    await give(ann, forLinks)
  })
  afterAll(() => world.stop())

  const give = (userId: number, permissions: number) =>
    setRoomGrants(world.asAdmin(), { room: { id: roomId }, grants: [{ userId, permissions }] })
  const folder = async () => {
    const place = { parent: { id: roomId }, name: `folder ${++count}` }
    return { id: (await createFolder(world.asAdmin(), place)).node.id }
  }
  const download = { kind: 'download' } as const
  const linksOf = async (node: { id: number }) =>
    (await listLinks(world.asAdmin(), { filter: { node }, page })).items

  test('two who open a node at once get one link; people are for who governs it', async () => {
    const node = await folder()
    const open = () => openNodes(world.as(ann), { nodes: [node], link: download })
    const tokens = (await Promise.all([open(), open()])).map(({ links }) => links[0]?.token)
    expect(new Set(tokens).size).toBe(1)
    const { openings } = await open()
    expect(openings).toMatchObject([{ by: 'link', token: tokens[0] }])
    const room = { nodes: [{ id: roomId }], link: download }
    expect((await openNodes(world.as(ann), room)).openings.map(({ by }) => by)).toEqual(['link'])
    const governed = (await openNodes(world.asAdmin(), room)).openings.map(({ by }) => by)
    expect(governed.sort()).toEqual(['grant', 'link'])
  })

  test('an open link is one in force for anybody; all nodes are opened or none', async () => {
    const node = await folder()
    const link = (more: object) => createLink(world.as(ann), { ...download, node, ...more })
    await link({ recipient: guest })
    const ended = await link({ expireAt: world.as(ann).now + 1 })
    await world.asAdmin().write((tx) => tx.links.update(ended.link.id, { expireAt: 1 }))
    const beside = await folder()
    await give(bob, READ | MANAGE_DOWNLOAD_LINKS)
    const secret = (await createRoom(world.asAdmin(), { name: `Secret ${count}` })).node.id
    const nodes = [beside, { id: secret }]
    const refused = openNodes(world.as(bob), { nodes, link: download })
    expect(await faultOf(refused)).toBe('not-found node target')
    expect(await linksOf(beside)).toEqual([])
    const { links } = await openNodes(world.as(ann), { nodes: [node], link: download })
    expect(links[0]?.token).not.toBe(ended.token)
    expect(await linksOf(node)).toHaveLength(3)
    expect(await faultOf(openNodes(world.as(ann), { nodes: [], link: download }))).toBe(
      'invalid node target',
    )
  })

  test('a token counts for its own node; closing leaves what is for one address', async () => {
    const [node, other] = [await folder(), await folder()]
    const { token } = await createLink(world.as(ann), { ...download, node })
    await createLink(world.as(ann), { ...download, node, recipient: guest })
    const change = { takesUploads: true }
    const wrong = changeOpening(world.as(ann), { token, nodes: [other], change })
    expect(await faultOf(wrong)).toBe('not-found link')
    expect(await faultOf(closeNode(world.as(ann), { node: other, token }))).toBe('not-found link')
    const turned = changeOpening(world.as(ann), { token, nodes: [node], change, asKind: 'upload' })
    expect((await thrown(turned)).data).toEqual({ field: 'kind', rule: 'fixed' })
    const nodes = [other, node]
    const opened = await changeOpening(world.as(ann), { token, nodes, change })
    expect(opened).toMatchObject([{ link: change }, { link: { recipient: guest } }])
    await give(bob, READ | MANAGE_DOWNLOAD_LINKS)
    const closing = closeNode(world.as(bob), { node })
    expect(await faultOf(closing)).toBe('forbidden node target')
    expect(await closeNode(world.as(ann), { node })).toMatchObject([{ link: { recipient: guest } }])
    await give(bob, READ)
    expect(await faultOf(closeNode(world.as(bob), { node: other }))).toBe('forbidden node target')
  })

  const box = (more: object = {}, path = [guest]) => ({
    path,
    link: { ...download, recipient: guest, ...more },
  })
  const names = async () => {
    const { items } = await listChildren(world.as(ann), { parent: { path: [] }, page })
    return items.map(({ node }) => node.name)
  }

  test('a folder and its link are made together or not at all', async () => {
    const inside = createLinkedFolder(world.as(ann), box({ recipient: 'BOB@inside.test' }, ['b']))
    expect(await faultOf(inside)).toBe('exists user')
    const mailless = {
      ...box({}, ['b']),
      mail: { recipients: [guest], message: '', addressOf: String },
    }
    expect(await faultOf(createLinkedFolder(world.as(ann), mailless))).toBe('unsupported mail')
    expect(await faultOf(createLinkedFolder(world.as(ann), box({}, [])))).toBe(
      'invalid node parent',
    )
    expect(await names()).not.toContain('b')
    const foreign = { ...box(), parent: { id: roomId } }
    await give(bob, READ | CREATE)
    expect(await faultOf(createLinkedFolder(world.as(bob), foreign))).toBe('forbidden node target')
    const { items } = await listChildren(world.asAdmin(), { parent: { id: roomId }, page })
    expect(items.map(({ node }) => node.name)).not.toContain(guest)
  })

  test('of two who make it at once both have the same one, as the later wants it', async () => {
    const mailer = memoryMailer()
    const ctx = { ...world.as(ann), mailer }
    const make = () => createLinkedFolder(ctx, { ...box(), tell: (token) => `https://x/${token}` })
    const made = await Promise.all([make(), make()])
    expect(new Set(made.map(({ token }) => token)).size).toBe(1)
    expect((await names()).filter((name) => name === guest)).toHaveLength(1)
    const again = await createLinkedFolder(
      world.as(ann),
      box({ password: 'secret', takesUploads: true, recipient: guest.toUpperCase() }),
    )
    expect(again.token).toBe(made[0]?.token)
    const found = await findLink(world.as(ann), { token: again.token })
    expect(found.link).toMatchObject({ isProtected: true, takesUploads: true })
    for (const [more, rule] of [
      [{ recipient: null }, 'recipient'],
      [{ kind: 'upload' }, 'kind'],
    ] as const) {
      const refused = await thrown(createLinkedFolder(world.as(ann), box(more)))
      expect([refused.code, refused.data]).toEqual(['exists', { rule }])
    }
  })
})
