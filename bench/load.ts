import { Agent, type IncomingMessage, request } from 'node:http'

export type Sent = {
  readonly status: number
  readonly body: Buffer
  readonly headers: IncomingMessage['headers']
}

export type Exchange = {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

/** A client with kept-alive connections; throws for statuses from 400 on. */
export function httpClient(connections: number): {
  send(exchange: Exchange): Promise<Sent>
  close(): void
} {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return { send: (exchange) => sendOne(agent, exchange), close: () => agent.destroy() }
}

function sendOne(agent: Agent, { method, url, headers, body }: Exchange): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent, headers: { ...headers } }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const sent = {
          status: incoming.statusCode ?? 0,
          body: Buffer.concat(chunks),
          headers: incoming.headers,
        }
        if (sent.status < 400) resolve(sent)
        else
          reject(
            new Error(`${method} ${url}: ${sent.status} ${sent.body.toString().slice(0, 300)}`),
          )
      })
    })
    outgoing.on('error', reject)
    if (body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(body))
    outgoing.end(body)
  })
}

export type Percentiles = { readonly p50: number; readonly p95: number; readonly p99: number }
export type Rate = Percentiles & { readonly perSecond: number }

/** Sorts the times in place. */
export function percentiles(times: number[]): Percentiles {
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** Runs `count` calls, `concurrency` at a time; latencies in milliseconds. */
export async function measureRate(
  count: number,
  concurrency: number,
  call: (index: number) => Promise<unknown>,
): Promise<Rate> {
  const latencies: number[] = []
  let next = 0
  const started = performance.now()
  const worker = async () => {
    while (next < count) {
      const index = next++
      const began = performance.now()
      await call(index)
      latencies.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const seconds = (performance.now() - started) / 1000
  return { perSecond: count / seconds, ...percentiles(latencies) }
}
