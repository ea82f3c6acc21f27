import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudikeRows } from '../../server/faces/cloudike/rows.ts'
import { callOperation } from '../face-driver.ts'
import type { ContractRow, Scene, Send } from '../row.ts'
import { lastEvent, openStage, type Stage, setScene } from '../run.ts'
import { password } from '../scene.ts'
import { wantOf } from '../wanted.ts'
import { allRows } from './all-rows.ts'
import { cloudikeDriver } from './driver.ts'

/** Those for which a session is the authority; a hash in the address is one of its own. */
const bySession = new Map(
  cloudikeRows()
    .filter(({ auth }) => auth !== 'none')
    .map((row) => [row.id, row.auth]),
)

/** A row of somebody's that changes something, for each operation that may be sent by GET. */
const changes = new Map<string, ContractRow>()
for (const row of await allRows()) {
  const { op } = row
  const operation = cloudikeDriver.operations[op]
  if (!operation?.methods.includes('GET') || !bySession.has(op) || row.as === null) continue
  const { status, events = [] } = wantOf(row)
  const isChange = status < 300 && events !== 'any' && events.length > 0
  if (isChange && !changes.has(op)) changes.set(op, row)
}

describe('changes by GET', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(cloudikeDriver)
  })
  afterAll(() => stage?.world.stop())

  it('are known', () => {
    expect(changes.size).toBeGreaterThan(0)
  })

  describe.each([...changes])('%s', (op, row) => {
    it('asks for a token header, by what it is', () => {
      expect(['token', 'device']).toContain(bySession.get(op))
    })

    it.each(['HTTP Basic', 'a token in the query', 'a cookie'])(
      'is refused with %s, and changes nothing',
      async (way) => {
        const scene = await setScene(cloudikeDriver, stage, row, `${op} ${way}`)
        await row.before?.(scene)
        const { headers, query } = await carried(row, way)
        const marker = await lastEvent(stage)
        const send = byGet(row, scene)
        const answer = await callOperation(
          cloudikeDriver,
          stage.world.url,
          op,
          { ...send, query: { ...send.query, ...query } },
          headers,
        )
        expect([answer.status, cloudikeDriver.codeOf(answer.body)]).toEqual([401, 'Unauthorized'])
        expect(await lastEvent(stage)).toBe(marker)
      },
    )
  })

  type Carried = { readonly headers: Record<string, string>; readonly query?: Send['query'] }

  async function carried({ as }: ContractRow, way: string): Promise<Carried> {
    const token = String((await stage.headersOf(as))['mountbit-auth'])
    const pair = Buffer.from(`${as}:${password}`).toString('base64')
    if (way === 'HTTP Basic') return { headers: { authorization: `Basic ${pair}` } }
    if (way === 'a cookie') {
      return { headers: { cookie: `mountbit-auth=${token}; token=${token}; regsid=${token}` } }
    }
    return { headers: {}, query: { token, 'mountbit-auth': token, MountbitAuth: token } }
  }
})

/** What stood in the body stands in the address: both mean the same. */
function byGet({ send }: ContractRow, scene: Scene): Send {
  const { body, ...rest } = (typeof send === 'function' ? send(scene) : send) ?? {}
  const query = { ...rest.query, ...(body as Send['query']) }
  return { ...rest, method: 'GET', query }
}
