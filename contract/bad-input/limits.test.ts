import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudikeDriver } from '../cloudike/driver.ts'
import { dracoon } from '../dracoon/driver.ts'
import { drumee } from '../drumee/driver.ts'
import { castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { exchange } from './raw-http.ts'
import { wholeFaces } from './whole-faces.ts'

const limits = {
  STRONGROOM_MAX_BODY_BYTES: '4096',
  STRONGROOM_MAX_UPLOAD_BYTES: '100000',
  STRONGROOM_MAX_UPLOAD_PARTS: '3',
  STRONGROOM_MAX_BULK_ITEMS: '5',
  STRONGROOM_REQUEST_TIMEOUT_SECONDS: '1',
  STRONGROOM_SMALL_FILE_BYTES: '10',
}

type Headers = Record<string, string>

describe('limits of the configuration', () => {
  let world: World
  let room: number
  let node: string
  let headers: Record<'dracoon' | 'cloudike' | 'drumee', Headers>
  beforeAll(async () => {
    world = await startWorld({ env: limits })
    const cast = await castPeople(world)
    const ids = await makeGiven(world.app, cast, 'Limits', {})
    room = ids.get('/') ?? 0
    node = String(await drumee.idOf(world.app, cast.tenant.id, room))
    headers = {
      dracoon: await dracoon.signIn(world.url, 'writer', password),
      cloudike: await cloudikeDriver.signIn(world.url, 'writer', password),
      drumee: await drumee.signIn(world.url, 'writer', password),
    }
  })
  afterAll(() => world?.stop())

  const smallBodies = {
    dracoon: ['/api/v4/nodes/folders', '{"parentId":1,"name":"'],
    cloudike: ['/api/1/fileops/folder_create/', '{"path":"/'],
    drumee: ['/-/svc/media.make_dir', '{"dirname":"'],
  } as const

  const json = (path: string, own: Headers, body: unknown, method = 'POST') =>
    fetch(world.url + path, {
      method,
      headers: { ...own, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  describe.each(wholeFaces)('$driver.name', (face) => {
    const { name } = face.driver
    const [path, start] = smallBodies[name]

    it('a body beyond STRONGROOM_MAX_BODY_BYTES is 413', async () => {
      const body = `${start}${'x'.repeat(5000)}"}`
      for (const sent of [body, streamOf(body)]) {
        const response = await fetch(world.url + path, {
          method: 'POST',
          headers: { ...headers[name], 'content-type': 'application/json' },
          body: sent,
          duplex: 'half',
        } as RequestInit)
        expect(response.status).toBe(413)
        expect(face.isError(await response.json(), 413)).toBe(true)
      }
    })

    it('headers and a small body that come too slowly end in time', async () => {
      const own = Object.entries(headers[name]).map(([key, value]) => `${key}: ${value}\r\n`)
      const line = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${own.join('')}`
      const slow = `${line}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n${start}`
      const cases = await Promise.all([
        exchange(world.url, line, 5000),
        exchange(world.url, slow, 5000),
      ])
      for (const { status, ms, text } of cases) {
        expect([400, 408], text).toContain(status)
        expect(ms).toBeLessThan(4000)
        // Of headers that never ended, Node does not tell the path.
        if (status === 408) continue
        const body: unknown = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4))
        expect(face.isError(body, status), text).toBe(true)
      }
    })
  })

  it('a long body is refused while it is still being sent', async () => {
    const body = 'x'.repeat(3_000_000)
    const head = `POST /api/v4/nodes/folders HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n`
    const token = `Authorization: ${headers.dracoon.authorization}\r\n`
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    const sent = `${head}${token}Transfer-Encoding: chunked\r\n\r\n${chunk}`
    const { status, ms } = await exchange(world.url, sent, 5000)
    expect(status).toBe(413)
    expect(ms).toBeLessThan(3000)
  })

  const names = async () => {
    const response = await fetch(`${world.url}/api/v4/nodes?parent_id=${room}`, {
      headers: headers.dracoon,
    })
    return ((await response.json()) as { items: { name: string }[] }).items.map((one) => one.name)
  }

  const tooMuch = Buffer.alloc(150_000, 'x')

  it('uploads beyond STRONGROOM_MAX_UPLOAD_BYTES are refused and leave nothing', async () => {
    const opened = await json('/api/v4/nodes/files/uploads', headers.dracoon, {
      parentId: room,
      name: 'big',
    })
    const { uploadUrl } = (await opened.json()) as { uploadUrl: string }
    const chunk = await fetch(uploadUrl, { method: 'POST', body: tooMuch })
    expect([chunk.status, await chunk.text()]).toEqual([413, expect.stringContaining('413')])
    const announced = { parentId: room, name: 'big 2', size: 150_000 }
    const channel = await json('/api/v4/nodes/files/uploads', headers.dracoon, announced)
    expect(channel.status).toBeLessThan(500)
    expect(channel.status).toBeGreaterThanOrEqual(400)

    const whole = {
      'x-param-xia-data': JSON.stringify({ filename: 'big', pid: node, hub_id: node }),
    }
    const posted = await fetch(`${world.url}/-/svc/media.upload`, {
      method: 'POST',
      headers: { ...headers.drumee, ...whole },
      body: streamOf('x'.repeat(150_000)),
      duplex: 'half',
    } as RequestInit)
    expect([413, 507], await posted.clone().text()).toContain(posted.status)

    const created = await json('/api/1/files/create/', headers.cloudike, {
      path: '/Limits/big',
      size: '150000',
    })
    expect(created.status, await created.clone().text()).toBe(413)
    expect(await names()).toEqual([])
  })

  it('more parts than STRONGROOM_MAX_UPLOAD_PARTS are refused', async () => {
    const opened = await json('/api/v4/nodes/files/uploads', headers.dracoon, {
      parentId: room,
      name: 'parts',
    })
    const { uploadUrl } = (await opened.json()) as { uploadUrl: string }
    const statuses: number[] = []
    for (let part = 0; part < 5; part++) {
      const sent = await fetch(uploadUrl, { method: 'POST', body: 'y'.repeat(100) })
      await sent.text()
      statuses.push(sent.status)
    }
    expect(statuses.slice(0, 3)).toEqual([201, 201, 201])
    expect(statuses[4]).toBeGreaterThanOrEqual(400)
    expect(statuses[4]).toBeLessThan(500)
  })

  it('more items than STRONGROOM_MAX_BULK_ITEMS are refused', async () => {
    const ids = Array.from({ length: 6 }, (_, at) => at + 1)
    const answers = [
      await json('/api/v4/nodes', headers.dracoon, { nodeIds: ids }, 'DELETE'),
      await json(`/api/v4/nodes/${room}/copy_to`, headers.dracoon, {
        items: ids.map((id) => ({ id })),
      }),
      await json('/-/svc/media.trash', headers.drumee, {
        nid: ids.map((id) => String(id)),
        hub_id: node,
      }),
      await json('/api/1/fileops/delete_many/', headers.cloudike, {
        path: ids.map((id) => `/${id}`),
      }),
    ]
    for (const answer of answers) {
      expect(answer.status, `${answer.url} ${await answer.clone().text()}`).toBeGreaterThanOrEqual(
        400,
      )
      expect(answer.status, answer.url).toBeLessThan(500)
    }
  })
})

function streamOf(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from(text))
      controller.close()
    },
  })
}
