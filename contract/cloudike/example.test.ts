import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runExample } from '../run-example.ts'
import { castPeople, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'

describe('the example of the Cloudike API', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await castPeople(world)
  })
  afterAll(() => world?.stop())

  it('walks through and says what it does', async () => {
    const people = ['writer', password, 'member', password]
    const { stdout } = await runExample('cloudike', world.url, ...people)
    expect(stdout).toContain('shared it with member')
    expect(stdout.trim().split('\n').at(-1)).toBe('- signed out')
  })

  it('ends with 1 when something is unexpected', async () => {
    const failed = runExample('cloudike', world.url, 'writer', 'wrong')
    await expect(failed).rejects.toMatchObject({ code: 1 })
  })
})
