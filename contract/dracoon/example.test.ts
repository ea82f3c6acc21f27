import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runExample } from '../run-example.ts'
import { adminPassword, startWorld, type World } from '../world.ts'
import { dracoon } from './driver.ts'

describe('the example of the DRACOON API', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world?.stop())
  const walk = (...given: string[]) => runExample('dracoon', world.url, ...given)

  it('leaves encryption off unless a rescue password is given', async () => {
    const { stdout } = await walk('admin', adminPassword)
    expect(stdout).toContain('encryption is off, and left so')
    expect(stdout.trim().split('\n').at(-1)).toBe('- signed out')
  }, 60_000)

  it('walks through and says what it does', async () => {
    const { stdout } = await walk('admin', adminPassword, 'a word for the rescue key')
    expect(stdout).toContain('a stranger decrypted it')
    expect(stdout).toContain('removed what it had made')
    expect(stdout.trim().split('\n').at(-1)).toBe('- signed out')
  }, 120_000)

  it('leaves nothing behind but the administrator and his home', async () => {
    const headers = await dracoon.signIn(world.url, 'admin', adminPassword)
    for (const [list, left] of [
      ['nodes', 1],
      ['groups', 0],
      ['users', 1],
      ['shares/downloads', 0],
      ['shares/uploads', 0],
    ]) {
      const response = await fetch(`${world.url}/api/v4/${list}`, { headers })
      const body = (await response.json()) as { range: { total: number } }
      expect(body.range.total, JSON.stringify(body)).toBe(left)
    }
  })

  it('ends with 1 when something is unexpected', async () => {
    const failed = walk('admin', 'wrong')
    await expect(failed).rejects.toMatchObject({ code: 1, stderr: /^unexpected: / })
  })
})
