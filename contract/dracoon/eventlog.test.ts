import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, runRows, type Stage } from '../run.ts'
import { dracoon } from './driver.ts'
import { eventlogRows } from './eventlog.rows.ts'
import { roomWebhooksRows } from './room-webhooks.rows.ts'

runRows(dracoon, 'eventlog', eventlogRows)
runRows(dracoon, 'webhooks of rooms', roomWebhooksRows)

describe('the event log as CSV', () => {
  let stage: Stage
  let text: string
  beforeAll(async () => {
    stage = await openStage(dracoon)
    const headers = await stage.headersOf('admin')
    const url = `${stage.world.url}/api/v4`
    const room = await fetch(`${url}/nodes/rooms`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ name: '=1+1, "x"' }),
    })
    // A name of a room has no quotation marks: the one below stands.
    expect(room.status).toBe(400)
    await fetch(`${url}/nodes/rooms`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ name: '=1+1, x' }),
    })
    const answer = await fetch(`${url}/eventlog/events`, {
      headers: { ...headers, accept: 'text/csv' },
    })
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    text = await answer.text()
  })
  afterAll(() => stage?.world.stop())

  it('has a line of names and one for every event', async () => {
    const lines = text.split('\r\n')
    expect(lines[0]).toMatch(/^id,time,userId,userName,/)
    expect(lines.at(-1)).toBe('')
    const url = `${stage.world.url}/api/v4/eventlog/events?limit=1`
    const answer = await fetch(url, { headers: await stage.headersOf('admin') })
    const { range } = (await answer.json()) as { range: { total: number } }
    expect(lines).toHaveLength(range.total + 2)
  })

  it('quotes what needs it and keeps formulas texts', () => {
    expect(text).toContain(`"'=1+1, x"`)
  })
})
