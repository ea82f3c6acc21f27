/** What happened below the recorded folder; see record.c. Paths begin there, with '/'. */
export type Recorded =
  | { readonly kind: 'root'; readonly inode: bigint }
  | { readonly kind: 'create' | 'folder'; readonly inode: bigint; readonly path: string }
  | { readonly kind: 'write'; readonly inode: bigint; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly inode: bigint; readonly size: number }
  | { readonly kind: 'rename' | 'link'; readonly path: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'flush-begins'; readonly inode: bigint; readonly number: number }
  | { readonly kind: 'flush-ends'; readonly number: number; readonly worked: boolean }
  | { readonly kind: 'answer'; readonly requestId: string }

/** Header in record.c: four numbers of 4 bytes, two of 8. */
const headerBytes = 32

/** Reads the log of one process. A record that was cut off at the end did not happen. */
export function readRecordLog(log: Buffer): Recorded[] {
  const records: Recorded[] = []
  for (let from = 0; from + headerBytes <= log.length; ) {
    const first = log.readUInt32LE(from + 4)
    const second = log.readUInt32LE(from + 8)
    const body = from + headerBytes
    if (body + first + second > log.length) break
    const facts = {
      kind: log.readUInt32LE(from),
      result: log.readInt32LE(from + 12),
      inode: log.readBigUInt64LE(from + 16),
      at: Number(log.readBigInt64LE(from + 24)),
      first: log.subarray(body, body + first),
      second: log.subarray(body + first, body + first + second),
    }
    const record = recordOf(facts)
    if (record) records.push(record)
    from = body + first + second
  }
  return records
}

type Facts = {
  readonly kind: number
  readonly result: number
  readonly inode: bigint
  readonly at: number
  readonly first: Buffer
  readonly second: Buffer
}

/** Undefined for an answer without a request id: an interim one, say. */
function recordOf({ kind, result, inode, at, first, second }: Facts): Recorded | undefined {
  const path = first.toString()
  switch (kind) {
    case 1:
      return { kind: 'root', inode }
    case 2:
      return { kind: 'create', inode, path }
    case 3:
      return { kind: 'folder', inode, path }
    case 4:
      return { kind: 'write', inode, at, bytes: first }
    case 5:
      return { kind: 'truncate', inode, size: at }
    case 6:
      return { kind: 'rename', path, to: second.toString() }
    case 7:
      return { kind: 'link', path, to: second.toString() }
    case 8:
      return { kind: 'remove', path }
    case 9:
      return { kind: 'flush-begins', inode, number: at }
    case 10:
      return { kind: 'flush-ends', number: at, worked: result === 0 }
    case 11:
      return answerOf(first.toString('latin1'))
    default:
      throw new Error(`the server changed a file in a way that is not recorded: ${path}`)
  }
}

function answerOf(head: string): Recorded | undefined {
  const requestId = /^x-request-id: *(\S+)/im.exec(head)?.[1]
  return requestId === undefined ? undefined : { kind: 'answer', requestId }
}
