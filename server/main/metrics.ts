import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Observed } from '../faces/mount.ts'

export type EngineStats = { commits: number; flushes: number; queued: number; statements: number }

export type Metrics = {
  request(seen: Observed): void
  /** Prometheus text. */
  text(): Promise<string>
  contentType: string
}

/** What `/metrics` tells: requests by operation and status, the database's work, the process. */
export function openMetrics(engineStats: () => EngineStats): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'strongroom_request_seconds',
    help: 'Time from a request to the start of its answer.',
    labelNames: ['face', 'operation', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const failures = new Counter({
    name: 'strongroom_internal_errors_total',
    help: 'Requests that ended in an unexpected error.',
    labelNames: ['face', 'operation'],
    registers: [registry],
  })
  for (const [key, help] of Object.entries(engineHelp)) {
    new Gauge({
      name: `strongroom_database_${key}`,
      help,
      registers: [registry],
      collect() {
        this.set(engineStats()[key as keyof EngineStats])
      },
    })
  }
  return {
    request({ face, operation, status, milliseconds, error }) {
      seconds.observe({ face, operation, status: String(status) }, milliseconds / 1000)
      if (error) failures.inc({ face, operation })
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

const engineHelp: Record<keyof EngineStats, string> = {
  commits: 'Transactions committed since the start.',
  flushes: 'Flushes of the log that those commits shared.',
  queued: 'Writers that wait now.',
  statements: 'Statements run since the start.',
}
