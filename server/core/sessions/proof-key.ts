import { sameText } from '../../lib/bytes/same-text.ts'
import type { Secrets } from '../ctx.ts'
import { fault } from '../fault.ts'

/** The challenge of RFC 7636 that comes with a request for a code. */
export type Challenge = { readonly method: 'S256' | 'plain'; readonly value: string }

const form = /^[A-Za-z0-9\-._~]{43,128}$/

/** Faults 'invalid' 'session' with data.field 'challenge'. */
export function checkChallenge(challenge: Challenge | undefined): void {
  if (!challenge) return
  const { method, value } = challenge
  const known = method === 'S256' || method === 'plain'
  if (known && form.test(value)) return
  fault('invalid', 'session', undefined, { field: 'challenge', rule: known ? 'form' : 'method' })
}

/**
 * Whether who exchanges a code is who asked for it (RFC 7636, section 4.6). Without a challenge no
 * verifier may come: one that does shows that the challenge was taken away on the way.
 */
export function provesKey(
  secrets: Secrets,
  challenge: Challenge | undefined,
  verifier: string | undefined,
): boolean {
  if (!challenge) return verifier === undefined
  if (verifier === undefined || !form.test(verifier)) return false
  return sameText(
    challenge.method === 'plain' ? verifier : s256(secrets, verifier),
    challenge.value,
  )
}

function s256(secrets: Secrets, verifier: string): string {
  return Buffer.from(secrets.digest(verifier), 'hex').toString('base64url')
}
