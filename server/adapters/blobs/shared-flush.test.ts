import { expect, it } from 'vitest'
import { sharedFlush } from './shared-flush.ts'

function controlled() {
  const started: { path: string; end: (error?: Error) => void }[] = []
  const flush = sharedFlush(
    (path) =>
      new Promise((resolve, reject) => {
        started.push({ path, end: (error) => (error ? reject(error) : resolve()) })
      }),
  )
  return { started, flush }
}

it('lets calls during a flush share the next one, never the running one', async () => {
  const { started, flush } = controlled()
  const done: string[] = []
  const first = flush('a').then(() => done.push('first'))
  const second = flush('a').then(() => done.push('second'))
  const third = flush('a').then(() => done.push('third'))
  expect(started).toHaveLength(1)
  started[0]!.end()
  await first
  expect(done).toEqual(['first'])
  expect(started).toHaveLength(2)
  started[1]!.end()
  await Promise.all([second, third])
  expect(started).toHaveLength(2)
})

it('flushes different paths at the same time', async () => {
  const { started, flush } = controlled()
  const both = Promise.all([flush('a'), flush('b')])
  expect(started.map(({ path }) => path)).toEqual(['a', 'b'])
  for (const { end } of started) end()
  await both
})

it('tells a failure to those who shared it and starts afresh for the next', async () => {
  const { started, flush } = controlled()
  const first = expect(flush('a')).rejects.toThrow('broken')
  const second = flush('a')
  started[0]!.end(new Error('broken'))
  await first
  started[1]!.end()
  await second
  const third = flush('a')
  expect(started).toHaveLength(3)
  started[2]!.end()
  await third
})
