import { parseJson, readBody } from '../body.ts'
import type { DocumentedOperation } from '../documented.ts'
import type { FaceRequest } from '../operation.ts'

/**
 * The JSON body of a request, undefined when there is none. The content type is not looked at:
 * clients send JSON under several names and under none. A member that is null counts as not
 * sent, which is how all known clients mean it.
 */
export async function readJson(
  request: FaceRequest,
  operation: DocumentedOperation,
): Promise<unknown> {
  const bytes = await readBody(request)
  if (bytes.length === 0) return undefined
  return spoken(operation.id, withoutNulls(parseJson(bytes)))
}

const maxDepth = 32

function withoutNulls(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return value
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth + 1))
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([name, one]) => [name, withoutNulls(one, depth + 1)]))
}

// The old login call knows password accounts by the name `sql` too (dossier 2.4).
function spoken(operationId: string, body: unknown): unknown {
  if (operationId !== 'login' || typeof body !== 'object' || body === null) return body
  return 'authType' in body && body.authType === 'sql' ? { ...body, authType: 'basic' } : body
}

/**
 * Where a chunk says that it starts; undefined means "behind what is there". Ends and totals of
 * this header cannot be trusted, and `0-0` is what one client sends with every chunk
 * (dossier 7.1). 'malformed' when it is no byte range at all.
 */
export function chunkStart(header: string | undefined): number | undefined | 'malformed' {
  if (header === undefined || header.trim() === '') return undefined
  const found = /^\s*bytes\s+(\d{1,16})\s*-\s*(\d{1,16})\s*\/\s*(\d{1,16}|\*)\s*$/i.exec(header)
  if (!found) return 'malformed'
  const [, start = '', end = ''] = found
  if (start === '0' && end === '0') return undefined
  return Number.isSafeInteger(Number(start)) ? Number(start) : 'malformed'
}

/** What a client may have meant by a base64 header value: the decoded text, then the plain one. */
export function base64OrPlain(value: string): string[] {
  const canonical = Buffer.from(value, 'base64')
  const again = canonical.toString('base64').replace(/=+$/, '')
  const same = again === value.replace(/=+$/, '')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(canonical)
    return same && text !== '' ? [text, value] : [value]
  } catch {
    return [value]
  }
}
