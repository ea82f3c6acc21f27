import type { ContractRow, Scene, Send } from '../row.ts'
import { channel, enabled, encrypted, fileKey, oldFileKey, steps, uploaded } from './key-scene.ts'

const file = steps(encrypted(), uploaded())

const completing =
  (op: 'completeFileUpload' | 'completeFileUploadByToken', body: object) =>
  (scene: Scene): Send => ({
    params:
      op === 'completeFileUpload'
        ? { upload_id: String(scene.kept.uploadId) }
        : { token: String(scene.kept.token) },
    body,
  })

const uploading: readonly ContractRow[] = (
  ['completeFileUpload', 'completeFileUploadByToken'] as const
).flatMap((op): ContractRow[] => {
  const as = op === 'completeFileUpload' ? 'writer' : null
  return [
    {
      op,
      as,
      name: 'with its key',
      before: steps(encrypted(), channel()),
      send: completing(op, { fileKey }),
      want: { status: 201, body: { isEncrypted: true, size: 6 }, events: ['file.created'] },
    },
    {
      op,
      as,
      name: 'an encrypted room wants a key',
      before: steps(encrypted(), channel()),
      send: completing(op, {}),
      want: { status: 400, code: -40763 },
    },
    {
      op,
      as,
      name: 'a plain room wants none',
      before: steps(enabled, channel()),
      send: completing(op, { fileKey }),
      want: { status: 400, ...(op === 'completeFileUploadByToken' ? { code: -40001 } : {}) },
    },
    {
      op,
      as,
      name: 'a key of a version that the uploader has no pair of',
      before: steps(encrypted(), channel()),
      send: completing(op, { fileKey: oldFileKey }),
      want: { status: 403, code: op === 'completeFileUploadByToken' ? -70020 : undefined },
    },
  ]
})

const direct: readonly ContractRow[] = [
  {
    op: 'completeS3FileUpload',
    name: 'an encrypted room wants a key',
    as: 'writer',
    before: steps(encrypted(), sentDirectly),
    send: (scene) => completingDirectly(scene),
    want: { status: 400, code: -40763 },
  },
  {
    op: 'completeS3FileUpload',
    name: 'with its key',
    as: 'writer',
    before: steps(encrypted(), sentDirectly),
    send: (scene) => completingDirectly(scene, { fileKey }),
    want: { status: 202, events: 'any' },
    then: async (scene) => {
      const params = { upload_id: String(scene.kept.uploadId) }
      for (let round = 0; round < 100; round++) {
        const { body } = await scene.call('requestUploadStatusFiles', 'writer', { params })
        const { status, node } = body as { status: string; node?: { id: number } }
        if (status === 'error') throw new Error(`failed: ${JSON.stringify(body)}`)
        if (node) {
          const send = { params: { file_id: node.id } }
          const key = await scene.call('requestUserFileKey', 'writer', send)
          if (key.status !== 200) throw new Error('the file has no key')
          return
        }
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error('it was never done')
    },
  },
]

async function sentDirectly(scene: Scene): Promise<void> {
  const wanted = { parentId: scene.id('/'), name: 'direct', directS3Upload: true, size: 6 }
  const { body } = await scene.call('createFileUploadChannel', 'writer', { body: wanted })
  Object.assign(scene.kept, body)
  const params = { upload_id: String(scene.kept.uploadId) }
  const parts = { firstPartNumber: 1, lastPartNumber: 1, size: 6 }
  const given = await scene.call('generatePresignedUrlsFiles', 'writer', { params, body: parts })
  const [part] = (given.body as { urls: { url: string }[] }).urls
  const response = await fetch(part?.url ?? '', { method: 'PUT', body: 'cipher' })
  scene.kept.etag = response.headers.get('etag')?.replaceAll('"', '')
}

function completingDirectly(scene: Scene, more: object = {}) {
  return {
    params: { upload_id: String(scene.kept.uploadId) },
    body: { parts: [{ partNumber: 1, partEtag: String(scene.kept.etag) }], ...more },
  }
}

const placing = (target: string) => (scene: Scene) => ({
  params: { node_id: scene.id(target) },
  body: { items: [{ id: Number(scene.kept.fileId) }] },
})

const others: readonly ContractRow[] = [
  ...(['copyNodes', 'moveNodes'] as const).map(
    (op): ContractRow => ({
      op,
      name: 'only who has the key takes an encrypted file along',
      as: 'manager',
      given: { '/to': 'folder' },
      before: file,
      send: placing('/to'),
      want: { status: 400, code: -40014 },
    }),
  ),
  ...(['copyNodes', 'moveNodes'] as const).map(
    (op): ContractRow => ({
      op,
      name: 'a plain file does not go into an encrypted room',
      as: 'writer',
      given: { '/to': 'folder' },
      before: steps(encrypted(), plainFile),
      send: placing('/to'),
      want: { status: 400, code: -40002 },
    }),
  ),
  ...(['copyNodes', 'moveNodes'] as const).map(
    (op): ContractRow => ({
      op,
      name: 'an encrypted file does not go into a plain room',
      as: 'writer',
      before: steps(file, plainRoom),
      send: (scene) => ({
        params: { node_id: Number(scene.kept.plainId) },
        body: { items: [{ id: Number(scene.kept.fileId) }] },
      }),
      want: { status: 400, code: -40001 },
    }),
  ),
  {
    op: 'requestNode',
    name: 'an encrypted file says who can open it',
    as: 'writer',
    before: file,
    send: (scene) => ({ params: { node_id: Number(scene.kept.fileId) } }),
    want: {
      status: 200,
      body: {
        isEncrypted: true,
        encryptionInfo: {
          userKeyState: 'available',
          roomKeyState: 'none',
          dataSpaceKeyState: 'none',
        },
      },
    },
  },
]

/** A room of the writer's alone, which is not encrypted: `kept.plainId`. */
async function plainRoom(scene: Scene): Promise<void> {
  const body = { name: `plain ${scene.id('/')}`, adminIds: [scene.userId('writer')] }
  const made = await scene.call('createRoom', 'admin', { body })
  scene.kept.plainId = (made.body as { id: number }).id
}

/** A file in it: `kept.fileId`. */
async function plainFile(scene: Scene): Promise<void> {
  await plainRoom(scene)
  const wanted = { body: { parentId: Number(scene.kept.plainId), name: 'plain.txt' } }
  const { body: opened } = await scene.call('createFileUploadChannel', 'writer', wanted)
  const params = { token: (opened as { token: string }).token }
  await scene.call('uploadFileByTokenAsMultipart_1', null, { params, bytes: 'plain' })
  const { body } = await scene.call('completeFileUploadByToken', null, { params, body: {} })
  scene.kept.fileId = (body as { id: number }).id
}

/** The file goes into the trash of its room. */
async function dropped(scene: Scene): Promise<void> {
  const params = { node_id: Number(scene.kept.fileId) }
  await scene.call('removeNode', 'writer', { params })
}

const restoring = (target: (scene: Scene) => number) => (scene: Scene) => ({
  body: { deletedNodeIds: [Number(scene.kept.fileId)], parentId: target(scene) },
})

const restored: readonly ContractRow[] = [
  {
    op: 'restoreNodes',
    as: 'writer',
    name: 'an encrypted file stays in its room',
    before: steps(file, plainRoom, dropped),
    send: restoring((scene) => Number(scene.kept.plainId)),
    want: { status: 400, code: -40013 },
  },
  {
    op: 'restoreNodes',
    as: 'writer',
    name: 'a plain file does not come into an encrypted room',
    before: steps(encrypted(), plainFile, dropped),
    send: restoring((scene) => Number(scene.id('/'))),
    want: { status: 400, code: -40002 },
  },
]

export const encryptedFilesRows: readonly ContractRow[] = [
  ...uploading,
  ...direct,
  ...others,
  ...restored,
]
