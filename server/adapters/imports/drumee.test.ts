import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isFault } from '../../core/fault.ts'
import { drumeeSources } from './drumee.ts'
import type { HostRule } from './host-rules.ts'

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void

const any: HostRule[] = [{ host: '*', port: '*' }]
const ref = { room: 'h', node: 'n' }
const loopback = ['loopback']

describe('a source that speaks services', () => {
  let server: http.Server
  let url: string
  let handle: Handler
  const asked: string[] = []

  beforeAll(async () => {
    server = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      handle(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    asked.length = 0
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const answer =
    (data: unknown, { status = 200, state = 'token', headers = {} } = {}): Handler =>
    (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify({ __ack__: 'x', __status__: state, data }))
    }
  const source = (networks = loopback, hosts = any, at = url) =>
    drumeeSources({ hosts, networks }).connect({ url: at, token: 'secret' })
  const faultOf = async (work: () => unknown): Promise<string> => {
    try {
      await work()
    } catch (error) {
      if (!isFault(error)) throw error
      return [error.code, error.data.rule].filter(Boolean).join(' ')
    }
    return 'none'
  }
  const bytes = async (offset = 0, length = 4) => {
    const chunks = []
    for await (const chunk of source().open(ref, offset, length)) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }

  it('reads rows with what they are called, and doubts the rest', async () => {
    handle = answer([
      { nid: '1', filename: 'a', ext: 'tar.gz', filetype: 'archive', filesize: '7', mtime: 9 },
      { id: '2', filename: 'b', category: 'folder', hub_id: 'other', md5Hash: 'x' },
      { nid: '3', filename: 'c', filetype: 'hub', hub_id: '3', actual_home_id: '4' },
      { nid: '5', filename: 'd', ext: '', filesize: -1, md5Hash: 'A'.repeat(32), mtime: 1e300 },
    ])
    const { entries, isLast } = await source().list(ref, 1)
    const none = { size: null, md5: null, modifiedAt: null }
    expect(isLast).toBe(true)
    expect(entries).toEqual([
      { ...none, ref: { room: 'h', node: '1' }, kind: 'file', name: 'a.tar.gz', ...seven },
      { ...none, ref: { room: 'other', node: '2' }, kind: 'folder', name: 'b' },
      { ...none, ref: { room: '3', node: '4' }, kind: 'folder', name: 'c' },
      { ...none, ref: { room: 'h', node: '5' }, kind: 'file', name: 'd', md5: 'a'.repeat(32) },
    ])
    handle = answer(Array.from({ length: 45 }, (_, at) => ({ nid: `${at}`, filename: 'x' })))
    expect((await source().list(ref, 1)).isLast).toBe(false)
    handle = answer({ nid: '1', filename: 'one' })
    expect((await source().list(ref, 1)).entries).toHaveLength(1)
  })
  const seven = { size: 7, modifiedAt: 9000 }

  it.each<[string, Handler]>([
    ['wrong-credentials', answer([], { state: 'offline' })],
    ['wrong-credentials', answer([], { status: 404, state: 'offline' })],
    ['forbidden', answer([], { status: 403 })],
    ['not-found', answer([], { status: 404 })],
    ['invalid answer', answer([], { status: 400 })],
    ['invalid answer', answer([{ filename: 'no id' }])],
    ['invalid answer', answer([{ nid: 'x'.repeat(300), filename: 'a' }])],
    ['invalid answer', answer('text')],
    ['invalid answer', (_request, response) => response.end('<html>')],
    ['invalid answer', (_request, response) => response.writeHead(404).end('nothing')],
    ['invalid answer', answer([], { headers: { 'content-encoding': 'gzip' } })],
    ['invalid redirect', answer([], { status: 302, headers: { location: 'http://10.0.0.1/' } })],
    ['invalid too-long', (_request, response) => response.end(Buffer.alloc(2 * 2 ** 20, 32))],
    ['unavailable status', answer([], { status: 500 })],
    ['unavailable status', answer([], { status: 429 })],
    ['unavailable connection', (request) => request.socket.destroy()],
    [
      'unavailable connection',
      (request, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{')
        setImmediate(() => request.socket.destroy())
      },
    ],
  ])('says %s of what is no good answer', async (fault, handler) => {
    handle = handler
    expect(await faultOf(() => source().list(ref, 1))).toBe(fault)
    expect(asked).toEqual(['POST /-/svc/media.show_node_by'])
  })

  it('sends the token in its header and follows nobody', async () => {
    const tokens: unknown[] = []
    handle = (request, response) => {
      tokens.push(request.headers['x-param-mfs-token'])
      answer([{ nid: 'n', filename: 'f' }])(request, response)
    }
    await source().describe(ref)
    expect(tokens).toEqual(['secret'])
    handle = answer([])
    expect(await faultOf(() => source().describe(ref))).toBe('not-found')
    expect(await source().totals(ref)).toEqual({ files: null, bytes: null })
  })

  it('reads a part of a file, and only that', async () => {
    const send = (status: number, headers: object, body: string): Handler => {
      return (_request, response) => {
        response.writeHead(status, { ...headers }).end(body)
      }
    }
    handle = send(206, { 'content-range': 'bytes 3-6/9' }, 'abcd')
    expect(await bytes(3)).toBe('abcd')
    handle = send(200, {}, 'abcd')
    expect(await bytes(0)).toBe('abcd')
    expect(await faultOf(() => bytes(3))).toBe('invalid range')
    handle = send(206, { 'content-range': 'bytes 0-3/9' }, 'abcd')
    expect(await faultOf(() => bytes(3))).toBe('invalid range')
    handle = send(206, { 'content-range': 'bytes 3-6/9', 'content-encoding': 'br' }, 'abcd')
    expect(await faultOf(() => bytes(3))).toBe('invalid range')
    handle = answer([], { status: 416 })
    expect(await faultOf(() => bytes(3))).toBe('invalid range')
    handle = answer([], { status: 404 })
    expect(await faultOf(() => bytes(3))).toBe('not-found')
  })

  it('calls no private address, however it is written', async () => {
    const { port } = new URL(url)
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '0']) {
      const closed = source([], any, `http://${host}:${port}`)
      expect(await faultOf(() => closed.describe(ref)), host).toBe('forbidden address')
    }
    expect(asked).toEqual([])
  })

  it('takes only servers that are named', () => {
    const rules: HostRule[] = [
      { host: 'a.test', port: null },
      { host: '*.b.test', port: 8443 },
      { host: '127.0.0.1', port: '*' },
    ]
    const verdict = (at: string) => faultOf(() => source([], rules, at).close())
    const good = ['https://a.test', 'http://A.TEST:80/', 'https://x.b.test:8443', url]
    const bad = ['https://a.test:8443', 'https://b.test:8443', 'https://x.b.test', 'http://b.c']
    const broken = ['ftp://a.test', 'https://u:p@a.test', 'https://a.test/?q', 'a.test', '']
    return Promise.all([
      ...good.map(async (at) => expect(await verdict(at), at).toBe('none')),
      ...bad.map(async (at) => expect(await verdict(at), at).toBe('forbidden host')),
      ...broken.map(async (at) => expect(await verdict(at), at).toBe('invalid form')),
    ])
  })

  it.each([
    ['', '/-/svc/'],
    ['/', '/-/svc/'],
    ['/-', '/-/svc/'],
    ['/-/svc/', '/-/svc/'],
    ['/_/main/', '/_/main/svc/'],
    ['/files', '/files/-/svc/'],
  ])('finds the services behind "%s"', async (path, wanted) => {
    handle = answer([{ nid: 'n', filename: 'f' }])
    await source(loopback, any, url + path).describe(ref)
    expect(asked).toEqual([`POST ${wanted}media.get_node_attr`])
  })

  it('breaks off when the installation stops', async () => {
    const sources = drumeeSources({ hosts: any, networks: loopback })
    const open = sources.connect({ url, token: 'secret' })
    handle = () => sources.stop()
    expect(await faultOf(() => open.describe(ref))).toBe('unavailable stopped')
    expect(await faultOf(() => open.describe(ref))).toBe('unavailable stopped')
    const header = () => sources.connect({ url, token: 'a\r\nb: c' })
    expect(await faultOf(header)).toBe('invalid form')
  })
})
