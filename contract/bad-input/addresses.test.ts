import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorld, type World } from '../world.ts'
import { exchange } from './raw-http.ts'
import { leakIn, type WholeFace, wholeFaces } from './whole-faces.ts'

/** A place below each prefix of a face, for addresses that its router never sees. */
const places: readonly (readonly [face: string, path: string])[] = [
  ['dracoon', '/api/v4/nodes/'],
  ['dracoon', '/api/v4/'],
  ['cloudike', '/api/1/metadata/'],
  ['cloudike', '/api/0/'],
  ['drumee', '/-/svc/'],
  ['drumee', '/-/file/'],
  ['drumee', '/_/'],
]

const broken = ['%', '%zz', '%ff', 'a%', '%e0%a4%a', '%c3%28', `${'%'.repeat(500)}`]

const faceNamed = (name: string): WholeFace => {
  const found = wholeFaces.find(({ driver }) => driver.name === name)
  if (!found) throw new Error(`no face ${name}`)
  return found
}

describe('addresses and headers that are broken', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({
      env: { STRONGROOM_MAX_HEADER_BYTES: '8192', STRONGROOM_REQUEST_TIMEOUT_SECONDS: '1' },
    })
  })
  afterAll(() => world?.stop())

  const ask = (head: string) => exchange(world.url, head)
  const bodyOf = (text: string): unknown => JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4))
  const closing = 'Host: 127.0.0.1\r\nConnection: close\r\n'

  describe.each(places)('%s %s', (name, path) => {
    it.each(broken)('%s is 400 in the form of the face', async (code) => {
      for (const method of ['GET', 'POST', 'HEAD']) {
        const answer = await ask(`${method} ${path}${code} HTTP/1.1\r\n${closing}\r\n`)
        expect(answer.status, answer.text).toBe(400)
        if (method === 'HEAD') continue
        expect(faceNamed(name).isError(bodyOf(answer.text), 400), answer.text).toBe(true)
        expect(leakIn(answer.text)).toBeUndefined()
      }
    })

    it('headers beyond STRONGROOM_MAX_HEADER_BYTES are 431', async () => {
      for (const head of [
        `GET ${path}x HTTP/1.1\r\n${closing}X-Long: ${'y'.repeat(20_000)}\r\n\r\n`,
        `GET ${path}${'x'.repeat(20_000)} HTTP/1.1\r\n${closing}\r\n`,
        `GET ${path}x HTTP/1.1\r\n${closing}${'X-Many: 1\r\n'.repeat(3000)}\r\n`,
      ]) {
        const answer = await ask(head)
        expect(answer.status, answer.text).toBe(431)
        expect(faceNamed(name).isError(bodyOf(answer.text), 431), answer.text).toBe(true)
      }
    })

    it.each([
      ['an unknown version', 'GET PATHx HTTP/9.9\r\n\r\n'],
      ['a header without colon', `GET PATHx HTTP/1.1\r\n${closing}nonsense\r\n\r\n`],
      ['a header with a line feed in it', `GET PATHx HTTP/1.1\r\n${closing}A: b\nC\r\n\r\n`],
      [
        'two lengths',
        `POST PATHx HTTP/1.1\r\n${closing}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`,
      ],
      ['a negative length', `POST PATHx HTTP/1.1\r\n${closing}Content-Length: -1\r\n\r\n`],
      [
        'a length and chunks',
        `POST PATHx HTTP/1.1\r\n${closing}Content-Length: 5\r\n` +
          'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ],
      ['no host', 'GET PATHx HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ])('%s is 400', async (_what, head) => {
      const answer = await ask(head.replace('PATH', path))
      expect(answer.status, answer.text).toBe(400)
      expect(leakIn(answer.text)).toBeUndefined()
    })

    it('chunks that are none end the call', async () => {
      const chunks = 'Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n'
      const head = `POST ${path}x HTTP/1.1\r\n${closing}${chunks}`
      const answer = await ask(head)
      expect(answer.status).toBeLessThan(500)
    })
  })

  it.each([
    'OPTIONS * HTTP/1.1',
    'GET http://127.0.0.1/api/v4/nodes/% HTTP/1.1',
    'GET // HTTP/1.1',
  ])('%s is answered', async (line) => {
    const answer = await ask(`${line}\r\n${closing}\r\n`)
    expect(answer.status, answer.text).toBeGreaterThan(0)
    expect(answer.status, answer.text).toBeLessThan(500)
  })

  it('methods that nobody knows', async () => {
    for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'PATCH', 'NONSENSE']) {
      const answer = await ask(`${method} /api/v4/nodes HTTP/1.1\r\n${closing}\r\n`)
      expect(answer.status, `${method} ${answer.text}`).toBeLessThan(500)
    }
  })
})
