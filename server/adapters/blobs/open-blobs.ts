import { fileURLToPath } from 'node:url'
import type { BlobStore } from '../../core/blobs/blob-store.ts'
import { diskBlobs } from './disk.ts'
import { s3Blobs } from './s3.ts'
import type { S3Credentials, S3Options } from './s3-client.ts'

export type OpenBlobsOptions = { credentials?: S3Credentials }

const PARAMETERS = ['endpoint', 'publicEndpoint', 'region', 'prefix', 'pathStyle'] as const

/**
 * Makes the store that an address names; nothing is touched yet. Throws a plain Error that says
 * what is wrong with the address.
 *   file:/var/lib/strongroom/blobs, file:./blobs (relative to the working directory)
 *   s3://bucket?endpoint=…&region=…&prefix=…&pathStyle=true&publicEndpoint=…
 * Without `credentials`, S3 uses those that the AWS SDK finds (environment, profile, role).
 */
export function openBlobs(url: string, { credentials }: OpenBlobsOptions = {}): BlobStore {
  if (url.startsWith('file:')) return diskBlobs({ root: folderOf(url) })
  if (url.startsWith('s3:')) return s3Blobs({ ...s3Address(url), credentials })
  throw new Error(`The storage address has to start with file: or s3: (${url})`)
}

function folderOf(url: string): string {
  const path = url.startsWith('file://') ? fileURLToPath(url) : decodeURI(url.slice('file:'.length))
  if (path === '') throw new Error(`The storage address names no folder (${url})`)
  return path
}

/** The parts of an s3: address. The path style is the default where there is an endpoint. */
export function s3Address(url: string): Omit<S3Options, 'credentials'> {
  const { hostname, pathname, searchParams, username } = new URL(url)
  if (hostname === '') throw new Error(`The storage address names no bucket (${url})`)
  if (username !== '') throw new Error('The storage address must not hold credentials')
  if (pathname !== '' && pathname !== '/') {
    throw new Error('A folder of the bucket is named by prefix=…, not by the path of the address')
  }
  for (const name of searchParams.keys()) {
    if (!(PARAMETERS as readonly string[]).includes(name)) {
      throw new Error(`The storage address knows ${PARAMETERS.join(', ')}, not ${name}`)
    }
  }
  const value = (name: (typeof PARAMETERS)[number]) => searchParams.get(name) || undefined
  const endpoint = httpAddress('endpoint', value('endpoint'))
  return {
    bucket: hostname,
    endpoint,
    publicEndpoint: httpAddress('publicEndpoint', value('publicEndpoint')),
    region: value('region') ?? 'us-east-1',
    prefix: value('prefix'),
    pathStyle: flag('pathStyle', value('pathStyle')) ?? endpoint !== undefined,
  }
}

function httpAddress(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (!/^https?:\/\/[^/]/.test(value) || !URL.canParse(value)) {
    throw new Error(`${name} has to be an http or https address, not ${value}`)
  }
  return value
}

function flag(name: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined
  if (value !== 'true' && value !== 'false') throw new Error(`${name} is true or false`)
  return value === 'true'
}
