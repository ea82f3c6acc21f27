import type { App } from '../core/ctx.ts'
import { startBackground } from './background.ts'
import type { Config } from './config.ts'
import { openFaces, openPages } from './faces.ts'
import { firstStart } from './first-start.ts'
import { type RunningServer, startHttpServer } from './http-server.ts'
import type { Log } from './log.ts'
import { type OpenApp, openApp } from './open-app.ts'

export type Started = { readonly url: string; readonly open: OpenApp; stop(): Promise<void> }

/** Opens everything, serves, and runs the background work until `stop`. */
export async function start(
  config: Config,
  log: Log,
  tell: (line: string) => void,
): Promise<Started> {
  const open = await openApp(config, log, {
    onProgress: tell,
    onFault: (error) => {
      log.error({ err: error }, 'the database has failed; the server ends')
      process.exit(1)
    },
  })
  let server: RunningServer
  try {
    if (config.database.engine === 'sqlite') await takeOverJobs(open.app)
    const problems = await open.ready()
    if (problems.length > 0) throw new Error(`not ready to serve; ${problems.join('; ')}`)
    const admin = await firstStart(open.app, config)
    server = await startHttpServer(open, [...openFaces(config), ...openPages()], config, log)
    tell(`Strongroom runs at ${config.publicUrlGiven ? config.publicUrl : server.url}`)
    if (admin) {
      tell(`First administrator: ${admin.login}`)
      tell(`Password:            ${config.admin.password ? '(as configured)' : admin.password}`)
      if (!config.admin.password) tell('It is not shown again.')
    }
  } catch (error) {
    await open.close()
    throw error
  }
  const background = startBackground(open.app, log)
  return {
    url: server.url,
    open,
    stop: async () => {
      // Who waits for a preview is answered, so that nothing waits for him.
      await Promise.all([server.close(), open.app.previewer?.close()])
      await background.stop()
      await open.close()
    },
  }
}

/**
 * A server has its SQLite database alone: what is leased was a worker's that is dead. Its work goes
 * on at once.
 */
async function takeOverJobs({ store }: App): Promise<void> {
  for (const { id } of await store.tenants.all()) {
    await store.write(id, (tx) => tx.jobs.releaseAll())
  }
}
