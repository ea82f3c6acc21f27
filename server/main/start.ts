import { setTimeout as wait } from 'node:timers/promises'
import { runJobs } from '../core/jobs/run-jobs.ts'
import { sweep } from '../core/jobs/sweep.ts'
import type { Config } from './config.ts'
import { openFaces } from './faces.ts'
import { firstStart } from './first-start.ts'
import { type RunningServer, startHttpServer } from './http-server.ts'
import type { Log } from './log.ts'
import { type OpenApp, openApp } from './open-app.ts'

export type Started = { readonly url: string; readonly open: OpenApp; stop(): Promise<void> }

const jobPollMs = 1000
const sweepEveryMs = 10 * 60 * 1000

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
    const admin = await firstStart(open.app, config)
    server = await startHttpServer(open, openFaces(config), config, log)
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
  const stopping = new AbortController()
  const work = [
    every(jobPollMs, stopping.signal, log, 'jobs', () => runJobs(open.app)),
    every(sweepEveryMs, stopping.signal, log, 'sweep', () => sweep(open.app)),
  ]
  return {
    url: server.url,
    open,
    stop: async () => {
      stopping.abort()
      await server.close()
      await Promise.all(work)
      await open.close()
    },
  }
}

/** Repeats work with pauses until told to stop; a failure is logged and tried again. */
async function every(
  pauseMs: number,
  signal: AbortSignal,
  log: Log,
  name: string,
  work: () => Promise<unknown>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work()
    } catch (error) {
      log.error({ err: error, work: name }, 'background work failed and will be tried again')
    }
    await wait(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}
