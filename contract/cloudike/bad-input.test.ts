import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../server/faces/cloudike/generated/operations.ts'
import { cloudikeRows } from '../../server/faces/cloudike/rows.ts'
import type { DocumentedOperation, JsonSchema } from '../../server/faces/documented.ts'
import { partOf } from '../bad-input/junk.ts'
import { callOperation } from '../face-driver.ts'
import type { Send } from '../row.ts'
import { startWorld, type World } from '../world.ts'
import { cloudikeDriver } from './driver.ts'

const odd: readonly unknown[] = [
  '',
  null,
  -1,
  1e21,
  true,
  [],
  ['/a', '/b'],
  { a: { b: 1 } },
  '\u0000',
  '\ud800',
  '/../..',
  '%00%ff',
  '[1',
  "'; drop table nodes; --",
  `/${'a/'.repeat(5000)}`,
  'x'.repeat(20_000),
]

// Those that have something to say. Login is last: its failures lock the network that they come
// from.
const reached = cloudikeRows()
  .map((row) => row.id)
  .filter((id) => fieldsOf(operations[id as keyof typeof operations]).length > 0)
  .sort((a, b) => Number(a === 'accountsLogin') - Number(b === 'accountsLogin'))

function fieldsOf(operation: DocumentedOperation): string[] {
  const { bodySchema } = operation
  const schema: JsonSchema | undefined =
    typeof bodySchema === 'string' ? cloudikeDriver.schemas[bodySchema] : bodySchema
  const inQuery = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name)
  return [...inQuery, ...Object.keys(schema?.properties ?? {})]
}

const whole = { path: '/x', from_path: '/x', to_path: '/', newname: 'y', temp_name: 't' }

/** One field odd and the others usual, in the body where there is one. */
function sends(operation: DocumentedOperation, turn: number): Send[] {
  const params = Object.fromEntries(
    operation.parameters.filter((one) => one.in === 'path').map((one) => [one.name, 'x']),
  )
  return fieldsOf(operation).flatMap((field, at) =>
    partOf(odd, turn + at, 3).map((value): Send => {
      if (operation.bodySchema) return { params, body: { ...whole, [field]: value } }
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
      return { params, query: { temp_name: 't', [field]: text.slice(0, 8000) } }
    }),
  )
}

describe('cloudike bad input', () => {
  let world: World
  let headers: Record<string, string>
  beforeAll(async () => {
    world = await startWorld()
    headers = await cloudikeDriver.signIn(world.url, world.admin.login, world.admin.password)
  })
  afterAll(() => world?.stop())

  it.each(reached)('%s answers as its document says', async (id) => {
    const operation = operations[id as keyof typeof operations]
    for (const send of sends(operation, reached.indexOf(id))) {
      const answer = await callOperation(cloudikeDriver, world.url, id, send, headers)
      const told = `${id} ${JSON.stringify(send).slice(0, 200)}: ${answer.status} ${answer.text}`
      expect([...Object.keys(operation.statuses), '501'], told).toContain(String(answer.status))
      if (answer.status >= 400) expect(cloudikeDriver.codeOf(answer.body), told).toBeDefined()
    }
  })

  it.each([
    ['/api/1/nothing/here', 'GET', 404, 'NotFound'],
    ['/api/1', 'GET', 404, 'NotFound'],
    ['/api/1/fileops/move/', 'GET', 405, 'MethodNotAllowed'],
  ])('%s by %s is %i', async (path, method, status, code) => {
    const response = await fetch(world.url + path, { method, headers })
    expect([response.status, cloudikeDriver.codeOf(await response.json())]).toEqual([status, code])
  })

  it.each(['%', '%ff'])('a path that is not well encoded (%s) is 400', async (path) => {
    const response = await fetch(`${world.url}/api/1/metadata/${path}`, { headers })
    expect(response.status).toBe(400)
  })

  it('a body beyond the limit is 413', async () => {
    const body = `path=/${'x'.repeat(20_000_000)}`
    const response = await fetch(`${world.url}/api/1/fileops/folder_create`, {
      method: 'POST',
      headers,
      body,
    })
    expect(response.status).toBe(413)
  })
})
