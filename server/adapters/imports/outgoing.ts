import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { Fault, isFault } from '../../core/fault.ts'
import { closedAddress, guardedLookup } from './address-guard.ts'

export type OutgoingOptions = {
  readonly mayCall: (address: string) => boolean
  /** Ends what is under way, and all that comes after. */
  readonly stopping: AbortSignal
}

export type OutgoingRequest = {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Of the whole exchange, the body included. */
  readonly withinMs: number
}

/** Calls servers outside that users name. It follows no redirection and unpacks nothing. */
export type Outgoing = {
  /** The answer, its body not read. Faults 'unavailable' and 'forbidden' 'import' (data.rule). */
  send(request: OutgoingRequest): Promise<IncomingMessage>
  close(): void
}

/** Without a byte for so long it is over; shorter than the lease of a job. */
const idleMs = 30_000

export function outgoing({ mayCall, stopping }: OutgoingOptions): Outgoing {
  const settings = { keepAlive: true, maxSockets: 4 }
  const agents = { 'http:': new http.Agent(settings), 'https:': new https.Agent(settings) }
  return {
    send: ({ method, url, headers, body, withinMs }) => {
      const host = url.hostname.replace(/^\[|\]$/g, '')
      // A name is looked up on the way; an address is not.
      if (isIP(host) !== 0 && !mayCall(host)) return Promise.reject(closedAddress())
      const isPlain = url.protocol === 'http:'
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
      const request = (isPlain ? http : https).request(url, {
        method,
        headers: { 'accept-encoding': 'identity', 'user-agent': 'Strongroom', ...headers },
        agent: agents[isPlain ? 'http:' : 'https:'],
        lookup: guardedLookup(mayCall),
        timeout: idleMs,
        signal: AbortSignal.any([stopping, AbortSignal.timeout(withinMs)]),
      })
      request.once('response', resolve)
      request.once('timeout', () => request.destroy(unavailable('timeout')))
      // It may fail again while the body comes; whoever reads that is told then.
      request.on('error', (error) => {
        reject(stopping.aborted ? unavailable('stopped') : faultOf(error))
      })
      request.end(body)
      return promise
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

/** The bytes of an answer, `most` at most (more is 'invalid' 'import'); faults as `send`. */
export async function* bytesOf(
  answer: IncomingMessage,
  most: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let total = 0
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      total += chunk.byteLength
      if (total > most) throw new Fault('invalid', 'import', undefined, { rule: 'too-long' })
      yield chunk
    }
  } catch (error) {
    throw faultOf(error)
  } finally {
    answer.destroy()
  }
}

function unavailable(rule: string): Fault {
  return new Fault('unavailable', 'import', undefined, { rule })
}

const rules: Readonly<Record<string, string>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  ETIMEDOUT: 'timeout',
  ABORT_ERR: 'timeout',
}

/** What failed underneath, in our words: texts of sockets may say more than a user should know. */
function faultOf(error: unknown): unknown {
  if (isFault(error)) return error
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  const isTls = /CERT|TLS|SSL|SIGNATURE|ISSUER/.test(code)
  return unavailable(isTls ? 'certificate' : (rules[code] ?? 'connection'))
}
