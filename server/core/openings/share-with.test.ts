import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { Ctx } from '../ctx.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { acceptInvitation } from '../shares/accept-invitation.ts'
import { listInvitations } from '../shares/list-invitations.ts'
import { faultOf, type NodeWorld, nodeWorld, startOfTime } from '../suites/node-world.suite.ts'
import { closeTo } from './close-to.ts'
import { openedTo } from './opened-to.ts'
import { type ShareWith, shareWith } from './share-with.ts'

describe.each(await testDatabases())('shares with people on $kind', (databases) => {
  let world: NodeWorld
  let count = 0
  beforeAll(async () => {
    world = await nodeWorld(databases)
  })
  afterAll(() => world.stop())

  const mailing = (ctx: Ctx): Ctx => ({ ...ctx, mailer: memoryMailer() })
  const ann = () => mailing(world.as('ann'))
  const bob = () => world.as('bob')
  const folder = async () => {
    const { node } = await createFolder(ann(), { path: [`folder ${++count}`] })
    return { id: node.id }
  }
  const file = async () => ({ id: await world.addFile((await folder()).id, 'file') })
  type Wish = Partial<ShareWith>
  const share = (node: { id: number }, recipients: string[], more: Wish = {}, ctx = ann()) =>
    shareWith(ctx, {
      nodes: [node],
      recipients,
      permissions: READ,
      addressOf: (token) => `https://files.example.test/${token}`,
      ...more,
    })
  const links = async (node: { id: number }) =>
    (await openedTo(ann(), { nodes: [node] })).flatMap((one) => (one.by === 'link' ? one : []))
  const guest = 'Guest@outside.test'
  const bobs = 'bob@example.test'

  test('a guest keeps his link unless it turns around, however he is spelled', async () => {
    const node = await folder()
    await share(node, [guest, guest.toLowerCase()])
    const [first, ...none] = await links(node)
    expect(none).toEqual([])
    expect(first?.link).toMatchObject({ kind: 'download', recipient: guest, takesUploads: false })
    await share(node, [guest.toUpperCase()], { permissions: READ | CREATE })
    const [same] = await links(node)
    expect(same).toMatchObject({ token: first?.token, link: { takesUploads: true } })
    await share(node, [guest], { permissions: CREATE, expireAt: startOfTime + 10 })
    const all = await links(node)
    expect(all).toHaveLength(1)
    expect(all[0]).toMatchObject({ link: { kind: 'upload' }, expireAt: startOfTime + 10 })
    expect(all[0]?.token).not.toBe(first?.token)
  })

  test('a file is shared by links, and cannot be filled', async () => {
    const node = await file()
    await share(node, [bobs], { permissions: READ | CREATE })
    const [own] = await links(node)
    expect(own?.link).toMatchObject({ recipient: bobs, takesUploads: false })
    expect(await listInvitations(bob())).toEqual([])
    expect(await faultOf(share(node, [guest], { permissions: CREATE }))).toBe(
      'wrong-kind node target',
    )
    expect((await closeTo(ann(), { nodes: [node], people: [{ userId: world.ids.bob }] }))?.id).toBe(
      world.ids.bob,
    )
    expect(await links(node)).toEqual([])
  })

  test('who is in it holds what is said last, with its end', async () => {
    const node = await folder()
    await share(node, [bobs], { message: 'Look', expireAt: startOfTime + 10 })
    const [open] = await listInvitations(bob())
    expect(open).toMatchObject({ nodeId: node.id, message: 'Look', expireAt: startOfTime + 10 })
    const { view, parentId } = await acceptInvitation(bob(), { nodeId: node.id })
    const home = await bob().read((tx) => tx.nodes.homesOf([world.ids.bob]))
    expect([view.node.id, parentId]).toEqual([node.id, home.get(world.ids.bob)?.id])
    const before = (await world.events()).length
    await share(node, [bobs], { expireAt: startOfTime + 10 })
    expect(await world.events()).toHaveLength(before)
    const [grant] = await share(node, [bobs], { permissions: READ | CREATE })
    expect(grant).toMatchObject({ by: 'grant', permissions: READ | CREATE, expireAt: null })
    expect(await listInvitations(bob())).toEqual([])
    expect(await faultOf(share(node, [bobs], {}, mailing(bob())))).toBe('forbidden node')
  })

  test('all or none', async () => {
    const [node, other] = [await folder(), await folder()]
    const hidden = (await createFolder(bob(), { path: [`hidden ${++count}`] })).node
    const before = (await world.events()).length
    expect(await faultOf(share(node, [bobs], { nodes: [node, hidden] }))).toBe('not-found node')
    expect(await faultOf(share(node, [bobs, guest], {}, world.as('ann')))).toBe('unsupported mail')
    expect(await faultOf(share(node, [bobs, 'nobody'], {}))).toBe('invalid user')
    expect(await faultOf(share(node, [bobs, 'ann@example.test']))).toBe('exists user')
    expect(await world.events()).toHaveLength(before)
    const both = await share(node, [bobs], { nodes: [node, other] })
    expect(both.map((one) => [one.by, one.view.node.id])).toEqual([
      ['invitation', node.id],
      ['invitation', other.id],
    ])
  })

  test('what was not shared is not taken, and nobody is told who that is', async () => {
    const node = await folder()
    const close = (people: Parameters<typeof closeTo>[1]['people'], ctx = ann()) =>
      closeTo(ctx, { nodes: [node], people })
    expect(await close([{ userId: world.ids.bob }])).toBeNull()
    expect(await close([{ email: guest }])).toBeNull()
    await share(node, [bobs, guest])
    expect(await faultOf(close([{ userId: world.ids.ann }]))).toBe('forbidden node')
    expect(await faultOf(close([{ userId: 99_999 }]))).toBe('not-found user')
    expect(await close([{ email: guest.toLowerCase() }, { email: bobs }])).toMatchObject({
      id: world.ids.bob,
    })
    expect(await openedTo(ann(), { nodes: [node] })).toEqual([])
    expect(await faultOf(acceptInvitation(bob(), { nodeId: node.id }))).toBe('not-found invitation')
  })
})
