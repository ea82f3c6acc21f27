import type { IncomingMessage } from 'node:http'
import { type FaultCode, type FaultData, fault } from '../../core/fault.ts'
import type { SourceEntry, SourceRef } from '../../core/imports/import-source.ts'
import { bytesOf } from './outgoing.ts'

/** Rows of a page there. */
export const pageRows = 45
/** More than a page of rows has; what is read as JSON holds everything else up. */
const maxAnswerBytes = 2 ** 20
const maxId = 256
/** More than any page of theirs has. */
const maxRows = 200
/** Longer ones are cut; they are too long for a name all the same. */
const maxNameUnits = 2000

export type Values = Readonly<Record<string, unknown>>

/** The data of an answer; faults 'import' for refusals, errors and what is no such answer. */
export async function dataOf(answer: IncomingMessage): Promise<unknown> {
  const { statusCode: status = 0 } = answer
  if (status >= 300 && status < 400) {
    answer.destroy()
    refuse('invalid', { rule: 'redirect' })
  }
  if (isPassing(status)) {
    answer.destroy()
    refuse('unavailable', { rule: 'status', status })
  }
  const body = await jsonOf(answer)
  const isEnvelope = isObject(body) && typeof body.__status__ === 'string'
  // A token that is over counts for nothing, and nobody may see public things.
  if (isEnvelope && body.__status__ === 'offline') refuse('wrong-credentials')
  if (status === 401 || status === 403) refuse(isEnvelope ? 'forbidden' : 'wrong-credentials')
  if (status === 404 && isEnvelope) refuse('not-found')
  if (status === 416) refuse('invalid', { rule: 'range' })
  const isGood = status >= 200 && status < 300 && isEnvelope && body.error === undefined
  return isGood && 'data' in body ? body.data : refuse('invalid', { rule: 'answer', status })
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

async function jsonOf(answer: IncomingMessage): Promise<unknown> {
  const encoding = answer.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    answer.destroy()
    refuse('invalid', { rule: 'answer' })
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of bytesOf(answer, maxAnswerBytes)) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

/** One row, or the first of several: some servers say it one way, some the other. */
export function rowsOf(data: unknown): readonly Values[] {
  const rows = Array.isArray(data) ? data : [data]
  const isGood = rows.length <= maxRows && rows.every(isObject)
  return isGood ? rows : refuse('invalid', { rule: 'answer' })
}

const containers: ReadonlySet<unknown> = new Set(['folder', 'hub', 'root'])

/** A row of a listing; names come without their ending. */
export function entryOf(row: Values, room: string): SourceEntry {
  const { nid = row.id, filename, ext, hub_id: hub, actual_home_id: home } = row
  const category = row.filetype ?? row.ftype ?? row.category
  if (!isId(nid) || typeof filename !== 'string') return refuse('invalid', { rule: 'answer' })
  const isHub = category === 'hub'
  const ref: SourceRef = {
    room: isId(hub) ? hub : isHub ? nid : room,
    node: isHub && isId(home) ? home : nid,
  }
  const times = { modifiedAt: millisecondsOf(row.mtime) }
  if (containers.has(category)) {
    const name = filename.slice(0, maxNameUnits)
    return { ref, kind: 'folder', name, size: null, md5: null, ...times }
  }
  const whole = typeof ext === 'string' && ext !== '' ? `${filename}.${ext}` : filename
  const name = whole.slice(0, maxNameUnits)
  return { ref, kind: 'file', name, size: countOf(row.filesize), md5: md5Of(row), ...times }
}

/** A whole number from 0 on, which may come as text; null for anything else. */
export function countOf(value: unknown): number | null {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))
  const number = isNumber ? Number(value) : Number.NaN
  return Number.isSafeInteger(number) && number >= 0 ? number : null
}

/** Seconds become milliseconds; what no date can be is none. */
function millisecondsOf(value: unknown): number | null {
  const seconds = countOf(value)
  return seconds !== null && seconds > 0 && seconds < 1e11 ? seconds * 1000 : null
}

function md5Of({ md5Hash }: Values): string | null {
  const isHash = typeof md5Hash === 'string' && /^[0-9a-f]{32}$/i.test(md5Hash)
  return isHash ? md5Hash.toLowerCase() : null
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxId
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function refuse(code: FaultCode, data: FaultData = {}): never {
  return fault(code, 'import', undefined, data)
}
