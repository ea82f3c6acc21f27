import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import {
  answered,
  type Client,
  md5,
  openChannel,
  uploadInParts,
  uploadLikeCSharp,
  uploadLikeCyberduck,
  uploadLikeJava,
  uploadLikePython,
  uploadLikePythonLarge,
  type WireNode,
} from './client-uploads.ts'
import { dracoon } from './driver.ts'

const ways = {
  'Java SDK': uploadLikeJava,
  'C# SDK': uploadLikeCSharp,
  Cyberduck: uploadLikeCyberduck,
  'Python, one body': uploadLikePython,
  'Python, constant ranges': uploadLikePythonLarge,
  'parts at addresses of their own': uploadInParts,
}

let world: World
let client: Client
const large = randomBytes(12 * 1024 * 1024 + 345)

beforeAll(async () => {
  world = await startWorld()
  const cast = await castPeople(world)
  const ids = await makeGiven(world.app, cast, 'Flow', {})
  const headers = await dracoon.signIn(world.url, 'writer', password)
  client = { api: `${world.url}/api/v4`, headers, parentId: ids.get('/') ?? 0 }
})
afterAll(() => world?.stop())

async function downloadUrl(id: number): Promise<string> {
  const sent = { method: 'POST', headers: client.headers }
  const asked = await fetch(`${client.api}/nodes/files/${id}/downloads`, sent)
  return (await answered<{ downloadUrl: string }>(asked, 200)).downloadUrl
}

/** Like the Rust client: one byte to learn the size, then a fresh address for each range. */
async function downloadInRanges(id: number): Promise<Buffer> {
  const probe = await fetch(await downloadUrl(id), { headers: { range: 'bytes=0-0' } })
  const total = Number(probe.headers.get('content-range')?.split('/')[1] ?? 0)
  await probe.arrayBuffer()
  const size = 1_500_000
  const starts = Array.from({ length: Math.ceil(total / size) }, (_, at) => at * size)
  const parts = await Promise.all(
    starts.map(async (start) => {
      const range = `bytes=${start}-${start + size - 1}`
      const response = await fetch(await downloadUrl(id), { headers: { range } })
      expect(response.status).toBe(206)
      return Buffer.from(await response.arrayBuffer())
    }),
  )
  return Buffer.concat(parts)
}

async function downloadWhole(id: number): Promise<Buffer> {
  const response = await fetch(await downloadUrl(id))
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

async function expectStored(node: WireNode, bytes: Buffer): Promise<void> {
  expect(node.size).toBe(bytes.length)
  expect(node.hash ?? md5(bytes)).toBe(md5(bytes))
  expect((await downloadWhole(node.id)).equals(bytes)).toBe(true)
  if (bytes.length > 0) expect((await downloadInRanges(node.id)).equals(bytes)).toBe(true)
}

describe.each(Object.entries(ways))('as %s', (way, upload) => {
  it('stores 12 MiB and gives them back', async () => {
    await expectStored(await upload(client, `${way} large`, large), large)
  })

  it('stores a small file', async () => {
    const small = large.subarray(0, 1234)
    await expectStored(await upload(client, `${way} small`, small), small)
  })

  it('stores an empty file', async () => {
    await expectStored(await upload(client, `${way} empty`, Buffer.alloc(0)), Buffer.alloc(0))
  })
})

it('a new version has a new id and the same reference', async () => {
  const bytes = large.subarray(5, 5_000_000)
  const first = await uploadLikeCyberduck(client, 'twice', large.subarray(0, 10))
  const second = await uploadLikeCyberduck(client, 'twice', bytes)
  expect(second.referenceId).toBe(first.referenceId)
  expect(second.id).not.toBe(first.id)
  await expectStored(second, bytes)
})

describe('broken off', () => {
  it('goes on where it was', async () => {
    const { uploadUrl } = await openChannel(client, { name: 'resumed', size: large.length })
    const half = 6_000_000
    const send = (bytes: Uint8Array, start: number) =>
      fetch(uploadUrl, {
        method: 'POST',
        headers: { 'content-range': `bytes ${start}-${start + bytes.length - 1}/${large.length}` },
        body: bytes as Uint8Array<ArrayBuffer>,
      })
    await answered(await send(large.subarray(0, half), 0), 201)
    await sendHalf(uploadUrl, large.subarray(half))
    await answered(await send(large.subarray(half), half), 201)
    const completed = await fetch(uploadUrl, { method: 'PUT' })
    await expectStored(await answered<WireNode>(completed, 201), large)
  })

  it('a multipart chunk that breaks off does not hold the upload', async () => {
    const { uploadUrl } = await openChannel(client, { name: 'resumed multipart' })
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    const body = Buffer.concat([Buffer.from(head), large])
    await sendHalf(uploadUrl, body, { 'content-type': 'multipart/form-data; boundary=b' })
    await answered(await fetch(uploadUrl, { method: 'POST', body: 'abc' }), 201)
    const completed = await fetch(uploadUrl, { method: 'PUT' })
    expect(await answered<WireNode>(completed, 201)).toMatchObject({ size: 3 })
  })

  it('multipart without its end is refused and leaves nothing', async () => {
    const { uploadUrl } = await openChannel(client, { name: 'cut' })
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    const cut = { method: 'POST', headers, body: Buffer.concat([Buffer.from(head), large]) }
    expect((await fetch(uploadUrl, cut as RequestInit)).status).toBe(400)
    const completed = await fetch(uploadUrl, { method: 'PUT' })
    expect(await answered<WireNode>(completed, 201)).toMatchObject({ size: 0 })
  })
})

describe('refused early', () => {
  const send = (url: string, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', headers, body: large as Uint8Array<ArrayBuffer> })

  it('the answer comes though the client still sends', async () => {
    const { uploadUrl } = await openChannel(client, { name: 'announced', size: 10 })
    const before = await send(uploadUrl.replace(/[^/]+$/, 'unknown'))
    expect(before.status).toBe(404)
    const during = await send(uploadUrl)
    expect(during.status, await during.text()).toBe(400)
    const json = { ...client.headers, 'content-type': 'application/json' }
    const body = await send(`${client.api}/nodes/folders`, json)
    expect(body.status).toBe(413)
  })
})

/** Sends some of the bytes and breaks the connection. */
async function sendHalf(
  url: string,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<void> {
  const abort = new AbortController()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(bytes.subarray(0, 1_000_000))
      await new Promise((resolve) => setTimeout(resolve, 100))
      abort.abort()
    },
  })
  const sent = { method: 'POST', headers, body, duplex: 'half', signal: abort.signal }
  await expect(fetch(url, sent as RequestInit)).rejects.toThrow()
}
