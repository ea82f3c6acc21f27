import { fault } from '../../core/fault.ts'
import type { UploadRef } from '../../core/uploads/upload.ts'
import type { FaceRequest } from '../operation.ts'
import type { Upload } from './generated/shapes.ts'
import { urlPath } from './ids.ts'

/**
 * What a download address of ours stands for: a file, a listing of the whole tree, a place of a
 * public link or of an invitation, or an archive of several places.
 */
export type DownloadKey =
  | { readonly kind: 'file' | 'deleted'; readonly ticket: string }
  | { readonly kind: 'listing'; readonly ticket: string }
  | { readonly kind: 'link' | 'share'; readonly ticket: string; readonly path: readonly string[] }
  | {
      readonly kind: 'pack'
      readonly ticket: string
      readonly paths: readonly (readonly string[])[]
    }

const base = '/api/1'

/** The address of a download. The tickets in it are signed by the core and end by themselves. */
export function downloadUrl(request: FaceRequest, key: DownloadKey, forView = false): string {
  const place = placeOf(key)
  const url = `${request.publicUrl}${base}/transfers/download/${key.kind}~${key.ticket}${place}`
  return forView ? `${url}?view=1` : url
}

function placeOf(key: DownloadKey): string {
  if (key.kind === 'pack') return `~${encoded(key.paths)}`
  return key.kind === 'link' || key.kind === 'share' ? `~${encoded(key.path)}` : ''
}

/** Reads the last part of such an address. Faults 'not-found' 'ticket'. */
export function readDownloadKey(text: string): DownloadKey {
  const [kind, ticket = '', place = ''] = text.split('~')
  if (kind === 'file' || kind === 'deleted' || kind === 'listing') return { kind, ticket }
  if (kind === 'link' || kind === 'share') {
    return { kind, ticket, path: namesOf(decoded(place)) }
  }
  if (kind === 'pack') return { kind, ticket, paths: listOf(decoded(place)).map(namesOf) }
  return fault('not-found', 'ticket')
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return fault('not-found', 'ticket')
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fault('not-found', 'ticket')
}

function namesOf(value: unknown): string[] {
  return listOf(value).map((name) =>
    typeof name === 'string' ? name : fault('not-found', 'ticket'),
  )
}

/** Where an ordered archive is fetched, without a session. */
export function archiveUrl(request: FaceRequest, token: string): string {
  return `${request.publicUrl}${base}/files/download_as_archive_stream/${token}/`
}

/** Where a part of an upload goes. */
export function partUrl(request: FaceRequest, token: string, part: number): string {
  return `${request.publicUrl}${base}/transfers/upload/${token}/${part}`
}

/** What is said at the announcement and again at the confirmation. */
export type Announced = {
  readonly overwrite?: boolean
  readonly version?: number
  readonly size?: number
  readonly checksum?: string
  /** Parts come one by one, each to an address that is asked for. */
  readonly multipart?: boolean
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
    method: announced.multipart ? 'PUT' : 'POST',
    parameters: {},
    headers: {},
    ...(announced.multipart ? { temp_path: token } : {}),
    confirm_url: isThroughLink(token)
      ? `${request.publicUrl}${base}/transfers/confirm/${token}`
      : `${request.publicUrl}${base}/files/confirm/${urlPath(path)}?${query}`,
  }
}

/** The name of an upload in addresses: its token, and the link's where it comes in through one. */
export function linkUploadTicket(token: string, link: string): string {
  return `${token}~${link}`
}

/** Whether it comes in through a link. */
export function isThroughLink(ticket: string): boolean {
  return ticket.includes('~')
}

export function readUploadTicket(ticket: string): Extract<UploadRef, { token: string }> {
  const [token = '', link] = ticket.split('~')
  return link === undefined ? { token } : { token, link }
}
