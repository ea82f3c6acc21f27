import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { hasherSuite } from '../../core/suites/hasher.suite.ts'
import { hashPool } from './hash-pool.ts'
import { ringStream } from './ring-stream.ts'
import { workerHasher } from './workers.ts'

hasherSuite('workerHasher', workerHasher)
hasherSuite('workerHasher with one thread and a tiny ring', () =>
  workerHasher({ threads: 1, inlineBytes: 0, slotBytes: 1000, slots: 2 }),
)

it('makes the caller wait when the ring is full', async () => {
  const hasher = workerHasher({ inlineBytes: 0, slotBytes: 1000, slots: 2 })
  const hashing = hasher.begin()
  const wait = hashing.update(Buffer.alloc(100_000))
  expect(wait).toBeInstanceOf(Promise)
  await wait
  await hashing.digest()
  await hasher.close()
})

it('refuses an update before the one before has been taken', async () => {
  const hasher = workerHasher({ inlineBytes: 0, slotBytes: 1000, slots: 2 })
  const hashing = hasher.begin()
  await hashing.update(Buffer.alloc(10))
  const wait = hashing.update(Buffer.alloc(100_000))
  expect(() => hashing.update(Buffer.alloc(1))).toThrow('not awaited')
  await wait
  await hasher.close()
})

it('fails the streams of a thread that ends, and starts another for the next', async () => {
  const pool = hashPool({ size: 1, idleSeconds: 10 })
  const options = { slotBytes: 100, slots: 2, lanes: [['no-such-hash']] }
  const broken = ringStream(pool, options)
  await expect(broken.end()).rejects.toThrow()
  const whole = ringStream(pool, { ...options, lanes: [['md5']] })
  await whole.feed(Buffer.from('abc'))
  expect(await whole.end()).toEqual(['900150983cd24fb0d6963f7d28e17f72'])
  const cut = ringStream(pool, { ...options, lanes: [['md5']] })
  const waiting = expect(cut.feed(Buffer.alloc(100_000))).rejects.toThrow('thread ended')
  await pool.close()
  await waiting
})

it('does not keep a process alive that has nothing left to hash', () => {
  const program = `
    import { workerHasher } from ${JSON.stringify(new URL('./workers.ts', import.meta.url).href)}
    const hashing = workerHasher().begin()
    await hashing.update(Buffer.alloc(1_000_000))
    const { md5 } = await hashing.digest()
    console.log(md5)`
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 10_000,
    encoding: 'utf8',
  })
  expect(ended.stdout.trim()).toBe('879f4bba57ed37c9ec5e5aedf9864698')
  expect(ended.status).toBe(0)
})
