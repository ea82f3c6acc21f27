import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

/** A signed-in client: where, its headers, and the container it uploads to. */
export type Client = {
  readonly api: string
  readonly headers: Readonly<Record<string, string>>
  readonly parentId: number
}

export type WireNode = {
  id: number
  name: string
  size: number
  hash?: string
  referenceId: number
}
type Channel = { uploadId: string; uploadUrl: string; token: string }
type Chunk = { size: number; hash: string }

export const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

/** JSON of an answer, which must have this status. */
export async function answered<T>(response: Response, status: number): Promise<T> {
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.status} ${text.slice(0, 300)}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

function json(client: Client | undefined, method: string, body: unknown): RequestInit {
  const headers = { ...client?.headers, 'content-type': 'application/json' }
  return { method, headers, body: JSON.stringify(body) }
}

export async function openChannel(client: Client, body: object): Promise<Channel> {
  const wanted = json(client, 'POST', { parentId: client.parentId, ...body })
  return answered(await fetch(`${client.api}/nodes/files/uploads`, wanted), 201)
}

type Range = { readonly start: number; readonly end: number }

function ranges(length: number, size: number): Range[] {
  const count = Math.ceil(length / size)
  return Array.from({ length: count }, (_, at) => ({
    start: at * size,
    end: Math.min(length, (at + 1) * size),
  }))
}

/** A part as the C# SDK makes it: without a type of its own. */
function formOf(bytes: Uint8Array): { body: Buffer; type: string } {
  const boundary = `----${createHash('sha1').update(bytes.subarray(0, 64)).digest('hex')}`
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return { body, type: `multipart/form-data; boundary=${boundary}` }
}

async function sendForm(
  url: string,
  bytes: Uint8Array,
  contentRange: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Chunk> {
  const { body, type } = formOf(bytes)
  const all = { ...headers, 'content-type': type, 'content-range': contentRange }
  const sent = { method: 'POST', headers: all, body: body as Uint8Array<ArrayBuffer> }
  return answered(await fetch(url, sent), 201)
}

async function complete(url: string, body: object, client?: Client): Promise<WireNode> {
  return answered(await fetch(url, json(client, 'PUT', body)), 201)
}

const mebibyte = 1024 * 1024

/**
 * Java: no size announced, multipart of 5 MiB to the address by id, ends exclusive, total unknown;
 * an empty file sends no chunk.
 */
export async function uploadLikeJava(client: Client, name: string, bytes: Uint8Array) {
  const { uploadId } = await openChannel(client, { name })
  const url = `${client.api}/nodes/files/uploads/${uploadId}`
  for (const { start, end } of ranges(bytes.length, 5 * mebibyte)) {
    const chunk = bytes.subarray(start, end)
    await sendForm(url, chunk, `bytes ${start}-${end}/*`, client.headers)
  }
  return complete(url, { fileName: name, resolutionStrategy: 'autorename' }, client)
}

/** C#: ends exclusive, and a chunk whose MD5 is not what was sent goes again. */
export async function uploadLikeCSharp(client: Client, name: string, bytes: Uint8Array) {
  const { uploadUrl } = await openChannel(client, { name, size: bytes.length })
  const total = bytes.length
  for (const [at, { start, end }] of ranges(total, 4 * mebibyte).entries()) {
    const chunk = bytes.subarray(start, end)
    const range = `bytes ${start}-${end}/${total}`
    const spoiled = Buffer.from(chunk)
    if (at === 1) spoiled[7] = (spoiled[7] ?? 0) ^ 0xff
    const first = await sendForm(uploadUrl, spoiled, range)
    if (first.hash === md5(chunk)) continue
    const again = await sendForm(uploadUrl, chunk, range)
    if (again.hash !== md5(chunk) || again.size !== chunk.length) throw new Error('sent in vain')
  }
  return complete(uploadUrl, { resolutionStrategy: 'fail' })
}

/** Cyberduck: raw, ends inclusive, 201 wanted. */
export async function uploadLikeCyberduck(client: Client, name: string, bytes: Uint8Array) {
  const { uploadUrl } = await openChannel(client, { name, size: bytes.length })
  for (const { start, end } of ranges(bytes.length, 3 * mebibyte)) {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-range': `bytes ${start}-${end - 1}/${bytes.length}`,
    }
    const body = bytes.subarray(start, end) as Uint8Array<ArrayBuffer>
    await answered(await fetch(uploadUrl, { method: 'POST', headers, body }), 201)
  }
  return complete(uploadUrl, { resolutionStrategy: 'overwrite', keepShareLinks: true })
}

/** Python up to 32 MB: one raw body in chunked transfer encoding, no range. */
export async function uploadLikePython(client: Client, name: string, bytes: Uint8Array) {
  const { uploadUrl } = await openChannel(client, { name, size: bytes.length })
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const { start, end } of ranges(bytes.length, 100_000)) {
        controller.enqueue(bytes.subarray(start, end))
      }
      controller.close()
    },
  })
  const sent = { method: 'POST', body, duplex: 'half' } as RequestInit
  await answered(await fetch(uploadUrl, sent), 201)
  return complete(uploadUrl, {})
}

/** Python above 32 MB: multipart with one constant range for all chunks. */
export async function uploadLikePythonLarge(client: Client, name: string, bytes: Uint8Array) {
  const { uploadUrl } = await openChannel(client, { name, size: bytes.length })
  for (const { start, end } of ranges(bytes.length, 5 * mebibyte)) {
    await sendForm(uploadUrl, bytes.subarray(start, end), `bytes 0-0/${bytes.length}`)
  }
  return complete(uploadUrl, { resolutionStrategy: 'autorename' })
}

type Status = { status: string; node?: WireNode; errorDetails?: unknown }

/** Parts straight to the addresses of `s3_urls`, all at once; then the end is polled for. */
export async function uploadInParts(client: Client, name: string, bytes: Uint8Array) {
  const { uploadId } = await openChannel(client, { name, size: bytes.length, directS3Upload: true })
  const channel = `${client.api}/nodes/files/uploads/${uploadId}`
  const all = ranges(bytes.length, 5 * mebibyte)
  if (all.length === 0) all.push({ start: 0, end: 0 })
  const parts = await Promise.all(
    all.map(async ({ start, end }, at) => {
      const number = at + 1
      const wanted = { size: end - start, firstPartNumber: number, lastPartNumber: number }
      const asked = await fetch(`${channel}/s3_urls`, json(client, 'POST', wanted))
      const { urls } = await answered<{ urls: { url: string }[] }>(asked, 201)
      const body = bytes.subarray(start, end) as Uint8Array<ArrayBuffer>
      const put = await fetch(urls[0]?.url ?? '', { method: 'PUT', body })
      if (put.status !== 200) throw new Error(`part ${number}: ${put.status} ${await put.text()}`)
      const etag = put.headers.get('etag') ?? ''
      if (!/^".+"$/.test(etag)) throw new Error(`the tag ${etag} is not quoted`)
      return { partNumber: number, partEtag: etag.replaceAll('"', '') }
    }),
  )
  const end = { parts, resolutionStrategy: 'autorename' }
  await answered(await fetch(`${channel}/s3`, json(client, 'PUT', end)), 202)
  for (let round = 0; round < 200; round++) {
    const seen = await answered<Status>(await fetch(channel, { headers: client.headers }), 200)
    if (seen.status === 'done' && seen.node) return seen.node
    if (seen.status !== 'finishing') throw new Error(JSON.stringify(seen))
    await wait(50)
  }
  throw new Error('it does not end')
}
