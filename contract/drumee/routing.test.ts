import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drumeeRows } from '../../server/faces/drumee/rows.ts'
import { compileOperation, faceSchemas } from '../../server/faces/validate.ts'
import { openStage } from '../run.ts'
import { drumee } from './driver.ts'

type Answer = { status: number; headers: Headers; body: Record<string, unknown> }

describe('drumee routing', () => {
  let stage: Awaited<ReturnType<typeof openStage>>
  let session: Record<string, string>
  beforeAll(async () => {
    stage = await openStage(drumee)
    session = await stage.headersOf('writer')
  })
  afterAll(() => stage?.world.stop())

  async function call(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(stage.world.url + path, { method: 'POST', ...init })
    const text = await response.text()
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    return { status: response.status, headers: response.headers, body }
  }

  it.each([
    ['/-/svc/none.such', 401, 'MODULE_NOT_FOUND'],
    ['/-/svc/media.such', 401, 'SERVICE_NOT_FOUND'],
    ['/-/svc/media', 401, 'WRONG_SERVICE_FORMAT'],
    ['/-/svc/', 401, 'WRONG_SERVICE_FORMAT'],
    ['/-/app/main.js', 404, 'NOT_FOUND'],
    ['/-/', 405, 'WRONG_METHOD'],
    ['/-', 405, 'WRONG_METHOD'],
  ])('%s answers %d %s', async (path, status, error) => {
    const answer = await call(path)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ error, status, data: [], __status__: 'offline' })
  })

  it.each(['/-/svc/drumate.logout', '/-/svc/media.trash'])(
    'OPTIONS %s runs nothing',
    async (path) => {
      const answer = await call(path, { method: 'OPTIONS', headers: session })
      expect(answer.status).toBe(204)
      expect(answer.headers.get('allow')).toContain('POST')
      const after = await call('/-/svc/drumate.get_profile', { headers: session })
      expect(after.status).toBe(200)
    },
  )

  it('says which methods there are', async () => {
    const answer = await call('/-/svc/media.trash', { method: 'DELETE', headers: session })
    expect(answer.status).toBe(405)
    expect(answer.body.error).toBe('WRONG_METHOD')
    expect(answer.headers.get('allow')).toBe('POST, GET, PUT, OPTIONS')
  })

  it('answers PUT like POST', async () => {
    const answer = await call('/-/svc/yp.hello', { method: 'PUT', body: '{"echoId":"e"}' })
    expect(answer.body.data).toMatchObject({ echoId: 'e' })
  })

  it('answers everything documented that is not reached with 501', async () => {
    const reached = new Set(drumeeRows.map((row) => row.id))
    const others = Object.keys(drumee.operations).filter((id) => !reached.has(id))
    expect(others.length).toBe(Object.keys(drumee.operations).length - reached.size)
    for (const id of others) {
      const answer = await call(`/-/svc/${id}`, { headers: session, body: '{}' })
      expect(answer.status, id).toBe(501)
      expect(answer.body).toMatchObject({ error: 'NOT_IMPLEMENTED', __ack__: id, data: [] })
    }
  })

  it('refuses nonsense in the documented form, never with 500', async () => {
    const schemas = faceSchemas(drumee.schemas, { coerceBody: true })
    for (const { id } of drumeeRows) {
      if (id === 'drumate.logout') continue
      const check = (status: number) => {
        const operation = drumee.operations[id]
        return operation && compileOperation(schemas, operation).reply(status)
      }
      for (const body of nonsense) {
        const answer = await call(`/-/svc/${id}`, { headers: session, body }).catch(() => null)
        if (answer === null) continue
        // 503 says that this installation sends no mail.
        const isFine = answer.status < 500 || answer.status === 503
        expect(isFine, `${id} ${answer.status} ${String(body).slice(0, 60)}`).toBe(true)
        expect(check(answer.status)?.(answer.body).ok ?? true, `${id} ${answer.status}`).toBe(true)
      }
    }
  })
})

const nonsense: readonly string[] = [
  '{}',
  '[]',
  '{"nid":{},"hub_id":[],"vars":7,"token":{},"filename":[],"page":"x"}',
  '{"nid":[[[]]],"nodes":[{"nid":{}}],"pid":{},"list":7,"dirname":{"a":1}}',
  '{"nid":"/../..","hub_id":"/","dirname":"..","filename":"\\u0000","pid":"/a//b"}',
  '{"nid":"a0ffffffffffffff","hub_id":"d0ffffffffffffff","pid":"c000000000000001"}',
  '{"page":9007199254740991,"pagelength":9007199254740991,"nid":"0"}',
  '{"expiry_hours":1e300,"permission":-1,"hub_id":"x","nid":"0"}',
  '{"vars":{"ident":"\\ud800","password":"\\ud800"},"__proto__":{"nid":1},"echoId":{"a":1}}',
  'nid=%ff%fe&hub_id=%00&filename=%',
  '\u0000\u0001',
  `{"nid":"${'x'.repeat(70_000)}"}`,
  '['.repeat(50_000),
]
