import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudikeDriver } from '../cloudike/driver.ts'
import { dracoon } from '../dracoon/driver.ts'
import { drumee } from '../drumee/driver.ts'
import { callOperation, type FaceDriver } from '../face-driver.ts'
import type { Send } from '../row.ts'
import { castPeople, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'

describe('a folder that is shared through one API', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await castPeople(world)
  })
  afterAll(() => world?.stop())

  const call = async (driver: FaceDriver, as: string, op: string, send: Send) => {
    const headers = await driver.signIn(world.url, as, password)
    return callOperation(driver, world.url, op, send, headers)
  }
  const cloudike = async (as: string, op: string, send: Send) => {
    const answer = await call(cloudikeDriver, as, op, send)
    expect(answer.status, `${op}: ${answer.text}`).toBeLessThan(400)
    return answer
  }
  const share = async (path: string, writer: boolean) => {
    await cloudike('writer', 'fileopsFolderCreate', { body: { path } })
    const body = { path, member_login: 'member', writer }
    const { hash } = (await cloudike('writer', 'sharesAdd', { body })).body as { hash: string }
    await cloudike('member', 'sharesAccept', { body: { hash } })
  }
  type Room = { id: number; name: string; type: string; parentId?: number }
  const roomsOf = async (as: string) => {
    const { body } = await call(dracoon, as, 'requestNodes', { query: { parent_id: 0 } })
    return (body as { items: Room[] }).items
  }

  it('is a room of its members in DRACOON, and they are in it', async () => {
    await share('/For all', true)
    const room = (await roomsOf('member')).find(({ name }) => name === 'For all')
    expect(room).toMatchObject({ type: 'room' })
    expect((await roomsOf('writer')).map(({ name }) => name)).not.toContain('For all')
    const made = await call(dracoon, 'member', 'createFolder', {
      body: { parentId: room?.id, name: 'From the room' },
    })
    expect(made.status, made.text).toBe(201)
    await cloudike('writer', 'metadata', { params: { path: 'For all/From the room' } })
    const body = { from_path: '/For all/From the room', to_path: '/' }
    await cloudike('writer', 'fileopsMove', { body })
    const gone = await call(cloudikeDriver, 'member', 'metadata', {
      params: { path: 'For all/From the room' },
    })
    expect(gone.status).toBe(404)
  })

  it('is a hub on the desk of its members in Drumee', async () => {
    await share('/For the desk', false)
    const { text } = await call(drumee, 'member', 'desk.home', { body: {} })
    expect(text).toContain('"For the desk"')
  })

  it('has one listing for all, which is told by its tag', async () => {
    await share('/Tagged', true)
    const tagOf = async (as: string) => {
      const { headers } = await cloudike(as, 'metadata', { params: { path: 'Tagged' } })
      return headers.get('etag')
    }
    const tag = await tagOf('writer')
    expect(await tagOf('member')).toBe(tag)
    const known = { params: { path: 'Tagged' }, headers: { 'if-none-match': String(tag) } }
    expect((await call(cloudikeDriver, 'member', 'metadata', known)).status).toBe(304)
    await cloudike('member', 'fileopsFolderCreate', { body: { path: '/Tagged/in' } })
    const changed = await tagOf('writer')
    expect(changed).not.toBe(tag)
    expect(await tagOf('member')).toBe(changed)
    await cloudike('member', 'fileopsFolderCreate', { body: { path: '/Tagged/in/deeper' } })
    expect(await tagOf('writer')).toBe(changed)
  })
})
