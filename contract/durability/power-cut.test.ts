import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkCuts, chosenCuts, cutsAtAnswers } from './cuts.ts'
import { numberOfRun, seedOfRun } from './random.ts'
import { buildRecorder, type Mute } from './recorder.ts'
import { checkpointed, mixed, prepared, record, type Session, timesBegunAnew } from './recording.ts'
import { work } from './workload.ts'

const seed = seedOfRun()
const wanted = numberOfRun('STRONGROOM_TEST_CUTS', 120)
const scratch = mkdtempSync(join(tmpdir(), 'strongroom-power-'))
const recorder = buildRecorder(scratch)
const options = { recorder: recorder ?? '', scratch, seed }
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test.skipIf(!recorder)('nothing is lost when the power is cut', { timeout: 600_000 }, async () => {
  const started = performance.now()
  const sessions = [mixed('stop'), mixed('kill'), checkpointed]
  const recording = await record({ ...options, clients: 3 }, sessions)
  expect(timesBegunAnew(recording), 'the log is used again').toBeGreaterThan(0)
  const recorded = performance.now()
  const checked = await checkCuts(recording, chosenCuts(recording, wanted, seed), seed)
  const flushes = recording.records.filter(({ kind }) => kind === 'flush-ends').length
  const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(0)
  console.info(
    `power cuts: seed ${seed}: ${checked} cuts in ${recording.records.length} records with ` +
      `${flushes} flushes, ${seconds(started)} s, of them ${seconds(recorded)} s for the cuts`,
  )
  expect(checked).toBe(wanted)
})

const few: Session = {
  work: (url, [client]) => work(url, client!, ['one-call-large', 'small-upload', 'move']),
  end: 'kill',
}

/** Flushes that a server leaves out, and what is found missing then. */
const mutants: readonly (readonly [Mute, Session, RegExp])[] = [
  ['log', few, /not-found node|after \d+ operations/],
  ['log-late', few, /not-found node|after \d+ operations/],
  ['folder', few, /not-found node|after \d+ operations/],
  ['database', checkpointed, /power cut at record \d+ of \d+ \(answer, flushed/],
  ['blob', few, /after 1 operations: missing or other bytes: .*one-call-large/],
  ['blob-folder', few, /unavailable node file/],
]

for (const [mute, session, complaint] of mutants) {
  const name = `a server that leaves flushes out is found out: ${mute}`
  test.skipIf(!recorder)(name, { timeout: 120_000 }, async () => {
    const recording = await record({ ...options, clients: 1, mute }, [prepared, session])
    const checking = checkCuts(recording, cutsAtAnswers(recording), seed)
    await expect(checking).rejects.toThrow(complaint)
  })
}
