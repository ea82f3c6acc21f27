import { Fault, type FaultCode, type Subject } from '../../core/fault.ts'
import type { PartTicket } from '../../core/uploads/part-tickets.ts'
import type { StartedUpload } from '../../core/uploads/start-upload.ts'
import type { UploadState, UploadStatus } from '../../core/uploads/upload.ts'
import type { WrittenChunk } from '../../core/uploads/write-chunk.ts'
import { faultAnswer } from './faults.ts'
import { operations } from './generated/operations.ts'
import type {
  ChunkUploadResponse,
  CreateFileUploadResponse,
  ErrorResponse,
  PresignedUrlList,
  S3FileUploadStatus,
} from './generated/shapes.ts'
import { presentNode } from './present-node.ts'
import { partPath } from './upload-parts.ts'

/** An upload that was opened. The address is the whole one: clients take it as it is. */
export function presentChannel(
  started: StartedUpload,
  publicUrl: string,
): CreateFileUploadResponse {
  if (started.kind !== 'open') throw new Error('stored at once, which was not asked for')
  const { upload, token } = started
  const uploadUrl = `${publicUrl}/api/v4/uploads/${token}`
  return { uploadId: String(upload.id), token, uploadUrl }
}

/** Size and MD5 of the chunk alone, by which clients check what they sent. */
export function presentChunk({ received, md5 }: WrittenChunk): ChunkUploadResponse {
  return { size: received, hash: md5 }
}

/** Addresses for parts: the byte store's own, or ours where it has none. */
export function presentPartUrls(
  tickets: readonly PartTicket[],
  publicUrl: string,
): PresignedUrlList {
  return {
    urls: tickets.map(({ partNumber, url, ticket }) => ({
      partNumber,
      url: url ?? `${publicUrl}${partPath}/${ticket}`,
    })),
  }
}

const statusWords: Record<UploadState, string> = {
  open: 'transfer',
  finishing: 'finishing',
  done: 'done',
  failed: 'error',
  cancelled: 'error',
}

/** How far an upload in parts is. */
export function presentStatus({ state, view, failure }: UploadStatus): S3FileUploadStatus {
  return {
    status: statusWords[state],
    node: view ? presentNode(view) : undefined,
    errorDetails: failure === null ? undefined : presentFailure(failure),
  }
}

/** The same body that the fault would have been answered with. */
function presentFailure(failure: string): ErrorResponse {
  const [code, subject] = failure.split(' ') as [FaultCode, Subject]
  const answer = faultAnswer(new Fault(code, subject), operations.completeS3FileUpload)
  return ('json' in answer ? answer.json : undefined) as ErrorResponse
}
