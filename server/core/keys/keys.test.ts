import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { Ctx } from '../ctx.ts'
import { openArchive } from '../downloads/open-archive.ts'
import { openOrder, orderArchive } from '../downloads/order-archive.ts'
import { readFile } from '../downloads/read-file.ts'
import { createLink } from '../links/create-link.ts'
import { openLink } from '../links/open-link.ts'
import { publicLink } from '../links/public-link.ts'
import { readLinkFile } from '../links/read-link-file.ts'
import { copyNodes } from '../nodes/copy-nodes.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { findNode } from '../nodes/find-node.ts'
import { moveNodes } from '../nodes/move-nodes.ts'
import { CREATE, DELETE, MANAGE_DOWNLOAD_LINKS, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import type { Tx } from '../store.ts'
import { sampleFileKey, samplePair } from '../suites/key-samples.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { idOf, pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { purgeDeleted } from '../trash/purge-deleted.ts'
import { restoreNodes } from '../trash/restore-nodes.ts'
import { completeUpload } from '../uploads/complete-upload.ts'
import { startUpload } from '../uploads/start-upload.ts'
import { storeFile } from '../uploads/store-file.ts'
import { writeChunk } from '../uploads/write-chunk.ts'
import { createUser } from '../users/create-user.ts'
import { removeUser } from '../users/remove-user.ts'
import { addKeyPair } from './add-key-pair.ts'
import { encryptRoom } from './encrypt-room.ts'
import { findFileKey } from './find-file-key.ts'
import { findKeyPairs } from './find-key-pairs.ts'
import { missingFileKeys } from './missing-file-keys.ts'
import { removeKeyPair } from './remove-key-pair.ts'
import { setFileKeys } from './set-file-keys.ts'
import type { UploadKeys } from './upload-keys.ts'

const own = { kind: 'user' } as const
const page = { offset: 0, limit: 100 }

describe.each(await testDatabases())('client-side encryption on $kind', (databases) => {
  let world: TransferWorld
  let count = 0
  const ann = () => world.as('ann')
  const bob = () => world.as('bob')
  const everything = READ | CREATE | DELETE | MANAGE_DOWNLOAD_LINKS

  beforeAll(async () => {
    world = await transferWorld(databases, { limits: { uploadBytes: 2 ** 40 } })
    const before = addKeyPair(ann(), { of: own, pair: samplePair() })
    expect(await faultOf(before)).toBe('invalid key-pair')
    await addKeyPair(world.as('admin'), { of: { kind: 'tenant' }, pair: samplePair() })
    for (const ctx of [ann(), bob()]) await addKeyPair(ctx, { of: own, pair: samplePair() })
  })
  afterAll(() => world.stop())

  const room = async (encrypted = true) => {
    const id = await world.room(`room ${++count}`, { bob: everything })
    if (encrypted) await encryptRoom(ann(), { room: { id }, isEncrypted: true })
    return id
  }
  const begin = async (ctx: Ctx, parentId: number, name = `f${++count}`) => {
    const place = { parent: { id: parentId }, name, bringsKeys: true }
    const started = await startUpload(ctx, place)
    const upload = { id: started.kind === 'open' ? started.upload.id : 0 }
    await writeChunk(ctx, { upload, source: pieces(Buffer.from('cipher')) })
    return upload
  }
  const put = async (
    ctx: Ctx,
    parentId: number,
    keys: UploadKeys | undefined = { own: sampleFileKey() },
    name?: string,
  ) => {
    const upload = await begin(ctx, parentId, name)
    return completeUpload(ctx, { upload, keys, onClash: 'overwrite' })
  }
  const keyOf = (ctx: Ctx, node: { id: number }) => findFileKey(ctx, { file: node, of: 'user' })
  const inStore = <T>(fn: (tx: Tx) => Promise<T>) => world.nodes.asSystem().read(fn)
  const versionOf = async (node: { id: number }) => {
    const { content } = (await findNode(ann(), { node })).node
    return { nodeId: node.id, versionId: content?.versionId ?? 0 }
  }
  const place = (target: number, node: { id: number }) =>
    ({ items: [{ node }], target: { id: target }, onClash: 'fail', mode: 'all' }) as const

  test('an upload needs the key of its user, which he alone has then', async () => {
    const id = await room()
    expect(await faultOf(put(ann(), id, {}))).toBe('key-missing upload')
    const others = [
      { holder: { kind: 'user', userId: world.nodes.ids.bob }, fileKey: sampleFileKey() },
    ]
    const forOthers = put(ann(), id, { others } as UploadKeys)
    expect(await faultOf(forOthers)).toBe('key-missing upload')
    const old = put(ann(), id, { own: sampleFileKey('k', 'A') })
    expect(await faultOf(old)).toBe('not-found key-pair admin')
    const view = await put(ann(), id)
    expect(view.node.encryptedBy).toBe(id)
    expect(await keyOf(ann(), idOf(view))).toEqual(sampleFileKey())
    expect(await faultOf(keyOf(bob(), idOf(view)))).toBe('not-found file-key')
    const plain = await room(false)
    expect(await faultOf(put(ann(), plain))).toBe('not-encrypted node parent')
  })

  test('whoever brings no keys is refused at the start, in one call too', async () => {
    const parent = { id: await room() }
    const source = () => pieces(Buffer.from('plain'))
    const started = startUpload(ann(), { parent, name: 'x' })
    expect(await faultOf(started)).toBe('key-missing upload')
    const stored = storeFile(ann(), { parent, name: 'x', source: source() })
    expect(await faultOf(stored)).toBe('key-missing upload')
    const large = startUpload(ann(), { parent, name: 'x', bringsKeys: true, size: 2 ** 37 })
    expect((await thrown(large)).data).toEqual({ limit: 2 ** 36, rule: 'cipher' })
  })

  test('bytes are read by those only who know that they are encrypted', async () => {
    const node = idOf(await put(ann(), await room()))
    expect(await faultOf(readFile(ann(), { node }))).toBe('encrypted node file')
    expect((await readFile(ann(), { node, opensCipher: true })).size).toBe(6)
  })

  test('everything below is encrypted, and only an empty room changes', async () => {
    const id = await room()
    const sub = await createRoom(ann(), { parent: { id }, name: 'sub' })
    const folder = await createFolder(ann(), { parent: idOf(sub), name: 'folder' })
    expect([sub, folder].map(({ node }) => node.encryptedBy)).toEqual([id, id])
    const again = { room: { id }, isEncrypted: true }
    expect(await faultOf(encryptRoom(ann(), again))).toBe('encrypted node room')
    const below = { room: idOf(sub), isEncrypted: false }
    expect((await thrown(encryptRoom(ann(), below))).data.rule).toBe('top')
    const file = await put(ann(), folder.node.id)
    const end = { room: { id }, isEncrypted: false }
    expect((await thrown(encryptRoom(ann(), end))).data.rule).toBe('files-plain')
    await deleteNodes(ann(), { nodes: [idOf(file)], mode: 'all' })
    expect((await thrown(encryptRoom(ann(), end))).data.rule).toBe('trash-plain')
    expect(await faultOf(encryptRoom(bob(), end))).toBe('forbidden node room')
    const plain = await room(false)
    await createLink(ann(), { kind: 'download', node: { id: plain } })
    const linked = encryptRoom(ann(), { room: { id: plain }, isEncrypted: true })
    expect((await thrown(linked)).data.rule).toBe('links-encrypted')
    expect(await faultOf(encryptRoom(ann(), { ...end, room: { id: plain } }))).toBe(
      'not-encrypted node room',
    )
  })

  test('a room with a rescue pair of its own, or the one of the tenant', async () => {
    const id = await world.room(`room ${++count}`)
    const input = { room: { id }, isEncrypted: true, rescue: samplePair() }
    const both = encryptRoom(ann(), { ...input, usesTenantKey: true })
    expect((await thrown(both)).data.rule).toBe('two-rescue-keys')
    await encryptRoom(ann(), input)
    const of = { kind: 'room', room: { id } } as const
    expect(await findKeyPairs(ann(), { of })).toMatchObject([samplePair()])
    const previous = {
      version: 'RSA-4096',
      privateKey: samplePair('A', 'anew').privateKey,
    } as const
    await addKeyPair(ann(), { of, pair: samplePair('A'), previous })
    expect(await findKeyPairs(ann(), { of })).toMatchObject([
      { version: 'A', isPrevious: false },
      { version: 'RSA-4096', isPrevious: true, privateKey: previous.privateKey },
    ])
    await removeKeyPair(ann(), { of })
    expect(await findKeyPairs(ann(), { of })).toMatchObject([{ version: 'A' }])
    expect(await faultOf(findKeyPairs(bob(), { of }))).toBe('not-found node room')
  })

  test('keys are given by who has one, and stay as they are', async () => {
    const id = await room()
    const file = idOf(await put(ann(), id))
    const asked = await missingFileKeys(ann(), { by: 'user', room: { id }, page })
    const { ids } = world.nodes
    const need = { nodeId: file.id, holder: { kind: 'user', userId: ids.bob } } as const
    expect(asked).toMatchObject({ items: [need], total: 1 })
    const forBob = { file, holder: need.holder, fileKey: sampleFileKey('for bob') }
    const forAnn = { kind: 'user', userId: ids.ann } as const
    const poison = { ...forBob, holder: forAnn, fileKey: sampleFileKey('poison') }
    expect(await faultOf(setFileKeys(bob(), { items: [poison] }))).toBe('forbidden file-key')
    await setFileKeys(ann(), { items: [forBob] })
    await setFileKeys(bob(), { items: [{ ...forBob, fileKey: sampleFileKey('again') }, poison] })
    expect(await keyOf(bob(), file)).toEqual(sampleFileKey('for bob'))
    expect(await keyOf(ann(), file)).toEqual(sampleFileKey())
    const none = { by: 'user', room: { id }, page } as const
    expect(await missingFileKeys(ann(), none)).toEqual({ items: [], total: 0 })
    const admin = { ...forBob, holder: { kind: 'user', userId: ids.admin } as const }
    expect(await faultOf(setFileKeys(ann(), { items: [admin] }))).toBe('not-found user')
  })

  test('a new version has keys of its own', async () => {
    const id = await room()
    const first = await put(ann(), id, { own: sampleFileKey('one') }, 'same')
    const link = { kind: 'download', node: idOf(first), pair: samplePair() } as const
    const { token } = await createLink(ann(), { ...link, fileKey: sampleFileKey() })
    const second = await put(ann(), id, { own: sampleFileKey('two') }, 'same')
    expect(second.node.id).toBe(first.node.id)
    expect(await keyOf(ann(), idOf(second))).toEqual(sampleFileKey('two'))
    expect(await faultOf(publicLink(world.anonymous(), { token }))).toBe('not-found link')
  })

  test('copies and moves take the keys of all along, and never leave encryption', async () => {
    const [from, to, plain] = [await room(), await room(), await room(false)]
    const both = { own: sampleFileKey(), others: [] }
    const file = idOf(await put(ann(), from, both))
    expect(await faultOf(copyNodes(bob(), place(to, file)))).toBe('key-missing node source')
    expect(await faultOf(moveNodes(bob(), place(to, file)))).toBe('key-missing node source')
    expect(await faultOf(copyNodes(ann(), place(plain, file)))).toBe('not-encrypted node target')
    const holder = { kind: 'user', userId: world.nodes.ids.bob } as const
    await setFileKeys(ann(), { items: [{ file, holder, fileKey: sampleFileKey('bob') }] })
    const copied = await copyNodes(ann(), place(to, file))
    const copy = { id: copied.outcomes[0]!.node!.id }
    expect(await keyOf(bob(), copy)).toEqual(sampleFileKey('bob'))
    expect((await findNode(ann(), { node: copy })).node.encryptedBy).toBe(to)
    await deleteNodes(ann(), { nodes: [copy], mode: 'all' })
    await moveNodes(bob(), place(to, file))
    expect((await findNode(ann(), { node: file })).node.encryptedBy).toBe(to)
    const folder = idOf(await createFolder(ann(), { parent: { id: plain }, name: 'f' }))
    expect(await faultOf(moveNodes(ann(), place(to, folder)))).toBe('encrypted node target')
  })

  test('a link on an encrypted file has keys instead of a password', async () => {
    const id = await room()
    const node = idOf(await put(ann(), id))
    const link = { kind: 'download', node, fileKey: sampleFileKey(), pair: samplePair() } as const
    const ruleOf = async (more: object) =>
      (await thrown(createLink(ann(), { ...link, ...more }))).data
    expect(await ruleOf({ fileKey: undefined })).toEqual({ rule: 'file-key' })
    expect(await ruleOf({ pair: undefined })).toEqual({ rule: 'key-pair' })
    expect(await ruleOf({ password: 'secret' })).toEqual({ rule: 'password' })
    expect(await ruleOf({ node: { id } })).toEqual({ rule: 'container' })
    const bothWays = { node: { id }, takesUploads: true }
    expect(await ruleOf(bothWays)).toEqual({ rule: 'container' })
    const { token } = await createLink(ann(), link)
    const stranger = world.anonymous()
    const shown = await publicLink(stranger, { token })
    expect(shown.link.keys).toEqual({ fileKey: sampleFileKey(), pair: samplePair() })
    expect(shown.node.encryptedBy).toBe(0)
    const sent = openLink(stranger, { token, password: 'secret' })
    expect((await thrown(sent)).data).toEqual({ rule: 'sent-password' })
    const { ticket } = await openLink(stranger, { token })
    expect(await faultOf(readLinkFile(stranger, { ticket }))).toBe('encrypted node file')
    expect((await readLinkFile(stranger, { ticket, opensCipher: true })).size).toBe(6)
    const plain = { ...link, node: { id: await room(false) } }
    expect(await faultOf(createLink(ann(), plain))).toBe('not-encrypted link')
  })

  test('with a key pair go its keys, and what nobody else can open', async () => {
    const id = await room()
    const [alone, shared] = [idOf(await put(bob(), id)), idOf(await put(bob(), id))]
    const holder = { kind: 'user', userId: world.nodes.ids.ann } as const
    await setFileKeys(bob(), { items: [{ file: shared, holder, fileKey: sampleFileKey() }] })
    await removeKeyPair(bob(), { of: own })
    expect(await faultOf(findNode(ann(), { node: alone }))).toBe('not-found node')
    expect(await keyOf(ann(), shared)).toEqual(sampleFileKey())
    expect(await faultOf(keyOf(bob(), shared))).toBe('not-found key-pair admin')
    expect(await faultOf(removeKeyPair(bob(), { of: own }))).toBe('not-found key-pair')
    await addKeyPair(bob(), { of: own, pair: samplePair() })
    expect(await faultOf(keyOf(bob(), shared))).toBe('not-found file-key')
  })

  test('what is known of the keys of a node', async () => {
    const id = await world.room(`room ${++count}`, { bob: everything })
    await encryptRoom(ann(), { room: { id }, isEncrypted: true, usesTenantKey: true })
    const node = idOf(await put(ann(), id))
    const states = async (ctx: Ctx, ref = node) =>
      (await findNode(ctx, { node: ref, keyStates: true })).keyStates
    expect(await states(ann())).toEqual({ user: 'available', room: 'none', tenant: 'pending' })
    expect(await states(bob())).toEqual({ user: 'pending', room: 'none', tenant: 'pending' })
    expect(await states(ann(), { id })).toMatchObject({ user: 'available', tenant: 'available' })
    expect(await states(ann(), { id: await room(false) })).toBeUndefined()
  })

  test('no archive holds what only clients open', async () => {
    const id = await room()
    const file = idOf(await put(ann(), id))
    for (const node of [file, { id }]) {
      expect(await faultOf(openArchive(ann(), { nodes: [node] }))).toBe('encrypted node')
      const { token } = await orderArchive(ann(), { nodes: [node] })
      expect(await faultOf(openOrder(ann(), { token }))).toBe('encrypted node')
    }
  })

  test('with an account go its key pairs and the file keys that they open', async () => {
    const id = await room()
    const names = { userName: 'carl', firstName: 'Carl', lastName: 'Test' }
    const { user } = await createUser(world.as('admin'), names)
    const userId = user.id
    const carl = { ...ann(), actor: { ...ann().actor, userId } as Ctx['actor'] }
    await setRoomGrants(ann(), { room: { id }, grants: [{ userId, permissions: everything }] })
    await addKeyPair(carl, { of: own, pair: samplePair() })
    const file = idOf(await put(carl, id))
    const holder = { kind: 'user', userId: world.nodes.ids.ann } as const
    await setFileKeys(carl, { items: [{ file, holder, fileKey: sampleFileKey('ann') }] })
    const at = await versionOf(file)
    const [pair] = await inStore((tx) => tx.keys.pairsOf({ kind: 'user', userId }))
    expect(await inStore((tx) => tx.keys.fileKeys(at, [pair!.id]))).toHaveLength(1)
    await removeUser(world.as('admin'), { id: userId })
    expect(await inStore((tx) => tx.keys.pairsOf({ kind: 'user', userId }))).toEqual([])
    expect(await inStore((tx) => tx.keys.fileKeys(at, [pair!.id]))).toEqual([])
    expect(await keyOf(ann(), file)).toEqual(sampleFileKey('ann'))
  })

  test('what is deleted comes back into its own encryption only', async () => {
    const [id, other, plain] = [await room(), await room(), await room(false)]
    const file = idOf(await put(ann(), id))
    const open = idOf(await createFolder(ann(), { parent: { id: plain }, name: 'plain' }))
    const sub = idOf(await createFolder(ann(), { parent: { id }, name: 'sub' }))
    await deleteNodes(ann(), { nodes: [file, open], mode: 'all' })
    const back = (node: { id: number }, target: number) =>
      restoreNodes(ann(), { nodes: [node], target: { id: target }, onClash: 'fail', mode: 'all' })
    expect(await faultOf(back(file, plain))).toBe('encrypted node source')
    expect(await faultOf(back(file, other))).toBe('encrypted node source')
    expect(await faultOf(back(open, id))).toBe('encrypted node target')
    await back(file, sub.id)
    expect(await keyOf(ann(), file)).toEqual(sampleFileKey())
  })

  test('the keys of a version go where it goes', async () => {
    const id = await room()
    const file = idOf(await put(ann(), id, { own: sampleFileKey('one') }, 'v'))
    const first = await versionOf(file)
    await put(ann(), id, { own: sampleFileKey('two') }, 'v')
    const [pair] = await inStore((tx) =>
      tx.keys.pairsOf({ kind: 'user', userId: world.nodes.ids.ann }),
    )
    const keysAt = (at: typeof first) => inStore((tx) => tx.keys.fileKeys(at, [pair!.id]))
    const old = [{ currentId: first.versionId }]
    const back = { nodes: old, mode: 'all' } as const
    const split = await restoreNodes(ann(), { ...back, onClash: 'rename' })
    const apart = { id: split[0]!.node!.id }
    expect(apart.id).not.toBe(file.id)
    expect(await keyOf(ann(), apart)).toEqual(sampleFileKey('one'))
    expect(await keyOf(ann(), file)).toEqual(sampleFileKey('two'))
    const second = await versionOf(file)
    await put(ann(), id, { own: sampleFileKey('three') }, 'v')
    expect(await keysAt(second)).toHaveLength(1)
    await purgeDeleted(ann(), { nodes: [{ currentId: second.versionId }], mode: 'all' })
    expect(await keysAt(second)).toEqual([])
    expect(await keyOf(ann(), file)).toEqual(sampleFileKey('three'))
  })

  test('links end where an older version of an encrypted file comes back', async () => {
    const id = await room()
    const file = idOf(await put(ann(), id, { own: sampleFileKey('one') }, 'l'))
    const { versionId } = await versionOf(file)
    await put(ann(), id, { own: sampleFileKey('two') }, 'l')
    const keys = { fileKey: sampleFileKey('two'), pair: samplePair() }
    const { token } = await createLink(ann(), { kind: 'download', node: file, ...keys })
    const nodes = [{ currentId: versionId }]
    await restoreNodes(ann(), { nodes, onClash: 'overwrite', keepLinks: true, mode: 'all' })
    expect(await keyOf(ann(), file)).toEqual(sampleFileKey('one'))
    expect(await faultOf(publicLink(world.anonymous(), { token }))).toBe('not-found link')
  })
})
