import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drivers } from './drivers.ts'
import { callOperation } from './face-driver.ts'
import { openStage, type Stage, urlFor } from './run.ts'
import { password } from './scene.ts'

describe('a configured public address', () => {
  let stage: Stage
  beforeAll(async () => {
    const env = { STRONGROOM_PUBLIC_URL: 'https://files.example.org:8443' }
    stage = await openStage(drivers.dracoon, { env })
  })
  afterAll(() => stage?.world.stop())

  /** Where an upload of this person is to go. */
  const uploadUrl = async (persona: 'admin' | 'stranger') => {
    const url = urlFor(stage.world, persona)
    const headers = await drivers.dracoon.signIn(url, persona, password)
    const call = (op: string, send: object) =>
      callOperation(drivers.dracoon, url, op, send, headers)
    const { homeRoomId } = (await call('requestUserInfo', {})).body as { homeRoomId: number }
    const body = { parentId: homeRoomId, name: 'a.txt' }
    const answer = await call('createFileUploadChannel', { body })
    return new URL((answer.body as { uploadUrl: string }).uploadUrl).origin
  }
  const startPageFor = (host: string) =>
    new Promise<string>((resolve, reject) => {
      request(stage.world.url, { headers: { host } }, async (incoming) => {
        resolve(Buffer.concat(await incoming.toArray()).toString())
      })
        .on('error', reject)
        .end()
    })

  it('is that of the default tenant; another has its own host name there', async () => {
    expect(await uploadUrl('admin')).toBe('https://files.example.org:8443')
    expect(await uploadUrl('stranger')).toBe('https://localhost:8443')
  })

  it('is answered on host names that nobody claims, whatever they are', async () => {
    for (const host of ['elsewhere.example', 'a"b', 'localhost.evil.example:1']) {
      expect(await startPageFor(host)).toContain('https://files.example.org:8443/')
    }
    expect(await startPageFor('LOCALHOST:1')).toContain('https://localhost:8443/')
  })

  it('is that of a proxy, through which nobody is told the metrics', async () => {
    const statusWith = async (headers: Record<string, string>) =>
      (await fetch(`${stage.world.url}/metrics`, { headers })).status
    expect(await statusWith({})).toBe(200)
    expect(await statusWith({ 'x-forwarded-for': '127.0.0.1' })).toBe(403)
    expect(await statusWith({ forwarded: 'for=192.0.2.1' })).toBe(403)
  })
})
