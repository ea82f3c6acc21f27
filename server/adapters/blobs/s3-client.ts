import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { type BlobErrorCode, blobError, isBlobError } from '../../core/blobs/blob-error.ts'

export type S3Credentials = {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

export type S3Options = {
  bucket: string
  region: string
  /** Of a server other than Amazon's; `publicEndpoint` is its address as clients see it. */
  endpoint?: string
  publicEndpoint?: string
  /** Stands before every key, with its own separator: `blobs/`. */
  prefix?: string
  /** Bucket in the path instead of the host name. */
  pathStyle?: boolean
  /** Without them: what the AWS SDK finds. */
  credentials?: S3Credentials
  /** Size of a part of an upload through us; one upload holds up to `partsAtOnce` + 1 of them. */
  partBytes?: number
  partsAtOnce?: number
}

const TRIES = 4
const CONNECT_MS = 5_000
/** Until the answer begins, the request's body (one part at most) included. */
const ANSWER_MS = 120_000
/** Without a byte either way; a download whose reader pauses for longer breaks off. */
const IDLE_MS = 120_000
const SOCKETS = 256

type Sdk = typeof import('@aws-sdk/client-s3')

export type S3Access = {
  bucket: string
  name(key: string): string
  /** The SDK is loaded at the first use: it costs more time than the rest of the start. */
  sdk(): Promise<Sdk>
  client(): Promise<S3Client>
  /** For addresses that are given to clients. */
  publicClient(): Promise<S3Client>
  close(): Promise<void>
}

export function s3Access(options: S3Options): S3Access {
  const sdk = () => import('@aws-sdk/client-s3')
  const clients = new Map<string | undefined, Promise<S3Client>>()
  const clientFor = (endpoint: string | undefined) => {
    const made = clients.get(endpoint) ?? sdk().then((s3) => makeClient(s3, options, endpoint))
    clients.set(endpoint, made)
    return made
  }
  return {
    bucket: options.bucket,
    name: (key) => `${options.prefix ?? ''}${key}`,
    sdk,
    client: () => clientFor(options.endpoint),
    publicClient: () => clientFor(options.publicEndpoint ?? options.endpoint),
    async close() {
      for (const client of clients.values()) (await client).destroy()
      clients.clear()
    },
  }
}

function makeClient(sdk: Sdk, options: S3Options, endpoint: string | undefined): S3Client {
  const agent = { keepAlive: true, maxSockets: SOCKETS }
  const config: S3ClientConfig = {
    region: options.region,
    endpoint,
    forcePathStyle: options.pathStyle ?? false,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: TRIES,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
      socketTimeout: IDLE_MS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  }
  return new sdk.S3Client(
    options.credentials ? { ...config, credentials: options.credentials } : config,
  )
}

const CODES: Record<string, BlobErrorCode> = {
  NoSuchKey: 'blob-missing',
  NotFound: 'blob-missing',
  NoSuchUpload: 'blob-missing',
  InvalidRange: 'bad-range',
  InvalidPart: 'part-mismatch',
  InvalidPartOrder: 'part-mismatch',
  EntityTooSmall: 'part-mismatch',
  PreconditionFailed: 'key-taken',
  ConditionalRequestConflict: 'key-taken',
  QuotaExceeded: 'storage-full',
  InsufficientStorage: 'storage-full',
  XMinioStorageFull: 'storage-full',
}

/** What an S3 server answered, or undefined if the error is not an answer. */
export type S3Answer = { name: string; status: number; attempts: number }

export function answerOf(error: unknown): S3Answer | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined
  const { httpStatusCode, attempts } = error.$metadata as {
    httpStatusCode?: number
    attempts?: number
  }
  return { name: error.name, status: httpStatusCode ?? 0, attempts: attempts ?? 1 }
}

/** The store's error for what the server answered; anything else as it is. */
export function translated(error: unknown): unknown {
  const answer = answerOf(error)
  if (!answer || isBlobError(error)) return error
  const code = CODES[answer.name] ?? (answer.status === 507 ? 'storage-full' : undefined)
  return code ? blobError(code, `${answer.name}: ${(error as Error).message}`, error) : error
}

/** Runs the request and throws the store's errors. */
export async function named<T>(request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (error) {
    throw translated(error)
  }
}
