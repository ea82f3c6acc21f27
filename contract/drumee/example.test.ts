import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castPeople, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'

const run = promisify(execFile)
const example = join(import.meta.dirname, '../../examples/drumee.mjs')

describe('the example of the Drumee API', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await castPeople(world)
  })
  afterAll(() => world?.stop())

  it('walks through and says what it does', async () => {
    const people = ['admin', password, 'member', password]
    const { stdout } = await run(process.execPath, [example, world.url, ...people])
    expect(stdout).toContain('shared the folder with member')
    expect(stdout.trim().split('\n').at(-1)).toBe('- removed the hub and signed out')
  })

  it('ends with 1 when something is unexpected', async () => {
    const failed = run(process.execPath, [example, world.url, 'admin', 'wrong'])
    await expect(failed).rejects.toMatchObject({ code: 1 })
  })
})
