/**
 * Client-side encryption: files are encrypted and decrypted by clients alone. The server keeps the
 * containers that clients make and gives them to whom they are for; it can open none of them.
 */

/** 'A' is RSA-2048 with SHA-256 and MGF1-SHA-1, 'RSA-4096' has SHA-256 for both. */
export const keyVersions = ['RSA-4096', 'A'] as const
export type KeyVersion = (typeof keyVersions)[number]

/** Whose a key pair is: a user's, or the rescue key of an encrypted room or of the tenant. */
export type KeyHolder =
  | { readonly kind: 'user'; readonly userId: number }
  | { readonly kind: 'room'; readonly roomId: number }
  | { readonly kind: 'tenant' }

/** What a client says of a pair. Both are PEM; the private key is encrypted with a password. */
export type KeyContainers = {
  readonly version: KeyVersion
  readonly publicKey: string
  readonly privateKey: string
}

export type KeyPair = KeyContainers & {
  readonly id: number
  readonly holder: KeyHolder
  /** Another one took its place; kept until what it opens is wrapped anew. */
  readonly isPrevious: boolean
  readonly createdAt: number
  readonly createdBy: number | null
}

/** The cipher of a file key is the version of its pair, and how the bytes are encrypted. */
export const fileKeyVersions = { A: 'A', 'RSA-4096/AES-256-GCM': 'RSA-4096' } as const
export type FileKeyVersion = keyof typeof fileKeyVersions

/** The key of one version of a file, wrapped with a public key. All members are base64. */
export type FileKey = {
  readonly version: FileKeyVersion
  readonly key: string
  readonly iv: string
  readonly tag: string
}

/** The version of the pair that opens a file key. */
export function pairVersionOf({ version }: FileKey): KeyVersion {
  return fileKeyVersions[version]
}

/** Most bytes that one AES-GCM message may have. */
export const maxCipherBytes = 64 * 2 ** 30
