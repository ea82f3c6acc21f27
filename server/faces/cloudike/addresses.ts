import { fault } from '../../core/fault.ts'
import type { FaceRequest } from '../operation.ts'
import type { Upload } from './generated/shapes.ts'
import { urlPath } from './ids.ts'

/** What a download address of ours stands for: a file, or a place of a public link. */
export type DownloadKey =
  | { readonly kind: 'file'; readonly ticket: string }
  | { readonly kind: 'link'; readonly ticket: string; readonly path: readonly string[] }

const base = '/api/1'

/** The address of a download. The tickets in it are signed by the core and end by themselves. */
export function downloadUrl(request: FaceRequest, key: DownloadKey, forView = false): string {
  const place = key.kind === 'link' ? `~${encodePath(key.path)}` : ''
  const url = `${request.publicUrl}${base}/transfers/download/${key.kind}~${key.ticket}${place}`
  return forView ? `${url}?view=1` : url
}

/** Reads the last part of such an address. Faults 'not-found' 'ticket'. */
export function readDownloadKey(text: string): DownloadKey {
  const [kind, ticket = '', place = ''] = text.split('~')
  if (kind === 'file') return { kind, ticket }
  if (kind === 'link') return { kind, ticket, path: decodePath(place) }
  return fault('not-found', 'ticket')
}

function encodePath(path: readonly string[]): string {
  return Buffer.from(JSON.stringify(path)).toString('base64url')
}

function decodePath(text: string): string[] {
  try {
    const path: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Array.isArray(path) && path.every((name) => typeof name === 'string')) return path
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return fault('not-found', 'ticket')
}

/** What is said at the announcement and again at the confirmation. */
export type Announced = {
  readonly overwrite?: boolean
  readonly version?: number
  readonly size?: number
  readonly checksum?: string
}

/** Where the bytes of an announced file go, and what confirms them. The token is the secret. */
export function uploadAddresses(
  request: FaceRequest,
  token: string,
  path: readonly string[],
  userId: number,
  announced: Announced,
): Upload {
  const { overwrite, version, size, checksum } = announced
  const query = new URLSearchParams({ user_id: String(userId), temp_name: token })
  for (const [name, value] of Object.entries({ overwrite, version, size, checksum })) {
    if (value !== undefined && value !== '') query.set(name, String(value))
  }
  return {
    url: `${request.publicUrl}${base}/transfers/upload/${token}`,
    method: 'POST',
    parameters: {},
    headers: {},
    confirm_url: `${request.publicUrl}${base}/files/confirm/${urlPath(path)}?${query}`,
  }
}
