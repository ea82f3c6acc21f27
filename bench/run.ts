import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { testDatabases } from '../server/adapters/sql/test-databases.ts'
import { type Measure, measureLargeFile, measureListings, measureSmallFiles } from './measures.ts'
import { measureMixedLoad, measureSearch } from './mixed-load.ts'
import { measureNginx } from './nginx.ts'
import { seedFolders } from './seed.ts'
import { memoryOf, type ServerProcess, startServer } from './server-process.ts'

/**
 * Measures the running product. `npm run bench [-- --quick] [-- --sqlite] [-- --json FILE]`;
 * --quick makes
 * everything smaller and proves only that it runs; --sqlite leaves PostgreSQL out.
 */
const quick = process.argv.includes('--quick')
const jsonFile = process.argv[process.argv.indexOf('--json') + 1]
const scale = quick
  ? { files: 200, large: 64 * 1024 ** 2, folders: [200, 1000, 2000, 3000], actions: 500 }
  : { files: 1000, large: 1024 ** 3, folders: [200, 1000, 10_000, 100_000], actions: 5000 }
const port = 18_080

async function benchEngine(env: Readonly<Record<string, string>>): Promise<Measure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'strongroom-bench-'))
  try {
    const ids = await seedFolders(dataDir, env, scale.folders)
    const folders = quick ? stretched(ids) : ids
    const cold = await startServer(dataDir, port, env)
    await cold.stop()
    const server = await startServer(dataDir, port, env)
    try {
      return [
        ...(await startMeasures(server)),
        ...(await measureSmallFiles(server, scale.files)),
        ...(await measureLargeFile(server, scale.large)),
        ...(await measureListings(server, folders)),
        ...(await measureSearch(server, scale.folders.at(-1) ?? 0)),
        ...(await measureMixedLoad(server, scale.actions)),
      ]
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function startMeasures(server: ServerProcess): Promise<Measure[]> {
  await wait(3000)
  return [
    { what: 'start until ready', value: server.readyMs, unit: 'ms', goal: { atMost: 500 } },
    { what: 'memory, idle', value: memoryOf(server.pid).now, unit: 'MiB', goal: { atMost: 120 } },
  ]
}

/** In a quick run smaller folders stand for the large ones. */
function stretched(ids: ReadonlyMap<number, number>): Map<number, number> {
  const [few = 0, thousand = 0, many = 0, most = 0] = ids.values()
  return new Map([
    [200, few],
    [1000, thousand],
    [10_000, many],
    [100_000, most],
  ])
}

function print(title: string, measures: readonly Measure[]): void {
  process.stdout.write(`\n${title}\n`)
  for (const { what, value, unit, goal, note } of measures) {
    const shown = value >= 100 ? value.toFixed(0) : value.toFixed(1)
    const wanted = goal && ('atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost.toFixed(1)}`)
    const met = goal && ('atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost)
    const verdict = goal ? `${met ? 'reached ' : 'MISSED  '} (${wanted})` : ''
    const line = `${what.padEnd(52)} ${shown.padStart(8)} ${unit.padEnd(8)} ${verdict.padEnd(22)}`
    process.stdout.write(`${line} ${note ?? ''}\n`)
  }
}

process.stdout.write(`${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}\n`)
const results: Record<string, Measure[]> = {}
const keep = (title: string, measures: Measure[]) => {
  results[title] = measures
  print(title, measures)
}
keep('SQLite + disk', await benchEngine({}))
const nginxDir = mkdtempSync(join(tmpdir(), 'strongroom-nginx-'))
const nginx = await measureNginx(nginxDir, port + 1, scale.large, scale.files)
rmSync(nginxDir, { recursive: true, force: true })
if (nginx) keep('nginx with DAV', nginx)
else process.stdout.write('nginx is not installed: no row for the limit of this machine\n')

const databases = await testDatabases(process.env.STRONGROOM_TEST_POSTGRES_URL)
const postgres = databases.find(({ kind }) => kind === 'postgres')
if (postgres && !process.argv.includes('--sqlite')) {
  const database = await postgres.create()
  const env = { STRONGROOM_DATABASE_URL: database.url }
  keep('PostgreSQL + disk', await benchEngine(env))
  await database.drop()
}

if (process.argv.includes('--json') && jsonFile) {
  writeFileSync(jsonFile, `${JSON.stringify(results, null, 2)}\n`)
}
