/**
 * Calls `work` for every item, at most `atOnce` at a time, and yields the results in the order of
 * the items. The first failure is thrown once what runs has ended; nothing new is begun after it.
 */
export async function* mapAhead<T, R>(
  items: AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const running: Promise<R>[] = []
  try {
    for await (const item of items) {
      const started = work(item)
      // Heard when its turn comes; until then it must not end the process.
      started.catch(() => undefined)
      running.push(started)
      if (running.length >= atOnce) yield await running.shift()!
    }
    while (running.length > 0) yield await running.shift()!
  } finally {
    await Promise.allSettled(running)
  }
}
