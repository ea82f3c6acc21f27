import { addKeyPair } from '../../server/core/keys/add-key-pair.ts'
import { encryptRoom } from '../../server/core/keys/encrypt-room.ts'
import { createLink } from '../../server/core/links/create-link.ts'
import { sampleFileKey, samplePair } from '../../server/core/suites/key-samples.suite.ts'
import { completeUpload } from '../../server/core/uploads/complete-upload.ts'
import { startUpload } from '../../server/core/uploads/start-upload.ts'
import { writeChunk } from '../../server/core/uploads/write-chunk.ts'
import type { ContractRow, Persona, Scene, Send } from '../row.ts'
import { once, published } from './refusal-scene.ts'
import { done } from './share-scene.ts'

/** The scene that these rows share. */
export const cipherScene = { '/inbox': 'folder' } as const

/** The room, to which whoever has `kept.invitation` is invited, is encrypted with a file in it. */
const encrypted = once(async (scene) => {
  const room = { id: scene.nodeId('/') }
  await addKeyPair(scene.core('admin'), { of: { kind: 'tenant' }, pair: samplePair() })
  const writer = scene.core('writer')
  await addKeyPair(writer, { of: { kind: 'user' }, pair: samplePair() })
  const share = { path: scene.path('/'), public_view: true }
  scene.kept.invitation = (await done(scene, 'sharesAdd', 'manager', { body: share })).hash
  await encryptRoom(scene.core('manager'), { room, isEncrypted: true })
  await published('/inbox', { upload_folder: true })(scene)
  const place = { parent: room, name: 'secret.txt', bringsKeys: true }
  const started = await startUpload(writer, place)
  const upload = { id: started.kind === 'open' ? started.upload.id : 0 }
  await writeChunk(writer, { upload, source: cipherBytes() })
  const fileKey = sampleFileKey()
  const { node } = await completeUpload(writer, { upload, keys: { own: fileKey } })
  const link = { kind: 'download', node: { id: node.id }, pair: samplePair(), fileKey } as const
  scene.kept.opened = (await createLink(writer, link)).token
})
async function* cipherBytes() {
  yield Buffer.from('cipher')
}

const linked = ({ kept }: Scene) => ({ hash: String(kept.opened) })
const secret = (scene: Scene) => scene.path('/secret.txt')
const invited = ({ kept }: Scene) => ({ invite_hash: String(kept.invitation), path: 'secret.txt' })

type Refusal = readonly [op: string, as: Persona, send: (scene: Scene) => Send, code: string]

const refusals: readonly Refusal[] = [
  ['filesGet', 'reader', (scene) => ({ params: { path: secret(scene) } }), 'Forbidden'],
  ['filesGetPreview', 'reader', (scene) => ({ query: { path: secret(scene) } }), 'Forbidden'],
  [
    'filesCreate',
    'writer',
    (scene) => ({ body: { path: scene.path('/plain.txt'), size: 5 } }),
    'Forbidden',
  ],
  [
    'linksFileCreate',
    null,
    ({ kept }) => ({ params: { hash: String(kept.hash) }, body: { path: 'plain.txt' } }),
    'Forbidden',
  ],
  ['linksGet', null, (scene) => ({ params: { ...linked(scene), path: '' } }), 'Forbidden'],
  ['linksGetPreview', null, (scene) => ({ query: linked(scene) }), 'Forbidden'],
  ['linksCreateExtra', null, (scene) => ({ body: linked(scene) }), 'Forbidden'],
  [
    'linksAddToStorage',
    'reader',
    (scene) => ({ params: linked(scene), query: { target_path: '/' } }),
    'Forbidden',
  ],
  [
    'sharesGet',
    null,
    ({ kept }) => ({ params: { hash: String(kept.invitation), path: 'secret.txt' } }),
    'ShareForbidden',
  ],
  ['sharesGetPreview', null, (scene) => ({ query: invited(scene) }), 'ShareForbidden'],
  ['sharesCreateExtra', null, (scene) => ({ body: invited(scene) }), 'ShareForbidden'],
]

/** What clients encrypted is not given out, and nothing plain comes in between. */
export const cipherRows: readonly ContractRow[] = refusals.map(([op, as, send, code]) => ({
  op,
  name: 'where clients encrypt',
  as,
  before: encrypted,
  send,
  want: { status: 403, code },
}))
