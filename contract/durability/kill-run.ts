import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { testDatabases } from '../../server/adapters/sql/test-databases.ts'
import { loadConfig } from '../../server/main/config.ts'
import { openLog } from '../../server/main/log.ts'
import { openApp } from '../../server/main/open-app.ts'
import { usualEngine } from '../world.ts'
import { type ArmedServer, startArmedServer } from './armed-server.ts'
import { checkData } from './check-data.ts'
import { changed, emptyJournal, type Journal, linesOf } from './journal.ts'
import { compareBytes, type Lane, observed, openLane } from './lane.ts'
import {
  candidates,
  goOn,
  type Kind,
  type Operation,
  operationOf,
  sharedName,
} from './operations.ts'
import type { Random } from './random.ts'
import { scratchRoot } from './scratch-root.ts'
import { startServerProcess } from './server-process.ts'
import { Unanswered } from './wire.ts'

/** A boundary of an operation: its number counts from 1 while the operation runs. */
export type KillPoint = { readonly kind: Kind; readonly number: number; readonly label: string }

/** One data directory with its server, killed and started again as often as it takes. */
export type KillRun = {
  readonly server: ArmedServer
  readonly lane: Lane
  readonly random: Random
  readonly env: Readonly<Record<string, string>>
  readonly dataDir: string
  journal: Journal
  /** Numbers names. */
  made: number
  orphans: number
  close(): Promise<void>
}

export async function openKillRun(random: Random): Promise<KillRun> {
  const dataDir = mkdtempSync(join(scratchRoot, 'strongroom-kill-'))
  const databases = await testDatabases(process.env.STRONGROOM_TEST_POSTGRES_URL)
  const postgres = databases.find(({ kind }) => kind === 'postgres')
  if (usualEngine === 'postgres' && !postgres) throw new Error('no PostgreSQL server answers')
  const database = usualEngine === 'postgres' ? await postgres!.create() : undefined
  const env: Record<string, string> = database ? { STRONGROOM_DATABASE_URL: database.url } : {}
  // One that ends by itself leaves a compile cache, which shortens every start after it.
  await (await startServerProcess({ dataDir, env })).stop()
  const server = await startArmedServer(optionsOf({ dataDir, env }))
  const run: KillRun = {
    server,
    lane: await openLane(server.url, 'Lane'),
    random,
    env,
    dataDir,
    journal: emptyJournal,
    made: 0,
    orphans: 0,
    close: async () => {
      await run.server.kill()
      await database?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  await addFile(run, sharedName)
  return run
}

function optionsOf({ dataDir, env }: Pick<KillRun, 'dataDir' | 'env'>) {
  const url = env.STRONGROOM_DATABASE_URL
  const port: Record<string, string> = url
    ? { STRONGROOM_KILL_PORT: new URL(url).port || '5432' }
    : {}
  return { dataDir, env: { ...env, ...port } }
}

/** Runs an operation of each kind without a kill and answers the boundaries that it passes. */
export async function countPoints(run: KillRun, kinds: readonly Kind[]): Promise<KillPoint[]> {
  const points: KillPoint[] = []
  for (const kind of kinds) {
    const operation = await prepared(run, kind)
    await run.server.arm(0)
    await goOn(operation, run.server.url)
    const passed = (await run.server.disarm()) ?? []
    run.journal = changed(run.journal, operation.change)
    points.push(...passed.map((label, index) => ({ kind, number: index + 1, label })))
  }
  await compareState(run, [run.journal])
  return points
}

/**
 * Kills the server at one boundary of a new operation, starts it on what is left and compares that
 * with the journal; then the operation is brought to its end, which the next comparison sees. False
 * when the operation had fewer boundaries this time and the server lived on.
 */
export async function killAt(run: KillRun, point: KillPoint): Promise<boolean> {
  const operation = await prepared(run, point.kind)
  await run.server.arm(point.number)
  const answered = await tried(operation, run.server.url)
  const died = answered ? (await run.server.disarm()) === undefined : true
  if (!died) {
    run.journal = changed(run.journal, operation.change)
    return false
  }
  const signal = await Promise.race([run.server.ended, wait(patienceMs, 'no signal')])
  if (signal !== 'SIGKILL') throw new Error(`a call was not answered; ended by ${signal}`)
  await startAgain(run)
  const after = changed(run.journal, operation.change)
  const found = await compareState(run, answered ? [after] : [run.journal, after])
  await compareBytes(run.server.url, run.lane, found, touched(operation))
  await checkAll(run)
  await finish(run, operation, found === after)
  run.journal = after
  return true
}

/** A process that killed itself is gone by then. */
const patienceMs = 20_000

async function tried(operation: Operation, url: string): Promise<boolean> {
  try {
    await goOn(operation, url)
    return true
  } catch (error) {
    if (error instanceof Unanswered) return false
    throw error
  }
}

async function startAgain(run: KillRun): Promise<void> {
  Object.assign(run, { server: await startArmedServer(optionsOf(run)) })
}

/** An upload goes on with the call that was not answered; a lost single call is made again. */
async function finish(run: KillRun, operation: Operation, happened: boolean): Promise<void> {
  if (happened && operation.steps.length === 1) return
  await goOn(operation, run.server.url)
}

function touched({ change }: Operation): string[] {
  if ('put' in change) return [change.put]
  return 'move' in change ? [change.move, change.to] : []
}

/** The state that the server shows, which must be one of these. */
async function compareState(run: KillRun, allowed: readonly Journal[]): Promise<Journal> {
  const lines = await observed(run.server.url, run.lane)
  const found = allowed.find((journal) => linesOf(journal).join('\n') === lines.join('\n'))
  if (found) return found
  const wanted = allowed.map((journal) => differences(linesOf(journal), lines)).join('\nor\n')
  throw new Error(`what is there is not what was answered:\n${wanted}`)
}

function differences(wanted: readonly string[], found: readonly string[]): string {
  const missing = wanted.filter((line) => !found.includes(line)).map((line) => `- ${line}`)
  const strange = found.filter((line) => !wanted.includes(line)).map((line) => `+ ${line}`)
  return [...missing, ...strange].join('\n')
}

/** The check of everything, as a tool beside the running server. */
async function checkAll(run: KillRun): Promise<void> {
  const config = loadConfig({ STRONGROOM_DATA: run.dataDir, ...run.env })
  const open = await openApp(config, openLog({ level: 'silent' }), { role: 'tool' })
  try {
    run.orphans += await checkData(open.app, { deep: true, sweeps: run.random.below(8) === 0 })
  } finally {
    await open.close()
  }
}

async function prepared(run: KillRun, kind: Kind): Promise<Operation> {
  const { lane, random } = run
  const name = `${kind}-${++run.made}.bin`
  const paths = candidates(kind, run.journal)
  if (paths?.length === 0) paths.push(await addFile(run, `old-${run.made}`))
  const old = paths?.[random.below(paths.length)]
  return operationOf(kind, lane, random, { name, old })
}

async function addFile(run: KillRun, name: string): Promise<string> {
  const operation = operationOf('one-call-small', run.lane, run.random, { name })
  await goOn(operation, run.server.url)
  run.journal = changed(run.journal, operation.change)
  return touched(operation)[0] ?? ''
}

/** At the end: every file byte for byte, and nothing left over once its time is over. */
export async function compareAll(run: KillRun): Promise<void> {
  await compareState(run, [run.journal])
  await compareBytes(run.server.url, run.lane, run.journal)
}
