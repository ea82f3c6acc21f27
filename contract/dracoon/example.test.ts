import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminPassword, startWorld, type World } from '../world.ts'

const run = promisify(execFile)
const example = join(import.meta.dirname, '../../examples/dracoon.mjs')

describe('the example of the DRACOON API', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world?.stop())
  const walk = (...given: string[]) => run(process.execPath, [example, world.url, ...given])

  it('leaves encryption off unless a rescue password is given', async () => {
    const { stdout } = await walk('admin', adminPassword)
    expect(stdout).toContain('encryption is off, and left so')
    expect(stdout.trim().split('\n').at(-1)).toBe('- signed out')
  }, 60_000)

  it('walks through and says what it does', async () => {
    const { stdout } = await walk('admin', adminPassword, 'a word for the rescue key')
    expect(stdout).toContain('a second member decrypted the file')
    expect(stdout.trim().split('\n').at(-1)).toBe('- signed out')
  }, 120_000)

  it('ends with 1 when something is unexpected', async () => {
    const failed = walk('admin', 'wrong')
    await expect(failed).rejects.toMatchObject({ code: 1, stderr: /^unexpected: / })
  })
})
