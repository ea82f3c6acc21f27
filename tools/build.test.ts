import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const project = resolve(import.meta.dirname, '..')
const run = promisify(execFile)

const cli = `
import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { sourceStack } from './source-stack.ts'

type Said = { word: string }

export async function runCli(args: string[]): Promise<void> {
  const worker = new Worker(new URL('../adapters/echo-worker.ts', import.meta.url))
  const said = await new Promise<Said>((done) => worker.once('message', done))
  const page = readFileSync(new URL('../spec/page.json', import.meta.url), 'utf8')
  const { lazily } = await import('../core/lazy.ts')
  const bundled = !import.meta.url.endsWith('.ts')
  const where = sourceStack(lazily().stack ?? '').match(/lazy[.]ts:\\d+/)?.[0]
  console.log(JSON.stringify({ args, bundled, said, page: JSON.parse(page), where }))
}
`

let root = ''
const write = (path: string, text: string): void => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'))
  for (const path of [
    'bin',
    'tools/build.ts',
    'server/main/source-stack.ts',
    'package-lock.json',
  ]) {
    cpSync(join(project, path), join(root, path), { recursive: true })
  }
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'))
  write('package.json', '{"type":"module"}')
  write('server/main/cli.ts', cli)
  write('server/adapters/word.ts', "export const word: string = 'hello'\n")
  write(
    'server/adapters/echo-worker.ts',
    "import { parentPort } from 'node:worker_threads'\nimport { word } from './word.ts'\n" +
      'parentPort!.postMessage({ word })\n',
  )
  write('server/core/lazy.ts', "\n\nexport const lazily = (): Error => new Error('lazy')\n")
  write('server/spec/page.json', '{"page":1}')
})
afterAll(() => rmSync(root, { recursive: true }))

async function start(env: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const args = [join(root, 'bin/strongroom.js'), 'serve', '--x']
  const { stdout, stderr } = await run(process.execPath, args, { env: { ...process.env, ...env } })
  expect(stderr.replace(/^.*(?:Warning|--trace-warnings).*\n/gm, '')).toBe('')
  return JSON.parse(stdout)
}

const builds = (): string[] => readdirSync(join(root, 'dist')).filter((name) => name[0] !== '.')
const want = {
  args: ['serve', '--x'],
  said: { word: 'hello' },
  page: { page: 1 },
  where: 'lazy.ts:3',
}

describe('the bundle', { timeout: 60_000 }, () => {
  it('does what the sources do: workers, documents, lazy parts, places in stacks', async () => {
    expect(await start({ STRONGROOM_FROM_SOURCE: '1' })).toEqual({ ...want, bundled: false })
    expect(await start()).toEqual({ ...want, bundled: true })
  })

  it('is made once for a state of the sources, and anew for another', async () => {
    await Promise.all([start(), start()])
    expect(builds()).toHaveLength(1)
    write('server/adapters/word.ts', "export const word: string = 'good day'\n")
    expect(await start()).toEqual({ ...want, said: { word: 'good day' }, bundled: true })
    expect(builds()).toHaveLength(2)
  })

  it('runs without the sources', async () => {
    rmSync(join(root, 'dist'), { recursive: true })
    await start()
    rmSync(join(root, 'server/main'), { recursive: true })
    expect(await start()).toMatchObject({ bundled: true, page: { page: 1 } })
  })
})
