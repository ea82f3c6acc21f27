import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { findNode } from '../nodes/find-node.ts'
import { moveNodes } from '../nodes/move-nodes.ts'
import { ALL, MANAGE_DOWNLOAD_LINKS, MANAGE_UPLOAD_LINKS, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { completeUpload } from '../uploads/complete-upload.ts'
import { storeFile } from '../uploads/store-file.ts'
import { writeChunk } from '../uploads/write-chunk.ts'
import { changeLinks } from './change-links.ts'
import { type CreateLink, createLink } from './create-link.ts'
import { deleteLinks } from './delete-links.ts'
import { findLink } from './find-link.ts'
import { listLinks } from './list-links.ts'
import { publicLink } from './public-link.ts'
import { publicUploadLink } from './public-upload-link.ts'
import { startLinkUpload } from './start-link-upload.ts'
import { viewLink } from './view-link.ts'

const page = { offset: 0, limit: 100 }
const bothWays = READ | MANAGE_DOWNLOAD_LINKS | MANAGE_UPLOAD_LINKS
const downloadsOnly = READ | MANAGE_DOWNLOAD_LINKS

describe.each(await testDatabases())('links for fetching and bringing on $kind', (databases) => {
  let world: IdentityWorld
  let roomId: number
  let ann: number
  let bob: number
  let count = 0

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
    bob = await world.addUser('bob')
    const view = await createRoom(world.asAdmin(), { name: 'Room', adminIds: [world.adminId, ann] })
    roomId = view.node.id
  })
  afterAll(() => world.stop())

  const give = (userId: number, permissions: number) =>
    setRoomGrants(world.asAdmin(), { room: { id: roomId }, grants: [{ userId, permissions }] })
  const folder = async () => {
    const place = { parent: { id: roomId }, name: `folder ${++count}` }
    return (await createFolder(world.as(ann), place)).node.id
  }
  const link = (nodeId: number, more: Partial<CreateLink> = {}, userId = ann) => {
    const wanted = { kind: 'download', takesUploads: true, node: { id: nodeId }, ...more } as const
    return createLink(world.as(userId), wanted)
  }
  const start = async (token: string, more = {}) => {
    const started = await startLinkUpload(world.stranger(), { token, name: 'file', ...more })
    return { token: started.token, link: token }
  }
  const send = (upload: { token: string; link: string }) =>
    writeChunk(world.stranger(), { upload, source: Readable.from([Buffer.from('abc')]) })
  const complete = (upload: { token: string; link: string }) =>
    completeUpload(world.stranger(), { upload })

  test('what a visitor brings is there for the next one to fetch', async () => {
    const { token, link: made } = await link(await folder(), { name: 'Box' })
    expect(made).toMatchObject({ kind: 'download', takesUploads: true, recipient: null })
    const upload = await start(token)
    await send(upload)
    expect((await complete(upload)).node.createdBy).toBeNull()
    const { inside } = await viewLink(world.stranger(), { token, page })
    expect(inside?.items.map(({ node }) => node.name)).toEqual(['file'])
    expect(await findLink(world.as(ann), { id: made.id })).toMatchObject({ files: 1 })
    const used = (await world.events()).filter(({ type }) => type === 'link.used')
    expect(used.at(-1)).toMatchObject({ subjectId: made.id, data: { kind: 'upload' } })
    const shown = await publicUploadLink(world.stranger(), { token })
    expect(shown.inside).toMatchObject({ filesLeft: null, files: null })
  })

  test('both rights make it, manage it, and are held as long as it is used', async () => {
    const id = await folder()
    for (const held of [downloadsOnly, READ | MANAGE_UPLOAD_LINKS]) {
      await give(bob, held)
      expect(await faultOf(link(id, {}, bob))).toBe('forbidden node target')
    }
    await give(bob, bothWays)
    const { token, link: made } = await link(id, { onePerNode: 'kind' }, bob)
    const upload = await start(token)
    await send(upload)
    await give(bob, downloadsOnly)
    expect(await faultOf(complete(upload))).toBe('not-found link')
    expect(await faultOf(start(token))).toBe('not-found link')
    expect(await faultOf(viewLink(world.stranger(), { token, page }))).toBe('not-found link')
    const reused = link(id, { takesUploads: false, onePerNode: 'kind' }, bob)
    expect(await faultOf(reused)).toBe('forbidden node target')
    expect(await faultOf(findLink(world.as(bob), { id: made.id }))).toBe('forbidden node target')
    const deleting = deleteLinks(world.as(bob), { ids: [made.id] })
    expect(await faultOf(deleting)).toBe('forbidden node target')
    const listed = async (userId: number) =>
      (await listLinks(world.as(userId), { filter: { ids: [made.id] }, page })).total
    expect([await listed(bob), await listed(ann)]).toEqual([0, 1])
    const tokenFor = async (userId: number) =>
      (await findNode(world.as(userId), { node: { id } })).linkToken
    expect([await tokenFor(bob), await tokenFor(ann)]).toEqual([null, token])
    await give(bob, bothWays)
    expect(await listed(bob)).toBe(1)
    expect((await complete(upload)).node.parentId).toBe(id)
  })

  test('turned on by who may make such a one, and off with what is on its way', async () => {
    const { token, link: made } = await link(await folder(), { takesUploads: false })
    expect(await faultOf(start(token))).toBe('not-found link')
    expect(await faultOf(publicUploadLink(world.stranger(), { token }))).toBe('not-found link')
    const change = (userId: number, takesUploads: boolean) =>
      changeLinks(world.as(userId), { ids: [made.id], change: { takesUploads } })
    await give(bob, downloadsOnly)
    expect(await faultOf(change(bob, true))).toBe('forbidden node target')
    expect(await change(bob, false)).toMatchObject([{ link: { takesUploads: false } }])
    await give(bob, bothWays)
    expect(await change(bob, true)).toMatchObject([{ link: { takesUploads: true } }])
    const upload = await start(token)
    await send(upload)
    await change(ann, false)
    expect(await faultOf(complete(upload))).toBe('not-found link')
    expect((await viewLink(world.stranger(), { token, page })).inside?.total).toBe(0)
  })

  test('files come into containers, and only download links need to be told', async () => {
    const source = Readable.from([Buffer.from('abc')])
    const place = { parent: { id: roomId }, name: 'a.txt', onClash: 'rename' } as const
    const file = await storeFile(world.as(ann), { ...place, source })
    expect(await faultOf(link(file.node.id))).toBe('wrong-kind node target')
    const { link: plain } = await link(file.node.id, { takesUploads: false })
    const change = { takesUploads: true }
    const changing = changeLinks(world.as(ann), { ids: [plain.id], change })
    expect(await faultOf(changing)).toBe('wrong-kind node target')
    const upload = await thrown(link(roomId, { kind: 'upload' }))
    expect(upload.data).toEqual({ field: 'takesUploads', rule: 'kind' })
    const other = await link(await folder(), { kind: 'upload', takesUploads: false })
    const turned = await thrown(changeLinks(world.as(ann), { ids: [other.link.id], change }))
    expect(turned.data).toEqual({ field: 'takesUploads', rule: 'kind' })
    const recipient = await thrown(link(roomId, { recipient: 'nobody' }))
    expect(recipient.data).toEqual({ field: 'recipient', rule: 'email' })
  })

  test('of two who bring the last file one comes in; downloads have their own limit', async () => {
    const limits = { maxFiles: 1, maxBytes: 5, maxDownloads: 1, password: 'secret' }
    const { token } = await link(await folder(), limits)
    const upload = { password: 'secret' }
    expect(await faultOf(start(token))).toBe('password-required link')
    const tooBig = await thrown(start(token, { ...upload, size: 6 }))
    expect([tooBig.code, tooBig.data.of]).toEqual(['limit-reached', 'bytes'])
    const uploads = [await start(token, upload), await start(token, upload)]
    await Promise.all(uploads.map(send))
    const results = await Promise.allSettled(uploads.map(complete))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { shown, inside } = await viewLink(world.stranger(), { token, password: 'secret', page })
    expect([shown.limitReached, inside?.total]).toEqual([false, 1])
  })

  test('whose address it is for is not told to who has it', async () => {
    const { token, link: made } = await link(await folder(), { recipient: 'guest@outside.test' })
    expect(made.recipient).toBe('guest@outside.test')
    const seen = await publicLink(world.stranger(), { token })
    expect(seen).toMatchObject({ isForAnybody: false, link: { recipient: null } })
    const brought = await publicUploadLink(world.stranger(), { token })
    expect(JSON.stringify(brought)).not.toContain('outside.test')
  })

  test('files go to the folder that is looked at, as long as the link shows it', async () => {
    const nodeId = await folder()
    const inside = { parent: { id: nodeId }, name: 'inside' }
    const sub = (await createFolder(world.as(ann), inside)).node.id
    const { token, link: box } = await link(nodeId)
    const bring = async (path: string[]) => {
      const upload = await start(token, { path })
      await send(upload)
      return upload
    }
    const { node } = await complete(await bring(['inside']))
    expect([node.name, node.parentId]).toEqual(['file', sub])
    expect(await faultOf(bring(['inside', 'file']))).toBe('not-found node')
    expect(await faultOf(bring(['outside']))).toBe('not-found node')
    const late = await bring(['inside'])
    const target = { id: roomId }
    const items = [{ node: { id: sub } }]
    await moveNodes(world.as(ann), { items, target, onClash: 'rename', mode: 'all' })
    expect(await faultOf(complete(late))).toBe('not-found node')
    await deleteLinks(world.as(ann), { ids: [box.id] })
    const { token: blind } = await link(nodeId, { kind: 'upload', takesUploads: false })
    await createFolder(world.as(ann), inside)
    expect(await faultOf(start(blind, { path: ['inside'] }))).toBe('not-found node')
  })

  test('its maker is told of what was done, not of what could be', async () => {
    const mailer = memoryMailer()
    await world.asAdmin().write((tx) => tx.users.update(ann, { email: 'ann@example.test' }))
    await give(ann, ALL)
    const { token } = await link(await folder(), { name: 'Box', notifyCreator: true })
    const upload = await start(token)
    await send(upload)
    await completeUpload({ ...world.stranger(), mailer }, { upload })
    expect(await runJobs({ ...world.app, mailer }, world.tenant, 'mail')).toBe(1)
    expect(mailer.sent.map(({ subject }) => subject)).toEqual(['A file has arrived through “Box”'])
  })
})
