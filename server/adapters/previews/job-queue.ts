/** Why work was not done: too much waits, it waited too long, or the queue was closed. */
export type NotDone = 'busy' | 'closed'

export type JobQueue = {
  /** Runs the work when its turn comes; answers why not, if it does not come. */
  run<T>(work: () => Promise<T>): Promise<T | NotDone>
  /** Turns away what waits, and resolves when what runs has ended. */
  close(): Promise<void>
}

type Waiting = { start(): void; refuse(why: NotDone): void }

/** Runs `atOnce` works at a time; `length` more may wait, each for `waitMs`. */
export function jobQueue(limits: { atOnce: number; length: number; waitMs: number }): JobQueue {
  const waiting = new Set<Waiting>()
  const running = new Set<Promise<unknown>>()
  let isClosed = false

  const next = () => {
    const [first] = waiting
    if (first && running.size < limits.atOnce) first.start()
  }
  const begin = async <T>(work: () => Promise<T>): Promise<T> => {
    const done = work()
    const ended = done
      .catch(() => undefined)
      .finally(() => {
        running.delete(ended)
        next()
      })
    running.add(ended)
    return done
  }
  const waitFor = <T>(work: () => Promise<T>) =>
    new Promise<T | NotDone>((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer)
        waiting.delete(one)
      }
      const one: Waiting = {
        start() {
          leave()
          begin(work).then(resolve, reject)
        },
        refuse(why) {
          leave()
          resolve(why)
        },
      }
      const timer = setTimeout(() => one.refuse('busy'), limits.waitMs)
      timer.unref()
      waiting.add(one)
    })

  return {
    async run(work) {
      if (isClosed) return 'closed'
      if (running.size < limits.atOnce) return begin(work)
      return waiting.size < limits.length ? waitFor(work) : 'busy'
    },
    async close() {
      isClosed = true
      for (const one of [...waiting]) one.refuse('closed')
      await Promise.all(running)
    },
  }
}
