import { fault } from '../../core/fault.ts'
import { checkTextMessage } from '../../core/texts/text-fields.ts'
import type { Texter } from '../../core/texts/texter.ts'

export type GatewayOptions = {
  readonly url: string
  readonly token: string
  /** A number or a name, as the gateway wants it. */
  readonly from: string
  /** Of one exchange; shorter than the lease of a job. */
  readonly withinMs?: number
}

/** About the way to the gateway or the moment, not about the message. */
const passing = new Set([401, 403, 407, 408, 425, 429])

/**
 * A texter over a gateway that takes `{from, to, text}` by POST with a Bearer token: any 2xx is
 * taken, another 4xx is refused for good, all else may pass. Its answer is not read, and
 * redirections are not followed: the token is for one server.
 */
export function gatewayTexter({ url, token, from, withinMs = 20_000 }: GatewayOptions): Texter {
  const call = async (init: RequestInit): Promise<number> => {
    const { status, body } = await fetch(url, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}`, 'user-agent': 'Strongroom' },
      redirect: 'manual',
      signal: AbortSignal.timeout(withinMs),
    })
    // What it says besides changes nothing about what it has taken.
    await body?.cancel().catch(() => undefined)
    return status
  }
  return {
    async send(message) {
      checkTextMessage(message)
      const { to, text, id } = message
      const status = await call({
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(id === undefined ? {} : { 'idempotency-key': id }),
        },
        body: JSON.stringify({ from, to, text }),
      }).catch((error: unknown) => fault('unavailable', 'text', undefined, { reason: said(error) }))
      if (status >= 200 && status < 300) return
      const isRefused = status >= 400 && status < 500 && !passing.has(status)
      fault(isRefused ? 'invalid' : 'unavailable', 'text', undefined, { status })
    },
    async check() {
      const status = await call({ method: 'HEAD' }).catch((error: unknown) => {
        throw new Error(said(error))
      })
      if (status === 401 || status === 403) throw new Error(`the token is refused (${status})`)
      if (status >= 500 && status !== 501) throw new Error(`it answers ${status}`)
    },
  }
}

/** What failed, in a word that holds nothing of the request. */
function said(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: unknown } }
  if (name === 'TimeoutError') return 'no answer in time'
  return String(cause?.code ?? name ?? 'error')
}
