import { createServer } from 'node:net'
import type { Config } from '../config.ts'
import { type Diagnosis, good, wrong } from './diagnosis.ts'

/** The port is free, or a server of ours answers there and says that it is well. */
export async function checkPort({ listen }: Config): Promise<Diagnosis[]> {
  const { host, port } = listen
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`
  if (port === 0) return [good('Port: any free one')]
  const failure = await tryToListen(host, port)
  if (failure === undefined) return [good(`Port: ${place} is free; no server runs here`)]
  if (failure === 'EADDRINUSE') return [await checkServer(host, port, place)]
  const remedy = failure === 'EACCES' ? 'take a port above 1023' : 'check STRONGROOM_LISTEN'
  return [wrong(`Port: ${place} cannot be listened on (${failure}); ${remedy}`)]
}

/** The system's code for why not; undefined when it works. */
function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

type Health = { status?: unknown; problems?: unknown }

async function checkServer(host: string, port: number, place: string): Promise<Diagnosis> {
  const local = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? host
  const name = local.includes(':') && !local.startsWith('[') ? `[${local}]` : local
  const health = await healthOf(`http://${name}:${port}/health/ready`)
  if (health?.status === 'ok') return good(`Port: a server answers at ${place} and is ready`)
  if (health?.status === 'unavailable') {
    const problems = Array.isArray(health.problems) ? health.problems.join('; ') : ''
    return wrong(`Port: the server at ${place} is not ready: ${problems}`)
  }
  return wrong(`Port: another program has ${place}; stop it, or change STRONGROOM_LISTEN`)
}

async function healthOf(url: string): Promise<Health | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000), redirect: 'manual' })
    const body: unknown = await response.json()
    return typeof body === 'object' && body !== null ? body : undefined
  } catch {
    return undefined
  }
}
