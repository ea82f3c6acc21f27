import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { labels } from './kill-labels.js'
import { type ServerOptions, type ServerProcess, startServerProcess } from './server-process.ts'

/** A server that kills itself at a boundary; see kill-shim.js. */
export type ArmedServer = ServerProcess & {
  /** Counts boundaries from now on and dies at number `target`; 0 only counts. */
  arm(target: number): Promise<void>
  /** Stops counting; what was passed, in order, or undefined when it has died. */
  disarm(): Promise<string[] | undefined>
}

export async function startArmedServer(
  options: Omit<ServerOptions, 'preload'>,
): Promise<ArmedServer> {
  const preload = fileURLToPath(new URL('./kill-shim.js', import.meta.url))
  const server = await startServerProcess({ ...options, preload })
  const ask = async (message: object): Promise<number[] | undefined> => {
    const answer = once(server.child, 'message').then(([said]) => (said as Passed).passed)
    const dead = server.ended.then(() => undefined)
    // A message to a process that dies meanwhile is lost; its end answers instead.
    server.child.send(message, () => undefined)
    return Promise.race([answer, dead])
  }
  return {
    ...server,
    async arm(target) {
      if (!(await ask({ arm: target }))) throw new Error('the server died before its time')
    },
    async disarm() {
      return (await ask({}))?.map(
        (code) => `${code % 2 ? 'after' : 'before'} ${labels[Math.floor(code / 2)]}`,
      )
    },
  }
}

type Passed = { readonly passed: number[] }
