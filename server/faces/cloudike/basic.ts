/** Login and password of an HTTP Basic header. */
export type BasicPair = { readonly login: string; readonly password: string }

/**
 * The pair of a Basic header, undefined for any other. A login may have a scheme (`email:a@b.c`),
 * so that one more colon belongs to it; every other colon belongs to the password.
 */
export function basicPair(header: string | undefined): BasicPair | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const cut = /^((?:(?:email|msisdn|userid):)?[^:]*):(.*)$/is.exec(text)
  return cut ? { login: cut[1] ?? '', password: cut[2] ?? '' } : undefined
}
