import { sameText } from '../../lib/bytes/same-text.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Client, GrantType } from './client-store.ts'
import { isAllowedRedirect } from './redirect-uri.ts'

/** How a program names itself: its id and, unless it is a public one, its secret. */
export type ClientProof = { readonly clientId: string; readonly clientSecret?: string }

export type AuthorizeClient = ClientProof & {
  /** What it wants to do. */
  readonly grant?: GrantType
}

/**
 * A program that may do what it asks for. Unknown, disabled, and a wrong secret are the same fault
 * 'wrong-credentials' 'client'; a kind of grant that it does not have is 'forbidden' 'client'.
 */
export async function authorizeClient(ctx: Ctx, input: AuthorizeClient): Promise<Client> {
  const { clientId, clientSecret = '', grant } = input
  const found = await ctx.read(async (tx) => {
    const client = await tx.clients.find(clientId)
    return client && { client, digest: await tx.clients.secretDigest(clientId) }
  })
  if (!found?.client.isEnabled) return fault('wrong-credentials', 'client')
  const { client, digest } = found
  if (!provesItself(ctx, client, digest, clientSecret)) return fault('wrong-credentials', 'client')
  if (grant && !client.grantTypes.includes(grant)) return fault('forbidden', 'client')
  return client
}

export type ClientForPage = {
  readonly clientId: string
  readonly grant: 'authorization_code' | 'implicit'
  readonly redirectUri?: string
  /** Base of our own addresses, for clients that come back to one of our pages. */
  readonly base: string
}

/**
 * For the page on which a user signs in for a program: who it is and where the answer goes. The
 * program proves itself later, when it exchanges the code. A redirect URI may be left out where one
 * is registered. Faults as `authorizeClient`, and 'invalid' 'client' with data.field 'redirectUri':
 * then nothing must be sent there.
 */
export async function clientForPage(
  ctx: Ctx,
  input: ClientForPage,
): Promise<{ client: Client; redirectUri: string }> {
  const client = await ctx.read((tx) => tx.clients.find(input.clientId))
  if (!client?.isEnabled) return fault('wrong-credentials', 'client')
  const only = client.redirectUris.length === 1 ? client.redirectUris[0] : undefined
  const redirectUri = input.redirectUri ?? (only?.startsWith('/') ? `${input.base}${only}` : only)
  const isAllowed =
    redirectUri !== undefined && isAllowedRedirect(client.redirectUris, redirectUri, input.base)
  if (!isAllowed) {
    return fault('invalid', 'client', undefined, { field: 'redirectUri', rule: 'not-registered' })
  }
  if (!client.grantTypes.includes(input.grant)) return fault('forbidden', 'client')
  return { client, redirectUri }
}

/** A public client has none and must not claim one; a confidential one without fails closed. */
function provesItself(ctx: Ctx, client: Client, digest: string | null, secret: string): boolean {
  if (digest === null) return !client.isConfidential && secret === ''
  return sameText(ctx.secrets.digest(secret), digest)
}
