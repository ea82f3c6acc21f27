/**
 * Makes callers of one path share a flush. A flush that starts after a call covers everything done
 * before that call, so callers that come while one is running wait for one next flush together.
 */
export function sharedFlush(
  flush: (path: string) => Promise<void>,
): (path: string) => Promise<void> {
  const running = new Map<string, Promise<void>>()
  const next = new Map<string, Promise<void>>()

  const start = (path: string): Promise<void> => {
    const current = flush(path).finally(() => running.delete(path))
    running.set(path, current)
    return current
  }

  return (path) => {
    const current = running.get(path)
    if (!current) return start(path)
    const waiting = next.get(path)
    if (waiting) return waiting
    const follow = () => {
      next.delete(path)
      return start(path)
    }
    const following = current.then(follow, follow)
    next.set(path, following)
    return following
  }
}
