import type { FileKey as CoreFileKey, KeyContainers, KeyPair } from '../../core/keys/key-pair.ts'
import type { KeyStates } from '../../core/keys/key-states.ts'
import type { PublicKeyOf } from '../../core/keys/key-store.ts'
import type { MissingPage } from '../../core/keys/missing-file-keys.ts'
import { writeDate } from './dates.ts'
import type {
  EncryptionInfo,
  FileKey,
  MissingKeysResponse,
  PrivateKeyContainer,
  UserKeyPairContainer,
  UserUserPublicKey,
} from './generated/shapes.ts'
import { idOfHolder } from './read-keys.ts'

export function presentKeyPair(pair: KeyPair): UserKeyPairContainer {
  const { version, publicKey, privateKey, createdBy } = pair
  const made = { createdAt: writeDate(pair.createdAt), createdBy: createdBy ?? undefined }
  return {
    privateKeyContainer: { version, privateKey, ...made },
    publicKeyContainer: { version, publicKey, ...made },
  }
}

/** The private half of a link's own pair. */
export function presentLinkPair({ version, privateKey }: KeyContainers): PrivateKeyContainer {
  return { version, privateKey }
}

export function presentFileKey({ version, key, iv, tag }: CoreFileKey): FileKey {
  return { version, key, iv, tag }
}

export function presentPublicKey(key: PublicKeyOf): UserUserPublicKey {
  const { userId: id, publicKey, version, createdAt, createdBy } = key
  const made = { createdAt: writeDate(createdAt), createdBy: createdBy ?? undefined }
  return { id, publicKeyContainer: { version, publicKey, ...made } }
}

/** Each holder and each file once; the items say who needs which. */
export function presentMissing(
  { items, total }: MissingPage,
  page: { readonly offset: number; readonly limit: number },
): MissingKeysResponse {
  const users = new Map<number, UserUserPublicKey>()
  const files = new Map<number, CoreFileKey>()
  for (const item of items) {
    const userId = idOfHolder(item.holder)
    users.set(userId, presentPublicKey({ ...item, userId }))
    files.set(item.versionId, item.fileKey)
  }
  return {
    range: { ...page, total },
    items: items.map(({ holder, versionId }) => ({
      userId: idOfHolder(holder),
      fileId: versionId,
    })),
    users: [...users.values()],
    files: [...files].map(([id, fileKey]) => ({ id, fileKeyContainer: presentFileKey(fileKey) })),
  }
}

export function presentKeyStates(states: KeyStates): EncryptionInfo {
  return {
    userKeyState: states.user,
    roomKeyState: states.room,
    dataSpaceKeyState: states.tenant,
  }
}
