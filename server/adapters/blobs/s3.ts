import { Readable } from 'node:stream'
import { blobError } from '../../core/blobs/blob-error.ts'
import { type BlobStore, isBlobKey } from '../../core/blobs/blob-store.ts'
import { assertKey } from './intake.ts'
import { answerOf, named, type S3Access, type S3Options, s3Access } from './s3-client.ts'
import { s3Direct } from './s3-direct.ts'
import { putStream } from './s3-put.ts'
import { abortUpload, listEntries, listUploads } from './s3-uploads.ts'

const PART_BYTES = 8 * 1024 * 1024
const PARTS_AT_ONCE = 2
const PROBE = 'readiness-probe'

/**
 * Objects in a bucket under `prefix` + key. An object is visible when the server has said that it
 * has all of it. Multipart uploads left by a crash are reported by `list`, and `remove` drops them.
 * When every answer to a put is lost, the object may be there although the put has failed: `list`
 * reports it like any other. A missing bucket looks like a missing object to `stat`; `check` tells.
 */
export function s3Blobs(options: S3Options): BlobStore {
  const access = s3Access(options)
  const { partBytes = PART_BYTES, partsAtOnce = PARTS_AT_ONCE } = options
  const prefix = access.name('')

  return {
    async put(key, source, putOptions = {}) {
      assertKey(key)
      return putStream(access, key, source, putOptions, { partBytes, partsAtOnce })
    },

    async open(key, range) {
      assertKey(key)
      if (range && (range.start < 0 || range.end < range.start)) {
        throw blobError('bad-range', `${range.start}-${range.end} is no range`)
      }
      const { GetObjectCommand } = await access.sdk()
      const { Body } = await named(
        (await access.client()).send(
          new GetObjectCommand({
            Bucket: access.bucket,
            Key: access.name(key),
            Range: range && `bytes=${range.start}-${range.end}`,
          }),
        ),
      )
      if (!(Body instanceof Readable)) throw new Error('The S3 server answered without a body')
      return Body
    },

    stat: (key) => factsOf(access, key),
    remove: (key) => removeAll(access, key),
    list: () => {
      const keyOf = (name: string) => {
        const key = name.slice(prefix.length)
        return isBlobKey(key) ? key : undefined
      }
      return listEntries(access, keyOf)
    },
    check: () => probe(access),
    close: () => access.close(),
    direct: s3Direct(access),
  }
}

async function factsOf(access: S3Access, key: string) {
  assertKey(key)
  const { HeadObjectCommand } = await access.sdk()
  const head = new HeadObjectCommand({ Bucket: access.bucket, Key: access.name(key) })
  try {
    const { ContentLength, LastModified } = await (await access.client()).send(head)
    return { size: ContentLength ?? 0, modifiedAt: LastModified?.getTime() ?? 0 }
  } catch (error) {
    if (answerOf(error)?.status === 404) return undefined
    throw error
  }
}

async function removeAll(access: S3Access, key: string): Promise<void> {
  assertKey(key)
  const { DeleteObjectCommand } = await access.sdk()
  const client = await access.client()
  await client.send(new DeleteObjectCommand({ Bucket: access.bucket, Key: access.name(key) }))
  for await (const { name, reference } of listUploads(access, access.name(key))) {
    if (name === access.name(key)) await abortUpload(access, key, reference)
  }
}

async function probe(access: S3Access): Promise<void> {
  const { DeleteObjectCommand, PutObjectCommand } = await access.sdk()
  const client = await access.client()
  const target = { Bucket: access.bucket, Key: access.name(PROBE) }
  await named(client.send(new PutObjectCommand({ ...target, Body: 'ready' })))
  await client.send(new DeleteObjectCommand(target))
}
