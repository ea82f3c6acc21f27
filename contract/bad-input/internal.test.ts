import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { castPeople, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { leakIn, wholeFaces } from './whole-faces.ts'

const calls = {
  dracoon: ['GET', '/api/v4/user/account'],
  cloudike: ['GET', '/api/1/metadata/'],
  drumee: ['POST', '/-/svc/drumate.get_profile'],
} as const

/** What nobody has foreseen: the caller learns nothing of it, the log everything. */
describe('errors inside', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await castPeople(world)
  })
  afterAll(() => world?.stop())
  afterEach(() => vi.restoreAllMocks())

  it.each(wholeFaces)('$driver.name tells nothing of it', async (face) => {
    const headers = await face.driver.signIn(world.url, 'writer', password)
    const [method, path] = calls[face.driver.name]
    const inside = new TypeError(
      'select * from nodes where secret = 1 at /home/x/server/core/a.ts:7',
    )
    const logged = vi.spyOn(world.app.log, 'error')
    vi.spyOn(world.app, 'clock').mockImplementation(() => {
      throw inside
    })
    const response = await fetch(world.url + path, { method, headers })
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(face.isError(JSON.parse(text), 500), text).toBe(true)
    expect(leakIn(text)).toBeUndefined()
    const told = logged.mock.calls.filter((call) => String(call[1]) === 'unexpected error')
    expect(told).toEqual([[expect.objectContaining({ err: inside }), 'unexpected error']])
  })
})
