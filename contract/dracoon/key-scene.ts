import type { KeyVersion } from '../../server/core/keys/key-pair.ts'
import { sampleFileKey, samplePair } from '../../server/core/suites/key-samples.suite.ts'
import { roomKeys } from '../../server/faces/dracoon/read-keys.ts'
import type { Persona, Scene } from '../row.ts'

/** A key pair as the wire has it. */
export function wirePair(version: KeyVersion = 'RSA-4096', name?: string) {
  const { publicKey, privateKey } = samplePair(version, name)
  return {
    privateKeyContainer: { version, privateKey },
    publicKeyContainer: { version, publicKey },
  }
}

export const broken = { version: 'RSA-4096', publicKey: 'no PEM' }
const bare = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'
export const brokenPublic = { ...wirePair(), publicKeyContainer: broken }
export const brokenPrivate = {
  ...wirePair(),
  privateKeyContainer: { version: 'RSA-4096', privateKey: bare },
}

/** A new pair, and the previous one's private key in a new container. */
export const wireNext = (previous: KeyVersion, next: KeyVersion) => ({
  ...wirePair(next, 'next'),
  previousPrivateKey: wirePair(previous, 'kept').privateKeyContainer,
})

export const fileKey = sampleFileKey()
export const oldFileKey = sampleFileKey('old', 'A')

export type Step = (scene: Scene) => Promise<void>

/** These steps, one after the other. */
export const steps =
  (...all: readonly Step[]): Step =>
  async (scene) => {
    for (const step of all) await step(scene)
  }

/** Client-side encryption is on; it cannot be turned off for the next row. */
export const enabled: Step = async (scene) => {
  const body = { enableCustomerEncryption: true, dataSpaceRescueKey: wirePair() }
  await scene.call('enableCustomerEncryption', 'admin', { body })
}

/** Somebody has pairs of exactly these versions. */
export const paired = (as: Persona, ...versions: readonly KeyVersion[]) =>
  steps(enabled, async (scene) => {
    while ((await scene.call('removeUserKeyPair', as, {})).status === 204);
    for (const version of versions) {
      await scene.call('setUserKeyPair', as, { body: wirePair(version, String(as)) })
    }
  })

/** The system has rescue pairs of exactly these versions; the administrator has one of his own. */
export const rescuePaired = (...versions: readonly KeyVersion[]) =>
  steps(paired('admin', 'RSA-4096'), async (scene) => {
    while ((await scene.call('removeSystemRescueKeyPair', 'admin', {})).status === 204);
    for (const version of versions) {
      await scene.call('setSystemRescueKeyPair', 'admin', { body: wirePair(version, 'system') })
    }
  })

/** '/' of the row is encrypted, and the writer has a key pair. */
export const encrypted = (body: object = {}) =>
  steps(paired('writer', 'RSA-4096'), async (scene) => {
    const params = { room_id: scene.id('/') }
    const send = { params, body: { isEncrypted: true, ...body } }
    const { status, body: answer } = await scene.call('encryptRoom', 'manager', send)
    if (status !== 200) throw new Error(`not encrypted: ${JSON.stringify(answer)}`)
  })

/** An encrypted file of the writer's, `kept.fileId`. */
export const uploaded =
  (completion: object = { fileKey }, parent = '/'): Step =>
  async (scene) => {
    await channel(parent)(scene)
    const params = { token: String(scene.kept.token) }
    const { body } = await scene.call('completeFileUploadByToken', null, {
      params,
      body: completion,
    })
    const { id } = body as { id?: number }
    if (id === undefined) throw new Error(`not uploaded: ${JSON.stringify(body)}`)
    scene.kept.fileId = id
  }

/** An open upload of the writer's with a chunk in it: `kept.token` and `kept.uploadId`. */
export const channel =
  (parent = '/', more: object = {}): Step =>
  async (scene) => {
    const wanted = { body: { parentId: scene.id(parent), name: 'secret.txt', ...more } }
    const { body } = await scene.call('createFileUploadChannel', 'writer', wanted)
    Object.assign(scene.kept, body)
    const params = { token: String(scene.kept.token) }
    await scene.call('uploadFileByTokenAsMultipart_1', null, { params, bytes: 'cipher' })
  }

/** As whom the rescue key of the row's room is named. */
export const rescueId = (scene: Scene) => roomKeys + Number(scene.id('/'))

export const ofRoom = (scene: Scene) => ({ params: { room_id: scene.id('/') } })
export const ofFile = (scene: Scene) => ({ params: { file_id: Number(scene.kept.fileId) } })
