import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../server/main/config.ts'
import { openFaces } from '../server/main/faces.ts'
import { drivers } from './drivers.ts'
import { callOperation, type FaceDriver } from './face-driver.ts'
import { matrices } from './matrix/matrices.ts'
import { type Caller, callers, type MatrixRow, verdictOf, verdictsOf } from './matrix/matrix-row.ts'
import type { Scene } from './row.ts'
import { checkReply, lastEvent, openStage, type Stage, setScene, urlFor } from './run.ts'
import { password } from './scene.ts'

describe.each(openFaces(loadConfig({})))('the permissions of $name', (face) => {
  const driver = drivers[face.name as FaceDriver['name']]
  const rows = matrices[driver.name]
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(driver)
  })
  afterAll(() => stage?.world.stop())

  it('are known for every operation that is built, once', () => {
    const built = [...face.rows.keys()].filter((id) => id in driver.operations)
    expect(rows.map(({ op }) => op).sort()).toEqual(built.sort())
  })

  it.each(rows)('$op', async (row) => {
    const told = callers.map(async (one) => [one, await callAs(driver, stage, row, one)] as const)
    expect(Object.fromEntries(await Promise.all(told))).toEqual(verdictsOf(row))
  })
})

async function callAs(
  driver: FaceDriver,
  stage: Stage,
  row: MatrixRow,
  caller: Caller,
): Promise<string> {
  const persona = caller === 'anonymous' ? null : caller
  const scene = await setScene(driver, stage, row, `${row.op} ${caller}`)
  await row.before?.(scene)
  const url = urlFor(stage.world, persona)
  const headers =
    row.ends && persona !== null
      ? await driver.signIn(url, persona, password)
      : await stage.headersOf(persona)
  const marker = await lastEvent(stage)
  const answer = await callOperation(driver, url, row.op, row.send?.(scene) ?? {}, headers)
  checkReply(driver, stage, row.op, answer)
  const verdict = verdictOf(caller, answer, row)
  const isOutside = ['anonymous', 'stranger', 'member'].includes(caller)
  const mayTouch = verdict === 'ok' && (row.need === 'bearer' || !isOutside)
  const touched = mayTouch ? [] : await happenedIn(stage, scene, marker)
  return touched.length > 0 ? `${verdict}, but ${touched.join(', ')}` : verdict
}

/** What happened in the row's room since then: nothing may, where the caller has no business. */
async function happenedIn(stage: Stage, scene: Scene, afterId: number): Promise<string[]> {
  const roomId = scene.nodeId('/')
  return stage.world.app.store.read(stage.cast.tenant.id, async (tx) => {
    const range = { offset: 0, limit: 100, descending: false }
    const events = await tx.events.page({ afterId }, range)
    return events.filter((event) => event.roomId === roomId).map(({ type }) => type)
  })
}
