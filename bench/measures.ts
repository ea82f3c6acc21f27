import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { httpClient, measureRate } from './load.ts'
import {
  type BenchSession,
  makeFolder,
  signIn,
  uploadInOneCall,
  uploadInThreeCalls,
} from './people.ts'
import { cpuOf, memoryOf, resetPeak, type ServerProcess } from './server-process.ts'

export type Measure = {
  readonly what: string
  readonly value: number
  readonly unit: string
  /** The number to reach, and whether more or less is better. */
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number }
  readonly note?: string
}

const small = randomBytes(10 * 1024)
const warmUp = 500
const gibibyte = 1024 ** 3
const mebibyte = 1024 ** 2

type Bench = { readonly server: ServerProcess; readonly session: BenchSession }

export async function measureSmallFiles(server: ServerProcess, count: number): Promise<Measure[]> {
  const client = httpClient(16)
  const session = await signIn(client, server.url)
  const folder = await makeFolder(client, server.url, session, 'three calls')
  const warm = await makeFolder(client, server.url, session, 'warm')
  // As long as V8 takes to compile what is hot.
  await measureRate(warmUp, 8, (i) =>
    uploadInThreeCalls(client, server.url, session, warm, `warm ${i}`, small),
  )
  await measureRate(warmUp, 8, (i) => uploadInOneCall(client, server.url, session, `w${i}`, small))
  const ids: number[] = []
  const three = await measureRate(count, 8, async (i) => {
    const name = `file ${i}.bin`
    ids.push(await uploadInThreeCalls(client, server.url, session, folder, name, small))
  })
  const one = await measureRate(count, 8, (i) =>
    uploadInOneCall(client, server.url, session, `file ${i}.bin`, small),
  )
  const addresses: string[] = []
  for (const id of ids.slice(0, 200)) {
    addresses.push(await downloadAddress(client, server.url, session, id))
  }
  const down = await measureRate(count, 16, (i) =>
    client.send({ method: 'GET', url: addresses[i % addresses.length] ?? '' }),
  )
  client.close()
  const of = (what: string, rate: typeof one, goal?: number): Measure => ({
    what,
    value: rate.perSecond,
    unit: 'files/s',
    note: `p50 ${rate.p50.toFixed(1)} ms, p99 ${rate.p99.toFixed(1)} ms`,
    ...(goal === undefined ? {} : { goal: { atLeast: goal } }),
  })
  return [
    of('10 KiB upload, one call (Drumee), 8 at a time', one, 2000),
    of('10 KiB upload, three calls (DRACOON), 8 at a time', three, 600),
    of('10 KiB download by address, 16 at a time', down),
  ]
}

async function downloadAddress(
  client: ReturnType<typeof httpClient>,
  url: string,
  session: BenchSession,
  id: number,
): Promise<string> {
  const asked = await client.send({
    method: 'POST',
    url: `${url}/api/v4/nodes/files/${id}/downloads`,
    headers: session.bearer,
  })
  return (JSON.parse(asked.body.toString()) as { downloadUrl: string }).downloadUrl
}

/** One upload and one download of `bytes`, with the server's CPU seconds and peak memory. */
export async function measureLargeFile(
  server: ServerProcess,
  bytes = gibibyte,
): Promise<Measure[]> {
  const client = httpClient(2)
  const session = await signIn(client, server.url)
  const bench = { server, session }
  const folder = await makeFolder(client, server.url, session, 'large')
  const opened = await client.send({
    method: 'POST',
    url: `${server.url}/api/v4/nodes/files/uploads`,
    headers: { ...session.bearer, 'content-type': 'application/json' },
    body: JSON.stringify({ parentId: folder, name: 'large.bin', size: bytes }),
  })
  const { uploadUrl } = JSON.parse(opened.body.toString()) as { uploadUrl: string }
  const up = await watched(bench, async () => {
    await pour(uploadUrl, bytes)
    return client.send({
      method: 'PUT',
      url: uploadUrl,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
  })
  const { id } = JSON.parse(up.result.body.toString()) as { id: number }
  const address = await downloadAddress(client, server.url, session, id)
  const down = await watched(bench, () => drain(address))
  if (down.result !== bytes) throw new Error(`${down.result} of ${bytes} bytes came back`)
  client.close()
  const rate = (seconds: number) => bytes / mebibyte / seconds
  const size = `${Math.round(bytes / mebibyte)} MiB`
  return [
    measure(`upload of ${size}, both hashes`, rate(up.seconds), 'MiB/s', { atLeast: 300 }, up),
    measure('  peak memory meanwhile', up.peak, 'MiB', { atMost: 200 }),
    measure(`download of ${size}`, rate(down.seconds), 'MiB/s', undefined, down),
    measure('  peak memory meanwhile', down.peak, 'MiB', { atMost: 200 }),
  ]
}

function measure(
  what: string,
  value: number,
  unit: string,
  goal?: Measure['goal'],
  watched?: { cpu: number },
): Measure {
  const note = watched ? `${watched.cpu.toFixed(1)} CPU seconds of the server` : undefined
  return { what, value, unit, ...(goal ? { goal } : {}), ...(note ? { note } : {}) }
}

async function watched<T>(
  { server }: Bench,
  work: () => Promise<T>,
): Promise<{ result: T; seconds: number; cpu: number; peak: number }> {
  resetPeak(server.pid)
  const cpu = cpuOf(server.pid)
  const started = performance.now()
  const result = await work()
  const seconds = (performance.now() - started) / 1000
  return { result, seconds, cpu: cpuOf(server.pid) - cpu, peak: memoryOf(server.pid).peak }
}

/** Sends so many bytes as one raw body, never holding more than a piece of them. */
export function pour(url: string, bytes: number, method = 'POST'): Promise<void> {
  const piece = randomBytes(mebibyte)
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': bytes, 'content-type': 'application/octet-stream' }
    const outgoing = request(url, { method, headers }, (incoming) => {
      incoming.resume()
      incoming.on('end', () =>
        (incoming.statusCode ?? 500) < 400
          ? resolve()
          : reject(new Error(`${method} answered ${incoming.statusCode}`)),
      )
    })
    outgoing.on('error', reject)
    let left = bytes
    const write = () => {
      while (left > 0) {
        const part = left < piece.length ? piece.subarray(0, left) : piece
        left -= part.length
        if (!outgoing.write(part)) {
          outgoing.once('drain', write)
          return
        }
      }
      outgoing.end()
    }
    write()
  })
}

/** Reads a body away and answers its size. */
export function drain(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, (incoming) => {
      let size = 0
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
      })
      incoming.on('end', () => resolve(size))
      incoming.on('error', reject)
    })
      .on('error', reject)
      .end()
  })
}

/** First pages and a page deep in, with the number of statements that each costs. */
export async function measureListings(
  server: ServerProcess,
  folders: ReadonlyMap<number, number>,
): Promise<Measure[]> {
  const client = httpClient(1)
  const session = await signIn(client, server.url)
  const page = async (id: number, offset: number) => {
    const url = `${server.url}/api/v4/nodes?parent_id=${id}&limit=200&offset=${offset}`
    const times: number[] = []
    let statements = 0
    for (let round = 0; round < 25; round++) {
      const before = await statementsOf(client, server.url)
      const started = performance.now()
      await client.send({ method: 'GET', url, headers: session.bearer })
      times.push(performance.now() - started)
      statements = (await statementsOf(client, server.url)) - before
    }
    const [first = 0] = times
    times.sort((a, b) => a - b)
    return { ms: times[12] ?? 0, first, statements }
  }
  const at = (size: number) => folders.get(size) ?? 0
  await page(at(200), 0)
  const few = await page(at(200), 0)
  const thousand = await page(at(1000), 0)
  const many = await page(at(10_000), 0)
  const first = await page(at(100_000), 0)
  const deep = await page(at(100_000), 90_000)
  client.close()
  const of = (
    what: string,
    { ms, statements, first: cold }: typeof few,
    goal?: number,
  ): Measure => ({
    what,
    value: ms,
    unit: 'ms',
    note: `${statements} statements; the first time ${cold.toFixed(1)} ms`,
    ...(goal === undefined ? {} : { goal: { atMost: goal } }),
  })
  return [
    of('first 200 of a folder of 200', few),
    of('first 200 of a folder of 1,000', thousand),
    of('first 200 of a folder of 10,000', many, few.ms * 2),
    of('first 200 of a folder of 100,000', first),
    of('200 from 90,000 on in a folder of 100,000', deep, first.ms * 3),
  ]
}

async function statementsOf(client: ReturnType<typeof httpClient>, url: string): Promise<number> {
  const { body } = await client.send({ method: 'GET', url: `${url}/metrics` })
  return Number(/^strongroom_database_statements (\d+)/m.exec(body.toString())?.[1] ?? 0)
}
