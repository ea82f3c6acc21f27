import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Engine, EngineOptions, SqliteLimits } from './engine.ts'
import type { EngineError } from './engine-error.ts'
import { openEngine } from './open-engine.ts'
import { flushDescriptor } from './sqlite-log.ts'

type Tables = { thing: { id: number; text: string } }

describe('durability on sqlite', () => {
  let folder: string
  let path: string
  let engine: Engine<Tables> | undefined
  const faults: EngineError[] = []

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strongroom-sql-'))
    path = join(folder, 'test.db')
    faults.length = 0
  })

  afterEach(async () => {
    await engine?.close().catch((error: EngineError) => expect(error.code).toBe('broken'))
    engine = undefined
    rmSync(folder, { recursive: true })
  })

  async function open(
    limits: Partial<SqliteLimits>,
    more: Partial<EngineOptions> = {},
  ): Promise<Engine<Tables>> {
    const onFault = (fault: EngineError) => faults.push(fault)
    const url = `sqlite:${path}`
    engine = await openEngine<Tables>({ url, sqlite: limits, onFault, ...more })
    await engine.exclusive((db) =>
      sql`create table if not exists thing (id integer primary key, text text) strict`.execute(db),
    )
    return engine
  }

  const add = (db: Engine<Tables>, id: number, text = '') =>
    db.write((tx) => tx.insertInto('thing').values({ id, text }).execute())

  const count = async (db: Engine<Tables>) =>
    (await db.read.selectFrom('thing').select('id').execute()).length

  test('no write resolves before a flush that began after its commit', async () => {
    const flushes: (() => void)[] = []
    let held = false
    const flush = async () => {
      if (held) await new Promise<void>((resolve) => flushes.push(resolve))
    }
    const db = await open({ flush })
    held = true
    const resolved: number[] = []
    const first = add(db, 1).then(() => resolved.push(1))
    await vi.waitFor(() => expect(flushes).toHaveLength(1))
    const second = add(db, 2).then(() => resolved.push(2))
    await vi.waitFor(async () => expect(await count(db)).toBe(2))
    const refused = add(db, 1).catch(() => resolved.push(-1))
    const settled = db.settled().then(() => resolved.push(0))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(resolved).toEqual([])
    flushes[0]?.()
    await first
    await vi.waitFor(() => expect(flushes).toHaveLength(2))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(resolved).toEqual([1])
    flushes[1]?.()
    await Promise.all([second, settled, refused])
    expect(resolved.toSorted()).toEqual([-1, 0, 1, 2])
    held = false
  })

  test('a flush that fails answers "uncertain" and shuts the engine for good', async () => {
    let fails = false
    const flush = async () => {
      if (fails) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
    }
    const db = await open({ flush, batchMs: 1000 })
    await add(db, 1)
    fails = true
    const both = await Promise.allSettled([add(db, 2), add(db, 3)])
    for (const result of both) expect(result).toMatchObject({ reason: { code: 'uncertain' } })
    fails = false
    const broken = { code: 'broken' }
    await expect(add(db, 4)).rejects.toMatchObject(broken)
    await expect(count(db)).rejects.toMatchObject(broken)
    await expect(db.snapshot(async () => 1)).rejects.toMatchObject(broken)
    await expect(db.settled()).rejects.toMatchObject(broken)
    expect(faults).toMatchObject([broken])
  })

  test('a log that was removed or replaced while in use shuts the engine', async () => {
    const db = await open({})
    await add(db, 1)
    renameSync(`${path}-wal`, `${path}-moved`)
    await expect(add(db, 2)).rejects.toMatchObject({ code: 'uncertain' })
    await expect(add(db, 3)).rejects.toMatchObject({ code: 'broken' })
    renameSync(`${path}-moved`, `${path}-wal`)
  })

  /**
   * A power cut keeps what was flushed and may lose all else. Each flush copies the files as they
   * are when it begins; what was answered by its end must be in that copy. Another process copies:
   * closing a descriptor of the database in this one would drop SQLite's locks.
   */
  test('whatever was answered is in the files as they were flushed', async () => {
    let images = 0
    const answered: number[] = []
    const checks: { image: string; ids: number[] }[] = []
    const flush = async (descriptor: number) => {
      const image = join(folder, `image${images++}`)
      spawnSync('cp', [`${path}-wal`, `${image}-wal`])
      spawnSync('cp', [path, image])
      await flushDescriptor(descriptor)
      setImmediate(() => checks.push({ image, ids: [...answered] }))
    }
    const db = await open({ flush, checkpointBytes: 60_000, walBytes: 120_000 })
    const writer = async (first: number) => {
      for (let id = first; id < first + 25; id++) {
        await add(db, id, 'x'.repeat(2000))
        answered.push(id)
      }
    }
    await Promise.all([1000, 2000, 3000, 4000].map(writer))
    expect(checks.length).toBeGreaterThan(20)
    for (const { image, ids } of checks) {
      const copy = new DatabaseSync(image)
      const stored = new Set(
        copy
          .prepare('select id from thing')
          .all()
          .map(({ id }) => id),
      )
      copy.close()
      expect(ids.filter((id) => !stored.has(id))).toEqual([])
    }
    expect(answered).toHaveLength(100)
  })

  test('the log stays bounded under constant writing', async () => {
    const walBytes = 400_000
    const warnings: string[] = []
    const onWarning = (message: string) => warnings.push(message)
    const db = await open({ checkpointBytes: 100_000, walBytes }, { onWarning })
    const writer = async (first: number) => {
      for (let id = first; id < first + 50; id++) await add(db, id, 'x'.repeat(5000))
    }
    await Promise.all([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000].map(writer))
    expect(statSync(path).size).toBeGreaterThan(1_000_000)
    expect(statSync(`${path}-wal`).size).toBeLessThan(2 * walBytes)
    expect(warnings).toEqual([])
  })

  test('the log grows for a reader in an old state, and the operator is told', async () => {
    const warnings: string[] = []
    const onWarning = (message: string) => warnings.push(message)
    const db = await open({ checkpointBytes: 100_000, walBytes: 200_000 }, { onWarning })
    await db.snapshot(async (old) => {
      for (let id = 1; id <= 80; id++) await add(db, id, 'x'.repeat(5000))
      expect(await old.selectFrom('thing').selectAll().execute()).toEqual([])
    })
    expect(warnings[0]).toMatch(/reader/)
    for (let id = 100; id <= 180; id++) await add(db, id, 'x'.repeat(5000))
    const told = warnings.length
    for (let id = 200; id <= 280; id++) await add(db, id, 'x'.repeat(5000))
    expect(warnings).toHaveLength(told)
  })

  test('closing leaves one file without a log', async () => {
    const db = await open({})
    await add(db, 1)
    expect(existsSync(`${path}-wal`)).toBe(true)
    await db.close()
    engine = undefined
    expect(existsSync(`${path}-wal`)).toBe(false)
  })
})
