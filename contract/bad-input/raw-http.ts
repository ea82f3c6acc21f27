import { connect, type Socket } from 'node:net'

export type RawAnswer = { readonly status: number; readonly text: string; readonly ms: number }

export function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Everything that comes until the connection ends, or so many milliseconds have passed. */
export function untilEnd(socket: Socket, within: number): Promise<RawAnswer> {
  const started = performance.now()
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`the connection is open after ${within} ms`))
    }, within)
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', () => undefined)
    socket.once('close', () => {
      clearTimeout(timer)
      const text = Buffer.concat(chunks).toString('latin1')
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
      resolve({ status, text, ms: performance.now() - started })
    })
  })
}

/** Sends bytes as they are and takes what comes until the end. */
export async function exchange(
  url: string,
  bytes: string | Buffer,
  within = 10_000,
): Promise<RawAnswer> {
  const socket = await open(url)
  const ended = untilEnd(socket, within)
  socket.write(bytes)
  return ended
}
