export type GrantType = 'authorization_code' | 'implicit' | 'password' | 'refresh_token'

/** A program that may sign users in. */
export type Client = {
  readonly id: string
  readonly name: string
  readonly isConfidential: boolean
  readonly isEnabled: boolean
  /** Came with the installation; cannot be changed or deleted. */
  readonly isStandard: boolean
  readonly grantTypes: readonly GrantType[]
  readonly redirectUris: readonly string[]
  readonly accessTokenSeconds: number
  readonly refreshTokenSeconds: number
  readonly approvalSeconds: number
}

export type ClientStore = {
  find(id: string): Promise<Client | undefined>
  /** Digest of the secret; null for a client with an empty secret. */
  secretDigest(id: string): Promise<string | null>
  insert(client: Client, secretDigest: string | null): Promise<void>
  all(): Promise<Client[]>
}
