import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { sweep } from '../../server/core/jobs/sweep.ts'
import { nameKey } from '../../server/lib/names/name-key.ts'
import { drumee } from '../drumee/driver.ts'
import { type Cast, castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { exchange, open, untilEnd } from './raw-http.ts'
import { headOf, type Place, uploadForms } from './upload-forms.ts'

const size = 3_000_000
const bytes = Buffer.alloc(size, 'x')
const day = 86_400_000

describe('uploads that break off', () => {
  let world: World
  let cast: Cast
  let place: Place
  let logged: ReturnType<typeof vi.spyOn>
  beforeAll(async () => {
    world = await startWorld({ env: { STRONGROOM_IDLE_TIMEOUT_SECONDS: '1' } })
    cast = await castPeople(world)
    const ids = await makeGiven(world.app, cast, 'Broken', {})
    const roomId = ids.get('/') ?? 0
    const code = String(await drumee.idOf(world.app, cast.tenant.id, roomId))
    place = { world, roomName: 'Broken', roomId, code }
  })
  afterAll(() => world?.stop())
  beforeEach(() => {
    logged = vi.spyOn(world.app.log, 'error')
  })
  afterEach(() => logged.mockRestore())

  const names = () =>
    world.app.store.read(cast.tenant.id, async (tx) => {
      const below = await tx.nodes.subtree(place.roomId)
      return below.slice(1).map(({ name }) => name)
    })
  /** What is visible, what is booked, and what lies in the byte store. */
  const state = async () => ({
    names: await names(),
    booked: await world.app.store.read(cast.tenant.id, (tx) => tx.tallies.tenantBytes()),
    files: filesIn(world.dataDir),
  })
  const sweepLater = () => sweep({ ...world.app, clock: () => Date.now() + 3 * day })
  const unexpected = () =>
    logged.mock.calls.filter((call: unknown[]) => call[1] === 'unexpected error')

  describe.each(uploadForms)('$name', (form) => {
    it.each([0, 10, 100_000, size - 1])(
      'cut after %i bytes: nothing of it is left',
      async (cut) => {
        await sweepLater()
        const before = await state()
        const upload = await form.open(place, `cut-${cut}`, size)
        const socket = await open(world.url)
        socket.on('error', () => undefined)
        socket.write(headOf(upload, size))
        socket.write(bytes.subarray(0, cut))
        await wait(40)
        socket.destroy()
        await vi.waitFor(async () => {
          await sweepLater()
          expect(await state()).toEqual(before)
        }, 5000)
        expect(unexpected()).toEqual([])
      },
    )

    it('stalled beyond STRONGROOM_IDLE_TIMEOUT_SECONDS ends and can be sent again', async () => {
      const fileName = nameKey(`stalled by ${form.name.replace(',', '')}`)
      const upload = await form.open(place, fileName, size)
      const socket = await open(world.url)
      const ended = untilEnd(socket, 6000)
      socket.write(headOf(upload, size))
      socket.write(bytes.subarray(0, 70_000))
      const { status, ms } = await ended
      expect(status).toBeLessThan(500)
      expect(ms).toBeLessThan(4000)
      expect(unexpected()).toEqual([])
      expect(await names()).not.toContain(fileName)

      const head = headOf(upload, size).replace('\r\n', '\r\nConnection: close\r\n')
      const whole = Buffer.concat([Buffer.from(head), bytes, Buffer.from(upload.after)])
      const sent = await exchange(world.url, whole)
      expect([200, 201], sent.text.slice(0, 600)).toContain(sent.status)
      if (upload.finish) expect([200, 201]).toContain(await upload.finish())
      if (form.name.includes('a part')) return
      const stored = await world.app.store.read(cast.tenant.id, (tx) =>
        tx.nodes.findChild(place.roomId, fileName),
      )
      expect(stored?.content?.size).toBe(size)
    })
  })

  it('a reader that stalls is let go', async () => {
    const own = await drumee.signIn(world.url, 'writer', password)
    const length = 60_000_000
    const facts = { filename: 'long.bin', pid: place.code, hub_id: place.code }
    const posted = await fetch(`${world.url}/-/svc/media.upload`, {
      method: 'POST',
      headers: { ...own, 'x-param-xia-data': JSON.stringify(facts) },
      body: Buffer.alloc(length),
    })
    const { data } = (await posted.json()) as { data: { nid: string } }
    const socket = await open(world.url)
    const fields = Object.entries(own).map(([name, value]) => `${name}: ${value}\r\n`)
    const path = `/-/svc/media.orig?nid=${data.nid}&hub_id=${place.code}`
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${fields.join('')}\r\n`)
    await wait(3500)
    // What the kernel has taken comes still, and then the end instead of the rest.
    const { text, status } = await untilEnd(socket, 5000)
    expect(status).toBe(200)
    expect(text.length).toBeLessThan(length)
    expect(unexpected()).toEqual([])
  })
})

/** Objects in the byte store, begun ones too. */
function filesIn(dataDir: string): string[] {
  const root = join(dataDir, 'blobs')
  return (readdirSync(root, { recursive: true }) as string[]).filter((name) =>
    statSync(join(root, name)).isFile(),
  )
}
