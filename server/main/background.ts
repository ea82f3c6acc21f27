import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../core/ctx.ts'
import { onJobQueued } from '../core/jobs/job-signal.ts'
import type { JobLane } from '../core/jobs/job-store.ts'
import { runJobs } from '../core/jobs/run-jobs.ts'
import { queueSweep } from '../core/jobs/sweep-job.ts'
import type { Log } from './log.ts'

/** How often the queue is looked at for jobs that other processes made or that became due. */
const lookEveryMs = 1000
/** The same where the jobs of others are told: only for what became due or was missed. */
const lookRarelyMs = 3000
/** Jobs that one tenant has run in a row while others may wait. */
const turns: Readonly<Record<JobLane, number>> = {
  mail: 20,
  rest: 20,
  tasks: 4,
  texts: 4,
  imports: 1,
}
/** Imports that one process runs at a time. */
const importWorkers = 3

/** Runs due jobs of all tenants, at once when this process makes one. Answers how to stop it. */
export function startBackground(app: App, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController()
  // Where imports are off, those that are left are ended.
  const importers = app.imports === null ? 1 : importWorkers
  const running = Promise.all([
    guarded(log, () => queueSweep(app)).then(() => workOn(app, log, 'rest', stopping.signal)),
    workOn(app, log, 'tasks', stopping.signal),
    // One slow server does not hold up what comes from others.
    ...Array.from({ length: importers }, () => workOn(app, log, 'imports', stopping.signal)),
    ...(app.mailer === null ? [] : [workOn(app, log, 'mail', stopping.signal)]),
    ...(app.texter === null ? [] : [workOn(app, log, 'texts', stopping.signal)]),
  ])
  return {
    stop: async () => {
      stopping.abort()
      app.imports?.stop()
      await running
    },
  }
}

/** Works on one lane until `stopping`: what waits in the other holds nothing up here. */
async function workOn(app: App, log: Log, lane: JobLane, stopping: AbortSignal): Promise<void> {
  let wake = new AbortController()
  const ignore = onJobQueued(app, () => wake.abort())
  while (!stopping.aborted) {
    wake = new AbortController()
    await guarded(log, () => runEverywhere(app, lane, stopping))
    const signal = AbortSignal.any([stopping, wake.signal])
    const pause = app.store.hearsOthers() ? lookRarelyMs : lookEveryMs
    await wait(pause, undefined, { signal }).catch(() => undefined)
  }
  ignore()
}

/**
 * Rounds through all tenants until nothing is due. Each has a turn of a few jobs, so that one that
 * queues without end holds up no other.
 */
async function runEverywhere(app: App, lane: JobLane, stopping: AbortSignal): Promise<void> {
  let isMore = true
  while (isMore && !stopping.aborted) {
    isMore = false
    for (const tenant of await app.store.tenants.all()) {
      if ((await runJobs(app, tenant, lane, turns[lane])) === turns[lane]) isMore = true
    }
  }
}

async function guarded(log: Log, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.error({ err: error }, 'background work failed and will be tried again')
  }
}
