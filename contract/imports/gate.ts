import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A way to another server on which requests can be seen and held up, and that can be closed. */
export type Gate = {
  readonly url: string
  /** 'media.orig bytes=0-9', or the name of the service alone. */
  readonly passed: string[]
  /** Asked about each request, which it holds up as long as it waits. */
  rule: (call: string) => void | Promise<void>
  /** Ends every connection and takes none, as a server that is down. */
  close(): Promise<void>
  /** Takes connections again, on the same port. */
  open(): Promise<void>
}

export async function openGate(target: string): Promise<Gate> {
  const { hostname, port } = new URL(target)
  const handle = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const path = (request.url ?? '').replace(/^.*\/svc\//, '').replace(/\?.*$/, '')
    const call = [path, request.headers.range].filter(Boolean).join(' ')
    await gate.rule(call)
    gate.passed.push(call)
    const { method, headers, url: path_ } = request
    const outer = http.request({ hostname, port, method, headers, path: path_ }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
    })
    outer.on('error', () => request.destroy())
    request.pipe(outer)
  }
  let server = http.createServer()
  const listen = async (at: number) => {
    server = http.createServer((request, response) => void handle(request, response))
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  }
  await listen(0)
  const own = (server.address() as AddressInfo).port
  const gate: Gate = {
    url: `http://127.0.0.1:${own}`,
    passed: [],
    rule: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    open: () => listen(own),
  }
  return gate
}
