import type { ContractRow, Scene } from '../row.ts'
import { encrypted, fileKey, paired, steps, uploaded, wirePair } from './key-scene.ts'

const file = steps(encrypted(), uploaded())
const noPair = { status: 403, code: -70020 }
const sharing =
  (more: object = {}) =>
  (scene: Scene) => ({
    body: { nodeId: Number(scene.kept.fileId), fileKey, keyPair: wirePair(), ...more },
  })
const share = { op: 'createDownloadShare', as: 'writer', before: file } as const
const shared = steps(file, async (scene) => {
  const { body } = await scene.call('createDownloadShare', 'writer', sharing()(scene))
  scene.kept.accessKey = (body as { accessKey: string }).accessKey
})
const ofKey = (scene: Scene) => ({ params: { access_key: String(scene.kept.accessKey) } })

export const encryptedSharesRows: readonly ContractRow[] = [
  {
    ...share,
    name: 'of an encrypted file, with its keys',
    send: sharing(),
    want: { status: 201, body: { isEncrypted: true }, events: ['link.created'] },
  },
  {
    ...share,
    name: 'a password goes with plain files only',
    send: sharing({ password: 'secret' }),
    want: { status: 400, code: -50003 },
  },
  {
    ...share,
    name: 'an encrypted room',
    send: (scene) => ({ body: { ...sharing()(scene).body, nodeId: scene.id('/') } }),
    want: { status: 400, code: -50004 },
  },
  {
    ...share,
    name: 'without the file key',
    send: sharing({ fileKey: undefined }),
    want: { status: 400, code: -50005 },
  },
  {
    ...share,
    name: 'without a key pair',
    send: sharing({ keyPair: undefined }),
    want: { status: 400, code: -50006 },
  },
  {
    ...share,
    name: 'a file key that is none',
    send: sharing({ fileKey: { ...fileKey, iv: 'not base64' } }),
    want: { status: 400, code: -80062 },
  },
  {
    ...share,
    name: 'a public key that is no PEM',
    send: sharing({
      keyPair: {
        ...wirePair(),
        publicKeyContainer: { version: 'RSA-4096', publicKey: 'no PEM' },
      },
    }),
    want: { status: 400, code: -70022 },
  },
  {
    ...share,
    name: 'a private key that is not encrypted',
    send: sharing({
      keyPair: {
        ...wirePair(),
        privateKeyContainer: { version: 'RSA-4096', privateKey: 'open' },
      },
    }),
    want: { status: 400, code: -70023 },
  },
  {
    ...share,
    name: 'who has no key pair of his own',
    as: 'manager',
    before: steps(paired('manager'), file),
    send: sharing(),
    want: noPair,
  },
  {
    op: 'requestPublicDownloadShareInfo',
    name: 'a stranger gets the keys that the password of the share opens',
    as: null,
    before: shared,
    send: ofKey,
    want: {
      status: 200,
      body: {
        isEncrypted: true,
        isProtected: false,
        fileKey,
        privateKeyContainer: wirePair().privateKeyContainer,
      },
    },
  },
  {
    op: 'generateDownloadUrlPublic',
    name: 'the password of an encrypted share is not for the server',
    as: null,
    before: shared,
    send: (scene) => ({ ...ofKey(scene), body: { password: 'secret' } }),
    want: { status: 400, code: -50008 },
  },
  {
    op: 'generateDownloadUrlPublic',
    name: 'the bytes of an encrypted share',
    as: null,
    before: shared,
    send: (scene) => ({ ...ofKey(scene), body: {} }),
    want: { status: 201, events: ['link.used'] },
    then: async (_scene, answer) => {
      const { downloadUrl } = answer.body as { downloadUrl: string }
      const text = await (await fetch(downloadUrl)).text()
      if (text !== 'cipher') throw new Error(`other bytes: ${text}`)
    },
  },
]
