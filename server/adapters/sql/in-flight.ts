export type InFlight = {
  run<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when nothing is running. */
  idle(): Promise<void>
}

/** Counts what is running, so that a close can wait for it. */
export function inFlight(): InFlight {
  let running = 0
  let waiting: (() => void)[] = []
  return {
    async run(work) {
      running++
      try {
        return await work()
      } finally {
        if (--running === 0) {
          for (const resolve of waiting) resolve()
          waiting = []
        }
      }
    },
    async idle() {
      if (running > 0) await new Promise<void>((resolve) => waiting.push(resolve))
    },
  }
}
