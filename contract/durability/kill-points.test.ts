import { expect, test } from 'vitest'
import { usualEngine } from '../world.ts'
import {
  compareAll,
  countPoints,
  type KillPoint,
  type KillRun,
  killAt,
  openKillRun,
} from './kill-run.ts'
import { kinds } from './operations.ts'
import { numberOfRun, randomOf, seedOfRun } from './random.ts'

const seed = seedOfRun()
const wanted = numberOfRun('STRONGROOM_TEST_KILLS', 204)
const lanes = 2

/**
 * The server dies at every kind of boundary of every operation; what was answered is there byte for
 * byte, what was not is there wholly or not at all, and the operation can be brought to its end.
 */
test(`nothing is lost when the process is killed (${usualEngine})`, {
  timeout: 900_000,
}, async () => {
  const started = performance.now()
  const runs = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => openKillRun(randomOf(seed + lane))),
  )
  try {
    const points = await countPoints(runs[0]!, kinds)
    const plan = chosen(points)
    const killed = await Promise.all(
      runs.map((run, lane) =>
        killAll(
          run,
          plan.filter((_, index) => index % lanes === lane),
        ),
      ),
    )
    for (const run of runs) await compareAll(run)
    const kills = killed.reduce((sum, count) => sum + count, 0)
    const orphans = runs.reduce((sum, run) => sum + run.orphans, 0)
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    console.info(
      `kill points: ${usualEngine}, seed ${seed}: ${kills} kills at ${points.length} boundaries, ` +
        `${orphans} sightings of orphaned objects, ${seconds} s`,
    )
    expect(kills).toBe(plan.length)
  } finally {
    await Promise.all(runs.map((run) => run.close()))
  }
})

/** All points, or as many as are wanted, with some of every kind. */
function chosen(points: readonly KillPoint[]): KillPoint[] {
  const random = randomOf(seed)
  const shuffled = kinds.map((kind) => random.shuffled(points.filter((one) => one.kind === kind)))
  const plan: KillPoint[] = []
  for (let round = 0; plan.length < Math.min(wanted, points.length); round++) {
    for (const own of shuffled) if (own[round]) plan.push(own[round]!)
  }
  return random.shuffled(plan)
}

/** One after the other on one directory; answers how often the server died. */
async function killAll(run: KillRun, plan: readonly KillPoint[]): Promise<number> {
  let killed = 0
  for (const point of plan) {
    try {
      if (await killNear(run, point)) killed++
    } catch (error) {
      const { kind, number, label } = point
      const where = `${kind}, boundary ${number} (${label}), after ${killed} kills`
      throw new Error(`${where}; STRONGROOM_TEST_SEED=${seed}: ${String(error)}`, { cause: error })
    }
  }
  return killed
}

/** An operation may have a boundary or two less than when they were counted. */
async function killNear(run: KillRun, point: KillPoint): Promise<boolean> {
  for (let number = point.number; number > 0; number -= 2) {
    if (await killAt(run, { ...point, number })) return true
  }
  return false
}
