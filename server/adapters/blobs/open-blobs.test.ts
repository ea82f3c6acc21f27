import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openBlobs, s3Address } from './open-blobs.ts'

it('opens a folder by its address', async () => {
  const root = await mkdtemp(join(tmpdir(), 'strongroom-open-'))
  const key = 'ab'.repeat(16)
  async function* source() {
    yield Buffer.from('abc')
  }
  await openBlobs(`file://${root}`).put(key, source())
  expect((await openBlobs(`file:${root}`).stat(key))?.size).toBe(3)
  await rm(root, { recursive: true })
})

it('reads an S3 address', () => {
  expect(s3Address('s3://docs?endpoint=http://127.0.0.1:9000&region=default&prefix=a/')).toEqual({
    bucket: 'docs',
    endpoint: 'http://127.0.0.1:9000',
    publicEndpoint: undefined,
    region: 'default',
    prefix: 'a/',
    pathStyle: true,
  })
  expect(s3Address('s3://docs')).toMatchObject({ region: 'us-east-1', pathStyle: false })
  expect(openBlobs('s3://docs?region=eu-central-1').direct).toBeDefined()
})

it.each([
  ['ftp://x', 'has to start with file: or s3:'],
  ['file:', 'names no folder'],
  ['s3:', 'names no bucket'],
  ['s3://bucket/folder', 'prefix='],
  ['s3://key:secret@bucket', 'must not hold credentials'],
  ['s3://bucket?endpiont=http://x', 'not endpiont'],
  ['s3://bucket?endpoint=127.0.0.1:9000', 'http or https'],
  ['s3://bucket?pathStyle=yes', 'true or false'],
])('refuses %s', (url, message) => {
  expect(() => openBlobs(url)).toThrow(message)
})
