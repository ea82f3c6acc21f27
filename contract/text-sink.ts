import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'

/** A text message as the gateway got it. */
export type SunkText = {
  readonly from: string
  readonly to: string
  readonly text: string
  readonly id: string | undefined
}

export type TextSink = {
  /** Settings with which a server sends its text messages here. */
  readonly env: Readonly<Record<string, string>>
  readonly texts: readonly SunkText[]
  /** The next message to this number that was not answered before; fails after `timeoutMs`. */
  waitForText(to: string, timeoutMs?: number): Promise<SunkText>
  /** Until it is called with null, answers every message by this status and header. */
  answerWith(answer: { status: number; headers?: Record<string, string> } | 'silence' | null): void
  stop(): Promise<void>
}

/** A gateway for text messages on a free port of this machine that keeps what it is sent. */
export async function startTextSink(token = 'gateway-token'): Promise<TextSink> {
  const texts: SunkText[] = []
  const answered = new Set<SunkText>()
  let answer: Parameters<TextSink['answerWith']>[0] = null
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end()
    if (answer === 'silence') return undefined
    if (answer) return response.writeHead(answer.status, answer.headers).end()
    if (request.method !== 'POST') return response.writeHead(405).end()
    const { from, to, text } = JSON.parse(body) as Omit<SunkText, 'id'>
    const id = request.headers['idempotency-key']
    texts.push({ from, to, text, id: id === undefined ? undefined : String(id) })
    return response.writeHead(202).end('{"taken":true}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const next = (to: string) => texts.find((one) => one.to === to && !answered.has(one))
  return {
    env: {
      STRONGROOM_SMS_URL: `http://127.0.0.1:${port}/messages`,
      STRONGROOM_SMS_TOKEN: token,
      STRONGROOM_SMS_FROM: 'Strongroom',
    },
    texts,
    async waitForText(to, timeoutMs = 10_000) {
      const end = Date.now() + timeoutMs
      let found = next(to)
      while (!found && Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        found = next(to)
      }
      if (!found) throw new Error(`no text message to ${to} within ${timeoutMs} ms`)
      answered.add(found)
      return found
    },
    answerWith(given) {
      answer = given
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
