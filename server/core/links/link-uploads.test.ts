import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { Ctx } from '../ctx.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { sweep } from '../jobs/sweep.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { cancelUpload } from '../uploads/cancel-upload.ts'
import { completeUpload } from '../uploads/complete-upload.ts'
import { writeChunk } from '../uploads/write-chunk.ts'
import { changeLinks } from './change-links.ts'
import { type CreateLink, createLink } from './create-link.ts'
import { deleteLinks } from './delete-links.ts'
import { findLink } from './find-link.ts'
import { publicUploadLink } from './public-upload-link.ts'
import { sendLink } from './send-link.ts'
import { startLinkUpload } from './start-link-upload.ts'

describe.each(await testDatabases())('files through links on $kind', (databases) => {
  let world: IdentityWorld
  let ann: number
  let roomId: number
  let count = 0

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
    const view = await createRoom(world.asAdmin(), { name: 'Room', adminIds: [world.adminId, ann] })
    roomId = view.node.id
  })
  afterAll(() => world.stop())

  const link = async (more: Partial<CreateLink> = {}) => {
    const place = { parent: { id: roomId }, name: `folder ${++count}` }
    const { node } = await createFolder(world.as(ann), place)
    const made = await createLink(world.as(ann), { kind: 'upload', node: { id: node.id }, ...more })
    return { token: made.token, id: made.link.id, nodeId: node.id }
  }
  const start = async (token: string, name = 'file', more = {}) => {
    const started = await startLinkUpload(world.stranger(), { token, name, ...more })
    return { token: started.token, link: token }
  }
  const send = (upload: { token: string; link: string }, bytes: string) =>
    writeChunk(world.stranger(), { upload, source: Readable.from([Buffer.from(bytes)]) })
  const bring = async (token: string, bytes: string, name?: string) => {
    const upload = await start(token, name)
    await send(upload, bytes)
    return completeUpload(world.stranger(), { upload })
  }
  const viewOf = (id: number) => findLink(world.as(ann), { id })
  const dataOf = async (work: Promise<unknown>) => (await thrown(work)).data.of

  test('of many at once only as many come in as there are slots', async () => {
    const { token, id } = await link({ maxFiles: 3, showUploaded: true })
    const uploads = await Promise.all(Array.from({ length: 12 }, () => start(token)))
    await Promise.all(uploads.map((upload) => send(upload, 'abc')))
    const results = await Promise.allSettled(
      uploads.map((upload) => completeUpload(world.stranger(), { upload })),
    )
    const came = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(came.map(({ node }) => node.name).sort()).toEqual(['file', 'file (1)', 'file (2)'])
    expect(came.every(({ node }) => node.createdBy === null)).toBe(true)
    expect(await dataOf(start(token))).toBe('files')
    expect(await viewOf(id)).toMatchObject({ files: 3, link: { uploads: 3, uploadedBytes: 9 } })
    const { inside } = await publicUploadLink(world.stranger(), { token })
    expect(inside).toMatchObject({ filesLeft: 0, bytesLeft: null })
    expect(inside?.files?.map(({ size }) => size)).toEqual([3, 3, 3])
  })

  test('of many at once only as many bytes come in as are free', async () => {
    const { token, id } = await link({ maxBytes: 10 })
    const uploads = await Promise.all(Array.from({ length: 8 }, () => start(token)))
    await Promise.all(uploads.map((upload) => send(upload, 'abc')))
    const results = await Promise.allSettled(
      uploads.map((upload) => completeUpload(world.stranger(), { upload })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect((await viewOf(id)).link.uploadedBytes).toBe(9)
    expect(await dataOf(start(token, 'file', { size: 2 }))).toBe('bytes')
    const small = await start(token)
    expect(await dataOf(send(small, 'ab'))).toBe('bytes')
    await send(small, 'a')
    expect((await completeUpload(world.stranger(), { upload: small })).node.content?.size).toBe(1)
  })

  test('who announces much reserves nothing', async () => {
    const { token } = await link()
    const before = await world.asAdmin().read((tx) => tx.tallies.tenantBytes())
    await start(token, 'huge', { size: 1_000_000_000 })
    expect(await world.asAdmin().read((tx) => tx.tallies.tenantBytes())).toBe(before)
  })

  test('an upload belongs to its link, and lives as long as that may', async () => {
    const first = await link()
    const second = await link()
    const upload = await start(first.token)
    const foreign = { token: upload.token, link: second.token }
    expect(await faultOf(send(foreign, 'abc'))).toBe('not-found upload')
    const bare = { token: upload.token }
    expect(await faultOf(completeUpload(world.stranger(), { upload: bare }))).toBe(
      'not-found upload',
    )
    await send(upload, 'abc')
    const set = (permissions: number) =>
      setRoomGrants(world.asAdmin(), {
        room: { id: roomId },
        grants: [{ userId: ann, permissions }],
      })
    const held = 0b11_1111_1111
    await set(READ)
    expect(await faultOf(completeUpload(world.stranger(), { upload }))).toBe('not-found link')
    expect(await faultOf(start(first.token))).toBe('not-found link')
    await set(held)
    const { node } = await completeUpload(world.stranger(), { upload })
    expect(node.parentId).toBe(first.nodeId)
    expect((await completeUpload(world.stranger(), { upload })).node.id).toBe(node.id)
    const ended = await start(first.token)
    await cancelUpload(world.stranger(), { upload: ended })
    expect(await faultOf(send(ended, 'abc'))).toBe('closed upload')
    await deleteLinks(world.as(ann), { ids: [first.id] })
    expect(await faultOf(completeUpload(world.stranger(), { upload }))).toBe('not-found link')
  })

  test('files that are deleted count no longer; what is noted of dead links goes', async () => {
    const { token, id } = await link()
    const { node } = await bring(token, 'abc')
    await bring(token, 'xyz')
    expect((await viewOf(id)).files).toBe(2)
    await deleteNodes(world.as(ann), { nodes: [{ id: node.id }], mode: 'all' })
    expect(await viewOf(id)).toMatchObject({ files: 1, link: { uploads: 2 } })
    await deleteLinks(world.as(ann), { ids: [id] })
    const files = () => world.asAdmin().read((tx) => tx.links.files(id, 10))
    expect(await files()).toHaveLength(1)
    await sweep(world.app)
    expect(await files()).toEqual([])
  })

  test('a new password and new limits count at once', async () => {
    const { token, id } = await link()
    const upload = await start(token)
    const change = { password: 'secret', maxFiles: 1, filesExpiryDays: 3 }
    const [view] = await changeLinks(world.as(ann), { ids: [id], kind: 'upload', change })
    expect(view?.link).toMatchObject({ isProtected: true, maxFiles: 1, filesExpiryDays: 3 })
    expect(await faultOf(start(token))).toBe('password-required link')
    const wrong = startLinkUpload(world.stranger(), { token, name: 'x', password: ['a', 'b'] })
    expect(await faultOf(wrong)).toBe('wrong-credentials link')
    await send(upload, 'abc')
    await completeUpload(world.stranger(), { upload })
    expect(await dataOf(start(token, 'x', { password: ['other', 'secret'] }))).toBe('files')
    const kind = 'download'
    expect(await faultOf(changeLinks(world.as(ann), { ids: [id], kind, change: {} }))).toBe(
      'not-found link',
    )
    const bad = changeLinks(world.as(ann), { ids: [id], change: { filesExpiryDays: 0 } })
    expect(await faultOf(bad)).toBe('invalid link')
  })

  test('mails go with the transaction of what they tell', async () => {
    const mailer = memoryMailer()
    const mailing = (ctx: Ctx): Ctx => ({ ...ctx, mailer })
    await world.asAdmin().write((tx) => tx.users.update(ann, { email: 'ann@example.test' }))
    const { token, id } = await link({ notifyCreator: true, name: 'Told', password: 'secret' })
    const mail = {
      id,
      recipients: ['bob@example.test', 'bob@example.test'],
      message: 'Hello',
      addressOf: (key: string) => `https://files.test/${key}`,
    }
    expect(await faultOf(sendLink(world.as(ann), mail))).toBe('unsupported mail')
    await sendLink(mailing(world.as(ann)), mail)
    const ctx = mailing(world.stranger())
    const started = await startLinkUpload(ctx, { token, name: 'file', password: 'secret' })
    const upload = { token: started.token, link: token }
    await send(upload, 'abc')
    await completeUpload(ctx, { upload })
    expect(await runJobs({ ...world.app, mailer }, world.tenant, 'mail')).toBe(2)
    expect(mailer.sent.map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
      'bob@example.test: ann Person asks you for files: Told',
      'ann@example.test: A file has arrived through “Told”',
    ])
    expect(mailer.sent[0]?.text).toContain(`https://files.test/${token}`)
    expect(mailer.sent[0]?.text).not.toContain('secret')
  })
})
