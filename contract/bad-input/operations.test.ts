import { Agent, request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentedOperation } from '../../server/faces/documented.ts'
import { castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { junkBodies, junkHeaders, junkQueries, junkSegments, junkValues, partOf } from './junk.ts'
import { addressOf, fieldNames, leakIn, type WholeFace, wholeFaces } from './whole-faces.ts'

type Sent = {
  readonly what: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
  readonly method?: string
}

type Got = { readonly status: number; readonly text: string }

const agent = new Agent({ keepAlive: true })
afterAll(() => agent.destroy())

describe.each(wholeFaces)('$driver.name: junk for every operation', (face) => {
  const { driver } = face
  let world: World
  let headers: Record<string, string>
  let node: string
  beforeAll(async () => {
    world = await startWorld()
    const cast = await castPeople(world)
    const given = { '/f': 'folder', '/f/a.txt': { file: 'some text' } } as const
    const ids = await makeGiven(world.app, cast, 'Junk', given)
    headers = await driver.signIn(world.url, 'admin', password)
    node = String(await driver.idOf(world.app, cast.tenant.id, ids.get('/f/a.txt') ?? 0))
  })
  afterAll(() => world?.stop())

  /** Paths as they are: `fetch` would make them over. */
  function send(operation: DocumentedOperation, sent: Sent): Promise<Got> {
    const url = new URL(world.url)
    return new Promise((resolve, reject) => {
      const call = httpRequest({
        host: url.hostname,
        port: url.port,
        path: sent.path,
        method: sent.method ?? operation.method,
        headers: {
          ...headers,
          ...(sent.body === undefined ? {} : { 'content-length': Buffer.byteLength(sent.body) }),
          ...sent.headers,
        },
        agent,
      })
      call.setTimeout(10_000, () => call.destroy(new Error('no answer in 10 s')))
      call.on('error', reject)
      call.on('response', (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        )
      })
      call.end(sent.body)
    })
  }

  function problemIn(operation: DocumentedOperation, { status, text }: Got): string | undefined {
    const isDocumented = status !== 500 && status in operation.statuses
    if (status >= 500 && status !== 501 && !isDocumented) return `answers ${status}`
    if (status < 400) return undefined
    const leak = leakIn(text)
    if (leak !== undefined) return `leaks ${leak}`
    if (operation.method === 'HEAD' || text === '') return undefined
    try {
      if (face.isError(JSON.parse(text), status)) return undefined
    } catch {
      // told below
    }
    // Pages of a browser's flow have a form of their own.
    return text.startsWith('<!doctype html>') ? undefined : 'is no error of this face'
  }

  async function check(operation: DocumentedOperation, all: readonly Sent[]): Promise<void> {
    const problems: string[] = []
    for (const sent of all) {
      const got = await send(operation, sent).catch((error: Error) => ({
        status: 599,
        text: error.message,
      }))
      const problem = problemIn(operation, got)
      if (problem)
        problems.push(`${sent.what}: ${problem}: ${got.status} ${got.text.slice(0, 300)}`)
    }
    expect(problems).toEqual([])
  }

  it.each(face.operations.map((one, turn) => [one.id, one, turn] as const))(
    '%s',
    async (_id, operation, turn) => {
      await check(operation, [
        ...inPath(face, operation, node, turn),
        ...inQuery(face, operation, node, turn),
        ...inHeaders(face, operation, node, turn),
        ...inBody(face, operation, node, turn),
      ])
    },
    120_000,
  )

  it('the server goes on answering', async () => {
    const live = await fetch(`${world.url}/health/ready`)
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok', problems: [] }])
  })
})

const hasPlaces = ({ path }: DocumentedOperation) => path.includes('{')

type Part = (face: WholeFace, operation: DocumentedOperation, node: string, turn: number) => Sent[]

const inPath: Part = (face, operation, node, turn) => {
  const whole = addressOf(face, operation, () => node)
  return partOf(junkSegments, turn, hasPlaces(operation) ? 1 : 4).map((segment) => ({
    what: `path ${segment.slice(0, 20)}`,
    path: hasPlaces(operation)
      ? addressOf(face, operation, () => segment)
      : `${whole.replace(/\/$/, '')}/${segment}`,
  }))
}

const inQuery: Part = (face, operation, node, turn) => {
  const path = addressOf(face, operation, () => node)
  const queries = partOf(junkQueries, turn, 4).map((query) => ({
    what: `query ${query.slice(0, 40)}`,
    query,
  }))
  const names = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name)
  const values = names.flatMap((name, at) =>
    partOf(junkValues, turn + at, 3).map((value) => {
      const text = typeof value === 'string' ? value.slice(0, 6000) : JSON.stringify(value)
      const sent = text.isWellFormed() ? encodeURIComponent(text) : '%ed%a0%80'
      return { what: `query ${name}=${text.slice(0, 20)}`, query: `${name}=${sent}` }
    }),
  )
  return [...queries, ...values].map(({ what, query }) => ({ what, path: `${path}?${query}` }))
}

const inHeaders: Part = (face, operation, node, turn) => {
  const path = addressOf(face, operation, () => node)
  return partOf(junkHeaders, turn, 5).map(({ name, headers }) => ({ what: name, path, headers }))
}

const inBody: Part = (face, operation, node, turn) => {
  const takesBody = operation.method !== 'GET' && operation.method !== 'HEAD'
  if (!takesBody || (!operation.bodySchema && operation.requestContentTypes.length === 0)) return []
  const path = addressOf(face, operation, () => node)
  const whole = partOf(junkBodies, turn, 4).map(
    ({ name, type, body }): Sent => ({
      what: `body ${name}`,
      path,
      body,
      headers: type === undefined ? {} : { 'content-type': type },
    }),
  )
  const names = fieldNames(face.driver, operation)
  const fields = [...names, '__proto__', 'constructor'].flatMap((name, at) =>
    partOf(junkValues, turn + at, 3).map((value) => ({
      what: `body ${name}: ${(JSON.stringify(value) ?? '').slice(0, 40)}`,
      path,
      body: `{${others(names, name, node)}${JSON.stringify(name)}:${JSON.stringify(value)}}`,
      headers: { 'content-type': 'application/json' },
    })),
  )
  const twice = names.slice(0, 3).map((name) => ({
    what: `body ${name} twice`,
    path,
    body: `{"${name}":1,"${name}":"${node}"}`,
    headers: { 'content-type': 'application/json' },
  }))
  return [...whole, ...fields, ...twice]
}

const usual = (node: string): Readonly<Record<string, string>> => ({
  path: '"/Junk/f/a.txt"',
  from_path: '"/Junk/f/a.txt"',
  to_path: '"/Junk"',
  parentId: node,
  name: '"n"',
  nid: JSON.stringify(node),
  hub_id: '"0"',
  items: `[{"id":${/^\d+$/.test(node) ? node : 0}}]`,
})

/** Usual values for some of the other fields, so that one odd one is not hidden by its absence. */
function others(names: readonly string[], odd: string, node: string): string {
  const values = usual(node)
  return names
    .filter((name) => name !== odd && Object.hasOwn(values, name))
    .map((name) => `"${name}":${values[name]},`)
    .join('')
}
