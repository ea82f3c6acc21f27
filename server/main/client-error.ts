import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Answer, Face } from '../faces/operation.ts'

type ClientError = Error & { code?: string; rawPacket?: unknown }
type Busy = Socket & { _httpMessage?: ServerResponse | null }

/**
 * Answers what Node could not read as a request: 408 too slow, 431 too long, otherwise 400, in the
 * form of the API whose prefix the request line names, as far as it came. Then the connection ends.
 */
export function clientErrorAnswerer(faces: readonly Face[]) {
  return (error: ClientError, socket: Socket): void => {
    const inFlight = (socket as Busy)._httpMessage
    // Nothing may come into the middle of an answer.
    const isFree = socket.writable && inFlight?.headersSent !== true
    if (error.code !== 'ECONNRESET' && isFree) socket.write(answerTo(faces, error))
    socket.destroySoon()
  }
}

function answerTo(faces: readonly Face[], error: ClientError): string {
  const [status, reason] = told[error.code ?? ''] ?? [400, 'This is no HTTP request']
  const path = pathIn(error.rawPacket)
  const face = faceOf(faces, path)
  const answer: Answer = face?.unreadable(status, reason, path) ?? {
    status,
    json: { error: reason },
  }
  const body = 'json' in answer ? JSON.stringify(answer.json) : ''
  const lines = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Error'}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

const told: Readonly<Record<string, readonly [status: number, reason: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are longer than allowed'],
}

function pathIn(packet: unknown): string {
  const line = Buffer.isBuffer(packet) ? packet.toString('latin1', 0, 2048) : ''
  return /^[A-Z]+ (\/[^\s?]*)/.exec(line)?.[1] ?? ''
}

/** The face below whose prefixes a path lies. */
export function faceOf<T extends Pick<Face, 'prefixes'>>(
  faces: readonly T[],
  path: string,
): T | undefined {
  return faces.find(({ prefixes }) =>
    prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)),
  )
}
