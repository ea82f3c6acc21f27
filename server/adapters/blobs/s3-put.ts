import { blobError } from '../../core/blobs/blob-error.ts'
import type { PutOptions } from '../../core/blobs/blob-store.ts'
import { type Gather, gather } from '../../lib/bytes/gather.ts'
import { intake } from './intake.ts'
import { answerOf, type S3Access, translated } from './s3-client.ts'
import { abortUpload } from './s3-uploads.ts'

const MAX_PARTS = 10_000
/** Without a known size the parts double every so many parts: 293 GiB from 8 MiB parts. */
const GROW_EVERY = 2_500

type Upload = { access: S3Access; key: string; signal: AbortSignal }
type Sizes = { partBytes: number; partsAtOnce: number }
type Part = { PartNumber: number; ETag: string | undefined }

/**
 * Streams the source to a new object: one request if it fits in one part, else parts, of which
 * `partsAtOnce` are on their way while the next is gathered.
 */
export async function putStream(
  access: S3Access,
  key: string,
  source: AsyncIterable<Uint8Array>,
  options: PutOptions,
  sizes: Sizes,
): Promise<{ size: number }> {
  const failed = new AbortController()
  const stop = () => failed.abort(options.signal?.reason)
  options.signal?.addEventListener('abort', stop)
  const upload = { access, key, signal: failed.signal }
  const chunks = intake(source, { size: options.size, signal: failed.signal })
  try {
    options.signal?.throwIfAborted()
    const parts = partsOf(chunks, partSizes(sizes.partBytes, options.size))
    const first = await parts.next()
    if (first.done) return await putWhole(upload, Buffer.alloc(0))
    if (first.value.last) return await putWhole(upload, first.value.bytes)
    return await putParts(upload, first.value.bytes, parts, sizes.partsAtOnce, failed)
  } catch (error) {
    await chunks.return()
    throw options.signal?.aborted ? options.signal.reason : translated(error)
  } finally {
    options.signal?.removeEventListener('abort', stop)
  }
}

/** Bytes of part `number` (from 1), such that `size` bytes, if known, fit in all parts. */
export function partSizes(partBytes: number, size?: number): (number: number) => number {
  if (size !== undefined) {
    const bytes = Math.max(partBytes, Math.ceil(size / MAX_PARTS))
    return () => bytes
  }
  return (number) => partBytes * 2 ** Math.floor((number - 1) / GROW_EVERY)
}

type Piece = { bytes: Uint8Array; last: boolean }

/** Cuts the stream into parts of exact size. A full part is held until it is known to be last. */
async function* partsOf(
  chunks: AsyncIterable<Uint8Array>,
  sizeOf: (number: number) => number,
): AsyncGenerator<Piece, void, undefined> {
  let number = 1
  let room = sizeOf(number)
  let part: Gather = gather(room)
  for await (const chunk of chunks) {
    let rest = chunk
    while (rest.byteLength > 0) {
      if (part.length() === room) {
        yield { bytes: part.bytes(), last: false }
        number += 1
        if (number > MAX_PARTS) throw blobError('size-mismatch', 'More bytes than parts can hold')
        room = sizeOf(number)
        part = gather(room, Math.min(room, 1024 * 1024))
      }
      rest = rest.subarray(part.add(rest))
    }
  }
  if (part.length() > 0) yield { bytes: part.bytes(), last: true }
}

/** Size of the object under the key, or undefined if there is none. */
async function sizeOf({ access, key, signal }: Upload): Promise<number | undefined> {
  const { HeadObjectCommand } = await access.sdk()
  const head = new HeadObjectCommand({ Bucket: access.bucket, Key: access.name(key) })
  try {
    const found = await (await access.client()).send(head, { abortSignal: signal })
    return found.ContentLength ?? 0
  } catch (error) {
    if (answerOf(error)?.status === 404) return undefined
    throw error
  }
}

async function putWhole(upload: Upload, bytes: Uint8Array): Promise<{ size: number }> {
  const { access, key, signal } = upload
  const { PutObjectCommand } = await access.sdk()
  const client = await access.client()
  const size = bytes.byteLength
  await exclusively(upload, size, (condition) =>
    client.send(
      new PutObjectCommand({
        Bucket: access.bucket,
        Key: access.name(key),
        Body: bytes,
        ContentLength: size,
        ...condition,
      }),
      { abortSignal: signal },
    ),
  )
  return { size }
}

async function putParts(
  upload: Upload,
  first: Uint8Array,
  rest: AsyncIterable<Piece>,
  partsAtOnce: number,
  failed: AbortController,
): Promise<{ size: number }> {
  const { access, key } = upload
  // Not every server knows the condition at completion.
  if ((await sizeOf(upload)) !== undefined) throw blobError('key-taken', `${key} exists`)
  const { CreateMultipartUploadCommand } = await access.sdk()
  const client = await access.client()
  const object = { Bucket: access.bucket, Key: access.name(key) }
  const begun = await client.send(new CreateMultipartUploadCommand(object), {
    abortSignal: upload.signal,
  })
  const running = new Set<Promise<void>>()
  const parts: Part[] = []
  let size = 0
  let failure: { error: unknown } | undefined
  const start = async (bytes: Uint8Array) => {
    while (running.size >= partsAtOnce) await Promise.race(running)
    if (failure) throw failure.error
    const part: Part = { PartNumber: parts.length + 1, ETag: undefined }
    parts.push(part)
    size += bytes.byteLength
    const sent = sendPart(upload, begun.UploadId, part, bytes)
      .catch((error) => {
        failure ??= { error }
        failed.abort(error)
      })
      .finally(() => running.delete(sent))
    running.add(sent)
  }
  try {
    await start(first)
    for await (const { bytes } of rest) await start(bytes)
    await Promise.all(running)
    if (failure) throw failure.error
    await complete(upload, begun.UploadId, parts, size)
    return { size }
  } catch (error) {
    failure ??= { error }
    failed.abort(error)
    await Promise.all(running)
    // A part that arrives late is kept by some servers: the upload is dropped after the last one.
    // If that fails too, `list` reports the upload; the first error is the one that counts.
    await abortUpload(access, key, begun.UploadId ?? '').catch(() => {})
    throw failure.error
  }
}

async function sendPart(
  { access, key, signal }: Upload,
  uploadId: string | undefined,
  part: Part,
  bytes: Uint8Array,
): Promise<void> {
  const { UploadPartCommand } = await access.sdk()
  const sent = await (await access.client()).send(
    new UploadPartCommand({
      Bucket: access.bucket,
      Key: access.name(key),
      UploadId: uploadId,
      PartNumber: part.PartNumber,
      Body: bytes,
      ContentLength: bytes.byteLength,
    }),
    { abortSignal: signal },
  )
  part.ETag = sent.ETag
}

async function complete(
  upload: Upload,
  uploadId: string | undefined,
  parts: Part[],
  size: number,
): Promise<void> {
  const { access, key, signal } = upload
  const { CompleteMultipartUploadCommand } = await access.sdk()
  const client = await access.client()
  await exclusively(upload, size, (condition) =>
    client.send(
      new CompleteMultipartUploadCommand({
        Bucket: access.bucket,
        Key: access.name(key),
        UploadId: uploadId,
        MultipartUpload: { Parts: parts },
        ...condition,
      }),
      { abortSignal: signal },
    ),
  )
}

/**
 * Makes the object on the condition that there is none. Servers that do not know the condition
 * (501) get the request without it. When the SDK had to ask again and the object is there in the
 * end, with our size, then the answer to an earlier try was lost and the object is ours.
 */
async function exclusively(
  upload: Upload,
  size: number,
  make: (condition: { IfNoneMatch?: string }) => Promise<unknown>,
): Promise<void> {
  try {
    await make({ IfNoneMatch: '*' })
  } catch (error) {
    const answer = answerOf(error)
    if (answer?.status === 501) {
      await make({})
      return
    }
    const askedAgain = answer !== undefined && answer.attempts > 1
    if (!askedAgain || (await sizeOf(upload)) !== size) throw error
  }
}
