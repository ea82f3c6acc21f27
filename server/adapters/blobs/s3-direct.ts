import { blobError, isBlobError } from '../../core/blobs/blob-error.ts'
import type {
  DirectTransfer,
  DownloadUrl,
  PartUrl,
  UploadedPart,
  UploadPart,
} from '../../core/blobs/blob-store.ts'
import { contentDisposition } from '../../lib/http/content-disposition.ts'
import { assertKey } from './intake.ts'
import { answerOf, named, type S3Access, translated } from './s3-client.ts'
import { abortUpload } from './s3-uploads.ts'

/** Uploads and downloads by addresses that carry our signature for a while. */
export function s3Direct(access: S3Access): DirectTransfer {
  const object = (key: string) => {
    assertKey(key)
    return { Bucket: access.bucket, Key: access.name(key) }
  }
  const upload = (key: string, reference: string) => ({ ...object(key), UploadId: reference })

  return {
    async begin(key) {
      const target = object(key)
      const { CreateMultipartUploadCommand } = await access.sdk()
      const client = await access.client()
      const begun = await named(client.send(new CreateMultipartUploadCommand(target)))
      if (begun.UploadId === undefined) throw new Error('The S3 server began an upload without id')
      return begun.UploadId
    },
    partUrl: (input) => signedPart(access, upload(input.key, input.reference), input),
    parts: ({ key, reference }) => named(listParts(access, upload(key, reference))),
    async complete({ key, reference, parts }) {
      const target = upload(key, reference)
      if (parts.length === 0) throw blobError('part-mismatch', 'An upload needs at least one part')
      return named(completeParts(access, target, parts))
    },
    async abort({ key, reference }) {
      assertKey(key)
      await named(abortUpload(access, key, reference))
    },
    downloadUrl: (input) => signedDownload(access, object(input.key), input),
  }
}

type ObjectName = { Bucket: string; Key: string }
type UploadName = ObjectName & { UploadId: string }

async function signedPart(access: S3Access, target: UploadName, input: PartUrl): Promise<string> {
  const { UploadPartCommand } = await access.sdk()
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
  const command = new UploadPartCommand({
    ...target,
    PartNumber: input.partNumber,
    ContentLength: input.size,
  })
  const signableHeaders = new Set(input.size === undefined ? ['host'] : ['host', 'content-length'])
  return getSignedUrl(await access.publicClient(), command, {
    expiresIn: input.ttlSeconds,
    signableHeaders,
  })
}

async function signedDownload(
  access: S3Access,
  target: ObjectName,
  { ttlSeconds, fileName, contentType, disposition }: DownloadUrl,
): Promise<string> {
  const { GetObjectCommand } = await access.sdk()
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
  const command = new GetObjectCommand({
    ...target,
    ResponseContentType: contentType,
    ResponseContentDisposition: contentDisposition(disposition, fileName),
  })
  return getSignedUrl(await access.publicClient(), command, { expiresIn: ttlSeconds })
}

async function listParts(access: S3Access, target: UploadName): Promise<UploadedPart[]> {
  const { ListPartsCommand } = await access.sdk()
  const client = await access.client()
  const found: UploadedPart[] = []
  let marker: string | undefined
  do {
    const page = await client.send(new ListPartsCommand({ ...target, PartNumberMarker: marker }))
    for (const { PartNumber = 0, Size = 0, ETag } of page.Parts ?? []) {
      found.push({ partNumber: PartNumber, size: Size, etag: bare(ETag) })
    }
    marker = page.IsTruncated ? page.NextPartNumberMarker : undefined
  } while (marker !== undefined)
  return found.sort((a, b) => a.partNumber - b.partNumber)
}

async function completeParts(
  access: S3Access,
  { UploadId, ...target }: UploadName,
  parts: UploadPart[],
): Promise<{ size: number }> {
  const { CompleteMultipartUploadCommand, HeadObjectCommand } = await access.sdk()
  const client = await access.client()
  const Parts = [...parts]
    .sort((a, b) => a.partNumber - b.partNumber)
    .map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: `"${bare(etag)}"` }))
  const MultipartUpload = { Parts }
  try {
    await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }))
  } catch (error) {
    if (!(await isGone(access, { ...target, UploadId }, error))) throw error
  }
  const head = await client.send(new HeadObjectCommand(target))
  return { size: head.ContentLength ?? 0 }
}

/**
 * Whether a completion failed because there is no such upload (any more). Servers differ in what
 * they say then (NoSuchUpload; Ceph 16: an internal error), so the list of parts is asked.
 */
async function isGone(access: S3Access, upload: UploadName, error: unknown): Promise<boolean> {
  if (!answerOf(error) || isBlobError(translated(error), 'part-mismatch')) return false
  try {
    await listParts(access, upload)
    return false
  } catch (second) {
    return isBlobError(translated(second), 'blob-missing')
  }
}

function bare(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '')
}
