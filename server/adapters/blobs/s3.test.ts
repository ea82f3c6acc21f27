import { BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, it } from 'vitest'
import { blobStoreSuite } from '../../core/suites/blob-store.suite.ts'
import { directTransferSuite } from '../../core/suites/direct-transfer.suite.ts'
import { s3Blobs } from './s3.ts'
import { partSizes } from './s3-put.ts'

const url = process.env.STRONGROOM_TEST_S3_URL
if (!url) console.log('S3 tests are skipped: STRONGROOM_TEST_S3_URL is not set')

const credentials = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
}
const { hostname: bucket, searchParams } = new URL(url ?? 's3://none')
const address = {
  bucket,
  endpoint: searchParams.get('endpoint') ?? undefined,
  region: searchParams.get('region') ?? 'us-east-1',
  pathStyle: true,
}
const prefix = `test-${process.pid}-${Date.now()}/`
const open = () => s3Blobs({ ...address, prefix, credentials })

async function* chunks(...all: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all
}

describe.skipIf(!url)('with an S3 server', () => {
  beforeAll(async () => {
    const { bucket, endpoint, region, pathStyle } = address
    const client = new S3Client({ endpoint, region, forcePathStyle: pathStyle, credentials })
    try {
      await client.send(new CreateBucketCommand({ Bucket: bucket }))
    } catch (error) {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error
    } finally {
      client.destroy()
    }
  })

  blobStoreSuite('s3Blobs', async () => {
    const store = open()
    return { store, release: () => removeAll() }
  })
  directTransferSuite('s3Blobs', async () => {
    const { direct, ...store } = open()
    if (!direct) throw new Error('This store has direct transfers')
    return { store: { ...store, direct }, send, fetch: fetchObject, release: () => removeAll() }
  })

  it('says in readiness that the bucket is missing or the secret wrong', async () => {
    const missing = s3Blobs({ ...address, bucket: `none-${process.pid}`, credentials })
    await expect(missing.check()).rejects.toThrow()
    const wrong = { ...credentials, secretAccessKey: 'wrong' }
    await expect(s3Blobs({ ...address, credentials: wrong }).check()).rejects.toThrow()
  })

  it('refuses an address whose time is over or that was changed', async () => {
    const store = open()
    const key = 'ab'.repeat(16)
    await store.put(key, chunks(Buffer.from('x')))
    const facts = { key, fileName: 'x', contentType: 'text/plain', disposition: 'inline' as const }
    const short = await store.direct!.downloadUrl({ ...facts, ttlSeconds: 1 })
    expect((await fetch(short)).status).toBe(200)
    expect((await fetch(short.replace('text%2Fplain', 'text%2Fhtml'))).status).toBe(403)
    await new Promise((resolve) => setTimeout(resolve, 2100))
    expect((await fetch(short)).status).toBe(403)
    await store.close()
  })
})

describe('parts of an upload through us', () => {
  it('are as large as needed for a known size', () => {
    expect(partSizes(8, 80_000)(1)).toBe(8)
    expect(partSizes(8, 80_001)(1)).toBe(9)
  })

  it('grow when the size is not known', () => {
    const sizeOf = partSizes(8)
    expect([1, 2500, 2501, 5001, 10_000].map(sizeOf)).toEqual([8, 8, 16, 32, 64])
  })
})

async function removeAll(): Promise<void> {
  const store = open()
  for await (const { key } of store.list()) await store.remove(key)
  await store.close()
}

async function send(target: string, bytes: Uint8Array): Promise<string> {
  const answer = await fetch(target, { method: 'PUT', body: Buffer.from(bytes) })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return (answer.headers.get('etag') ?? '').replaceAll('"', '')
}

async function fetchObject(target: string) {
  const answer = await fetch(target)
  return {
    bytes: new Uint8Array(await answer.arrayBuffer()),
    contentType: answer.headers.get('content-type') ?? '',
    disposition: answer.headers.get('content-disposition') ?? '',
  }
}
