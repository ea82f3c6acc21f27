import type { Permissions } from '../permissions/permission.ts'
import type { FileKey, KeyHolder, KeyPair } from './key-pair.ts'

/** A file key in the place that it opens. */
export type PlacedKey = {
  readonly nodeId: number
  readonly versionId: number
  readonly pairId: number
  readonly fileKey: FileKey
}

/** A version whose keys go to the version of another file. */
export type KeyCopy = {
  readonly from: { readonly nodeId: number; readonly versionId: number }
  readonly to: { readonly nodeId: number; readonly versionId: number }
}

/** A pair that cannot open a file, beside a key of that file that the asker can open. */
export type MissingKey = {
  readonly nodeId: number
  /** The file's current version. */
  readonly versionId: number
  readonly holder: KeyHolder
  readonly pairId: number
  readonly publicKey: string
  readonly version: KeyPair['version']
  readonly createdAt: number
  readonly createdBy: number | null
  readonly fileKey: FileKey
}

export type MissingQuery = {
  /** Whose keys can be opened: a user's, those of all rooms, the tenant's. */
  readonly by: { readonly kind: KeyHolder['kind']; readonly userId?: number }
  /** false: pairs that another one took the place of; their own holder alone is in need then. */
  readonly current: boolean
  /** Who is in need. */
  readonly of: KeyHolder['kind']
  /** Only files that this user reads, governs or shares; null: all. */
  readonly seenBy: number | null
  readonly roomId?: number
  readonly nodeId?: number
  /** Only users with this id. */
  readonly userId?: number
  readonly now: number
}

/** What holds for an encrypted top room and everything below it. */
export type RoomEncryption = { readonly roomId: number; readonly usesTenantKey: boolean }

/** The public half of a pair, for those who wrap a file key for its holder. */
export type PublicKeyOf = Pick<KeyPair, 'publicKey' | 'version' | 'createdAt' | 'createdBy'> & {
  readonly userId: number
}

export type KeyStore = {
  /** Whether rooms of the tenant may be encrypted. */
  isEnabled(): Promise<boolean>
  /** False when it was enabled before. Cannot be undone. */
  enable(at: number, by: number | null): Promise<boolean>
  takeId(): Promise<number>
  /** Faults 'exists' 'key-pair' when the holder has one of this version (and of this age). */
  insert(pair: KeyPair): Promise<void>
  /** Best first: current ones before previous ones, 'RSA-4096' before 'A'. */
  pairsOf(holder: KeyHolder): Promise<KeyPair[]>
  /** Which of these users have a pair. */
  usersWithPair(userIds: readonly number[]): Promise<ReadonlySet<number>>
  /** Makes a pair a previous one, with its private key in a new container; faults likewise. */
  retire(id: number, privateKey: string): Promise<void>
  /** With all file keys that it opens. */
  remove(id: number): Promise<void>
  /** Removes all pairs of a holder with their file keys. */
  removeAllOf(holder: KeyHolder): Promise<void>
  /** The best pairs of users who hold one of these permissions on a boundary. */
  publicKeysFor(
    boundaryId: number,
    anyOf: Permissions,
    now: number,
    limit: number,
  ): Promise<PublicKeyOf[]>
  setRoom(room: RoomEncryption): Promise<void>
  /** With the rescue keys of the room. */
  removeRoom(roomId: number): Promise<void>
  room(roomId: number): Promise<RoomEncryption | undefined>
  /** What lies in a subtree: live files, deleted nodes, links. */
  countWithin(rootId: number): Promise<{ files: number; deleted: number; links: number }>
  /** Marks a room and everything below it, deleted or not. */
  markSubtree(rootId: number, encryptedBy: number | null): Promise<void>
  /** Keys that are there already stay as they are. */
  addFileKeys(keys: readonly PlacedKey[]): Promise<void>
  fileKeys(
    place: { readonly nodeId: number; readonly versionId: number },
    pairIds: readonly number[],
  ): Promise<PlacedKey[]>
  copyFileKeys(copies: readonly KeyCopy[]): Promise<void>
  /** Live files in a subtree for whose current version no pair of this user has a key. */
  countLocked(rootId: number, userId: number): Promise<number>
  /** Live files whose current version nothing but this pair opens. */
  openedOnlyBy(pairId: number, limit: number): Promise<number[]>
  removeFileKeys(nodeIds: readonly number[]): Promise<void>
  missing(
    query: MissingQuery,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<MissingKey[]>
}
