import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../core/ctx.ts'
import { onJobQueued } from '../core/jobs/job-signal.ts'
import { runJobs } from '../core/jobs/run-jobs.ts'
import { queueSweep } from '../core/jobs/sweep-job.ts'
import type { Log } from './log.ts'

/** How often the queue is looked at for jobs that other processes made or that became due. */
const lookEveryMs = 1000

/** Runs due jobs of all tenants, at once when this process makes one. Answers how to stop it. */
export function startBackground(app: App, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let wake = new AbortController()
  const ignore = onJobQueued(app, () => wake.abort())
  const loop = async () => {
    await guarded(log, () => queueSweep(app))
    while (!stopping.signal.aborted) {
      wake = new AbortController()
      await guarded(log, () => runEverywhere(app))
      const signal = AbortSignal.any([stopping.signal, wake.signal])
      await wait(lookEveryMs, undefined, { signal }).catch(() => undefined)
    }
  }
  const running = loop()
  return {
    stop: async () => {
      ignore()
      stopping.abort()
      await running
    },
  }
}

async function runEverywhere(app: App): Promise<void> {
  for (const tenant of await app.store.tenants.all()) await runJobs(app, tenant)
}

async function guarded(log: Log, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.error({ err: error }, 'background work failed and will be tried again')
  }
}
