import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudikeRows } from '../server/faces/cloudike/rows.ts'
import { dracoonRows } from '../server/faces/dracoon/rows.ts'
import { partRows } from '../server/faces/dracoon/upload-parts.ts'
import { drumeeRows } from '../server/faces/drumee/rows.ts'
import { loadConfig } from '../server/main/config.ts'
import { openFaces } from '../server/main/faces.ts'
import { anonymousRows } from './anonymous-rows.ts'
import { drivers } from './drivers.ts'
import { callOperation, type FaceDriver, type HttpAnswer } from './face-driver.ts'
import { startWorld, type World } from './world.ts'

const faces = openFaces(loadConfig({}))
const rowsOf = {
  dracoon: dracoonRows(),
  cloudike: cloudikeRows(),
  drumee: drumeeRows,
} as const

/** The words of `auth` under which somebody without a session comes through. */
const openWords = {
  dracoon: ['none'],
  cloudike: ['none', 'any'],
  drumee: ['open', 'anyone', 'dmz'],
} as const
const closedWords = {
  dracoon: ['user', 'service'],
  cloudike: ['user', 'token', 'device'],
  drumee: ['session', 'node', 'visit'],
} as const

/** What each face calls an operation that it knows and does not reach. */
const notImplemented = { dracoon: undefined, cloudike: 'NotImplemented', drumee: 'NOT_IMPLEMENTED' }
const nowhere = { dracoon: '/api/v4/nowhere', cloudike: '/api/1/nowhere/', drumee: '/-/svc/no.way' }
const unknownWords = /There is no such operation|no such service|no such module|calls no service/

/** An id that nothing has, in every place of a path. */
const nothing = '999999999'

describe.each(faces)('the rows of $name', (face) => {
  const name = face.name as FaceDriver['name']
  const documented = drivers[name].operations
  const rows = rowsOf[name]
  const routed = new Set(face.routes.map(({ operationId }) => operationId))

  it('stand in the document', () => {
    expect(rows.map(({ id }) => id).filter((id) => !(id in documented))).toEqual([])
  })

  it('are one each', () => {
    const ids = rows.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('are what the face serves, besides pages and upload addresses', () => {
    const known = new Set([...rows, ...partRows].map(({ id }) => id))
    const others = [...face.rows.keys()].filter((id) => !known.has(id))
    expect(others.filter((id) => !/^(?:oauth|page)\./.test(id))).toEqual([])
  })

  it('say who may call', () => {
    const words: readonly string[] = [...openWords[name], ...closedWords[name]]
    expect(rows.filter(({ auth }) => !words.includes(auth)).map(({ id }) => id)).toEqual([])
  })

  it('without a session are exactly the named ones', () => {
    const words: readonly string[] = openWords[name]
    const open = [...face.rows.values()].filter(({ auth }) => words.includes(auth))
    expect(open.map(({ id }) => id).sort()).toEqual([...anonymousRows[name]].sort())
  })

  it('and all other operations have a route', () => {
    expect(Object.keys(documented).filter((id) => !routed.has(id))).toEqual([])
  })
})

describe('every documented operation over HTTP', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world?.stop())

  it.each(faces)('$name knows what it does not know', async (face) => {
    const name = face.name as FaceDriver['name']
    const text = await (await fetch(world.url + nowhere[name])).text()
    expect(text).toMatch(unknownWords)
  })

  it.each(faces)('$name answers every one, or says that it is not built', async (face) => {
    const driver = drivers[face.name as FaceDriver['name']]
    const login = () => driver.signIn(world.url, world.admin.login, world.admin.password)
    const headers = await login()
    const wrong: string[] = []
    for (const id of Object.keys(driver.operations)) {
      // Calls that end a session end one of their own.
      const own = /logout/i.test(id) ? await login() : headers
      for (const answer of await callEveryWay(driver, world.url, id, own)) {
        const fault = wrongIn(driver, id, face.rows.has(id), answer)
        if (fault) wrong.push(`${id}: ${fault} ${answer.status} ${answer.text.slice(0, 200)}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

/** By every method and path that the document has for it. */
async function callEveryWay(
  driver: FaceDriver,
  url: string,
  id: string,
  headers: Record<string, string>,
): Promise<HttpAnswer[]> {
  const { methods, path, aliases } = driver.operations[id]!
  const answers: HttpAnswer[] = []
  for (const template of [path, ...aliases]) {
    const filled = driver.prefix + template.replace(/\{\w+\}/g, nothing)
    for (const method of methods) {
      const send = { path: filled, method }
      answers.push(await callOperation(driver, url, id, send, headers))
    }
  }
  return answers
}

function wrongIn(
  driver: FaceDriver,
  id: string,
  built: boolean,
  answer: HttpAnswer,
): string | undefined {
  if (unknownWords.test(answer.text)) return 'is an unknown route:'
  if (built) {
    const isDocumented = answer.status in driver.operations[id]!.statuses
    const fails = answer.status === 500 || (answer.status > 500 && !isDocumented)
    return fails || answer.status === 405 ? 'fails:' : undefined
  }
  if (answer.status !== 501) return 'is not built and answers'
  if (answer.text === '') return undefined
  if (!answer.text.includes(`${id} is`)) return 'is taken for another operation:'
  const code = driver.codeOf(answer.body)
  return code === notImplemented[driver.name] ? undefined : `has the code ${code}:`
}
