import {
  type FileKey as CoreFileKey,
  type FileKeyVersion,
  fileKeyVersions,
  type KeyContainers,
  type KeyHolder,
  type KeyVersion,
  keyVersions,
} from '../../core/keys/key-pair.ts'
import type { HolderKey, UploadKeys } from '../../core/keys/upload-keys.ts'
import type { FileKey, PrivateKeyContainer, UserKeyPairContainer } from './generated/shapes.ts'
import { refuseInput } from './refuse.ts'

/** A key pair as the wire has it: both halves say the version, and say the same. */
export function readKeyPair(wire: UserKeyPairContainer): KeyContainers {
  const { privateKeyContainer, publicKeyContainer } = wire
  const version = readVersion(publicKeyContainer.version, 'publicKey')
  if (readVersion(privateKeyContainer.version, 'privateKey') !== version) {
    refuseInput('body.privateKey', 'version', 'the private key is of another version')
  }
  return {
    version,
    publicKey: publicKeyContainer.publicKey,
    privateKey: privateKeyContainer.privateKey,
  }
}

export function readPreviousKey({ version, privateKey }: PrivateKeyContainer) {
  return { version: readVersion(version, 'privateKey'), privateKey }
}

function readVersion(text: string, half: 'publicKey' | 'privateKey'): KeyVersion {
  const known = keyVersions.find((one) => one === text)
  return known ?? refuseInput(`body.${half}`, 'version', `known: ${keyVersions.join(', ')}`)
}

/** `?version=`, which names a key pair; for file keys also by the version of those. */
export function readPairVersion(text: string | undefined): KeyVersion | undefined {
  if (text === undefined || text === '') return undefined
  const known = keyVersions.find((one) => one === text)
  if (known) return known
  if (Object.hasOwn(fileKeyVersions, text)) return fileKeyVersions[text as FileKeyVersion]
  return refuseInput('query.version', 'key-version', `known: ${keyVersions.join(', ')}`)
}

/** What is wrong in it core says. */
export function readFileKey({ version, key, iv, tag }: FileKey): CoreFileKey {
  return { version: version as FileKeyVersion, key, iv, tag }
}

/** Above every user id; still a number that all clients hold exactly. */
export const roomKeys = 2 ** 52

/**
 * Who a file key is for. Rescue pairs belong to nobody with an account: 0 is the system's, and
 * `roomKeys` and the id of a room together are that room's.
 */
export function holderOfId(userId: number): KeyHolder {
  if (userId === 0) return { kind: 'tenant' }
  return userId > roomKeys ? { kind: 'room', roomId: userId - roomKeys } : { kind: 'user', userId }
}

export function idOfHolder(holder: KeyHolder): number {
  if (holder.kind === 'user') return holder.userId
  return holder.kind === 'room' ? roomKeys + holder.roomId : 0
}

type WireKeys = readonly { readonly userId: number; readonly fileKey: FileKey }[]

function readHolderKeys(items: WireKeys): HolderKey[] {
  return items.map(({ userId, fileKey }) => ({
    holder: holderOfId(userId),
    fileKey: readFileKey(fileKey),
  }))
}

type Completion = {
  readonly fileKey?: FileKey
  readonly userFileKeyList?: { readonly items?: WireKeys }
}

/** The keys that end an upload of an encrypted file. */
export function readUploadKeys(body: Completion | undefined): UploadKeys | undefined {
  if (!body?.fileKey && !body?.userFileKeyList?.items) return undefined
  return {
    own: body.fileKey && readFileKey(body.fileKey),
    others: readHolderKeys(body.userFileKeyList?.items ?? []),
  }
}

/** The keys with which a stranger ends an upload through a share. */
export function readStrangerKeys(items: WireKeys | undefined): UploadKeys {
  return { others: readHolderKeys(items ?? []) }
}
