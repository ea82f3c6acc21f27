import type { BlobEntry } from '../../core/blobs/blob-store.ts'
import { answerOf, type S3Access } from './s3-client.ts'

/** Drops a multipart upload and its parts; one that is gone is fine. */
export async function abortUpload(access: S3Access, key: string, reference: string): Promise<void> {
  const { AbortMultipartUploadCommand } = await access.sdk()
  const upload = { Bucket: access.bucket, Key: access.name(key), UploadId: reference }
  try {
    await (await access.client()).send(new AbortMultipartUploadCommand(upload))
  } catch (error) {
    if (answerOf(error)?.status !== 404) throw error
  }
}

export type OpenUpload = { name: string; reference: string; startedAt: number }

/** The unfinished multipart uploads of objects whose full name starts with `prefix`. */
export async function* listUploads(access: S3Access, prefix: string): AsyncGenerator<OpenUpload> {
  const { ListMultipartUploadsCommand } = await access.sdk()
  const client = await access.client()
  let keyMarker: string | undefined
  let uploadMarker: string | undefined
  do {
    const page = await client.send(
      new ListMultipartUploadsCommand({
        Bucket: access.bucket,
        Prefix: prefix,
        KeyMarker: keyMarker,
        UploadIdMarker: uploadMarker,
      }),
    )
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined) continue
      yield { name: Key, reference: UploadId, startedAt: Initiated?.getTime() ?? 0 }
    }
    keyMarker = page.IsTruncated ? page.NextKeyMarker : undefined
    uploadMarker = page.IsTruncated ? page.NextUploadIdMarker : undefined
  } while (keyMarker !== undefined)
}

/** Every object and every unfinished upload below the prefix whose name is a key. */
export async function* listEntries(
  access: S3Access,
  keyOf: (name: string) => string | undefined,
): AsyncGenerator<BlobEntry> {
  for await (const { name, startedAt } of listUploads(access, access.name(''))) {
    const key = keyOf(name)
    if (key) yield { key, size: 0, modifiedAt: startedAt, unfinished: true }
  }
  const { ListObjectsV2Command } = await access.sdk()
  const client = await access.client()
  let next: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: access.bucket,
        Prefix: access.name(''),
        ContinuationToken: next,
      }),
    )
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      const key = keyOf(Key ?? '')
      const modifiedAt = LastModified?.getTime() ?? 0
      if (key) yield { key, size: Size ?? 0, modifiedAt, unfinished: false }
    }
    next = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (next !== undefined)
}
