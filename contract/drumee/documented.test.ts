import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callOperation } from '../face-driver.ts'
import type { Persona } from '../row.ts'
import { openStage, type Stage } from '../run.ts'
import { schemaOf } from '../sample.ts'
import { drumee } from './driver.ts'

/** Whoever is nobody, leaves a value out or gives a wrong type gets an answer of the document. */
describe('drumee documents what it answers', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(drumee)
  })
  afterAll(() => stage?.world.stop())

  it.each(Object.keys(drumee.operations))('%s', async (id) => {
    const operation = drumee.operations[id]!
    const { bodySchema } = operation
    const schema = bodySchema === undefined ? {} : schemaOf(bodySchema, drumee.schemas)
    const needed = Object.fromEntries((schema.required ?? []).map((name) => [name, 'x']))
    const undocumented: string[] = []
    const call = async (as: Persona, body: object) => {
      const headers = await stage.headersOf(as)
      const answer = await callOperation(drumee, stage.world.url, id, { body }, headers)
      const code = drumee.codeOf(answer.body)
      const codes = operation.statuses[answer.status]
      const isKnown = codes && (answer.status < 400 || codes.some((one) => one === code))
      if (!isKnown) undocumented.push(`${JSON.stringify(body)}: ${answer.status} ${code}`)
    }
    await call(null, {})
    for (const name of Object.keys(schema.properties ?? {})) {
      await call('member', { ...needed, [name]: [{}] })
    }
    for (const name of Object.keys(needed)) await call('member', { ...needed, [name]: undefined })
    expect(undocumented).toEqual([])
  })
})
