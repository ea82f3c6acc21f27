import type { IncomingMessage } from 'node:http'
import proxyAddr from '@fastify/proxy-addr'

/** Whose a request is: the address of the client, and the host that it asked for. */
export type AskingClient = { readonly address: string; readonly host: string }

/**
 * Tells both of a request that the HTTP framework does not see (an upgrade), by its rules: proxies
 * that are trusted are believed, nobody else is.
 */
export function askingClient(trusted: readonly string[]) {
  const isTrusted = proxyAddr.compile([...trusted])
  return (request: IncomingMessage): AskingClient => {
    const { remoteAddress = '' } = request.socket
    const told = String(request.headers['x-forwarded-host'] ?? '')
    const forwarded = isTrusted(remoteAddress, 0) ? told.split(',').at(-1)?.trim() : undefined
    return {
      address: proxyAddr(request, isTrusted) ?? '',
      host: forwarded || (request.headers.host ?? ''),
    }
  }
}
