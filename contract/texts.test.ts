import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatewayTexter } from '../server/adapters/texts/gateway.ts'
import { contextFor } from '../server/core/ctx.ts'
import { texterSuite } from '../server/core/suites/texter.suite.ts'
import { queueText } from '../server/core/texts/queue-text.ts'
import { checkTexts } from '../server/main/commands/doctor-texts.ts'
import { loadConfig } from '../server/main/config.ts'
import { startTextSink, type TextSink } from './text-sink.ts'
import { startWorld } from './world.ts'

const to = '+491701234567'

function texterFor(env: Readonly<Record<string, string>>, withinMs?: number) {
  const { texts } = loadConfig(env)
  if (!texts) throw new Error('the sink gives no settings')
  return gatewayTexter({ ...texts, withinMs })
}

texterSuite('gatewayTexter', async () => {
  const sink = await startTextSink()
  return {
    texter: texterFor(sink.env),
    arrived: () => sink.texts.map(({ to, text }) => ({ to, text })),
    stop: () => sink.stop(),
  }
})

describe('the gateway', () => {
  let sink: TextSink
  let other: TextSink
  beforeAll(async () => {
    sink = await startTextSink()
    other = await startTextSink()
  })
  afterAll(async () => {
    await sink.stop()
    await other.stop()
  })
  const sending = (env: Record<string, string> = {}, withinMs?: number) =>
    texterFor({ ...sink.env, ...env }, withinMs).send({ to, text: 'A secret', id: 'one.2' })
  const failing = async (...args: Parameters<typeof sending>) =>
    String(await sending(...args).catch((error) => error))

  it('is told the sender, and an id that is the same at every attempt', async () => {
    await sending()
    expect(sink.texts.at(-1)).toEqual({ from: 'Strongroom', to, text: 'A secret', id: 'one.2' })
  })

  it('refuses for the moment, or for good', async () => {
    for (const status of [408, 429, 500, 503]) {
      sink.answerWith({ status })
      expect(await failing()).toBe(`Fault: unavailable text (status: ${status})`)
    }
    for (const status of [400, 404, 422]) {
      sink.answerWith({ status })
      expect(await failing()).toBe(`Fault: invalid text (status: ${status})`)
    }
    sink.answerWith(null)
    expect(await failing({ STRONGROOM_SMS_TOKEN: 'wrong' })).toMatch(/unavailable text.*401/)
  })

  it('cannot send us elsewhere', async () => {
    const location = other.env.STRONGROOM_SMS_URL ?? ''
    for (const status of [301, 302, 307, 308]) {
      sink.answerWith({ status, headers: { location } })
      expect(await failing()).toContain('unavailable text')
    }
    sink.answerWith(null)
    expect(other.texts).toEqual([])
  })

  it('does not answer', async () => {
    sink.answerWith('silence')
    expect(await failing({}, 50)).toBe('Fault: unavailable text (reason: no answer in time)')
    sink.answerWith(null)
    const gone = await failing({ STRONGROOM_SMS_URL: 'http://127.0.0.1:1/' })
    expect(gone).toMatch(/^Fault: unavailable text \(reason: /)
  })

  it('is looked at by doctor, and gets nothing', async () => {
    const before = sink.texts.length
    const stateOf = async (env: Readonly<Record<string, string>>) => {
      const [diagnosis] = await checkTexts(loadConfig(env))
      return `${diagnosis?.state} ${diagnosis?.text}`
    }
    expect(await stateOf({})).toMatch(/^good Text messages: none is sent/)
    expect(await stateOf(sink.env)).toMatch(/^good Text messages: 127\.0\.0\.1:\d+ answers/)
    const told = await stateOf({ ...sink.env, STRONGROOM_SMS_TOKEN: 'not-right' })
    expect(told).toMatch(/^wrong Text messages: .*token is refused.*check STRONGROOM_SMS_URL/)
    expect(told).not.toContain('not-right')
    expect(sink.texts.length).toBe(before)
  })

  it('is configured whole, and gets its token over TLS only', () => {
    for (const name of ['STRONGROOM_SMS_URL', 'STRONGROOM_SMS_TOKEN', 'STRONGROOM_SMS_FROM']) {
      expect(() => loadConfig({ ...sink.env, [name]: '' }), name).toThrow(/belong together/)
    }
    for (const url of [
      'http://sms.example.org/',
      'https://a:b@sms.example.org/',
      'sms:1',
      'ftp://a/',
    ]) {
      expect(() => loadConfig({ ...sink.env, STRONGROOM_SMS_URL: url }), url).toThrow(/SMS_URL/)
    }
    for (const from of ['0170 1234567', 'much too long a name', 'A\nB']) {
      expect(() => loadConfig({ ...sink.env, STRONGROOM_SMS_FROM: from }), from).toThrow(/SMS_FROM/)
    }
    const shown = loadConfig(sink.env).shown.map(({ value }) => value)
    expect(shown.join()).not.toContain(sink.env.STRONGROOM_SMS_TOKEN)
  })
})

it('a server with a gateway sends within a second of the commit', async () => {
  const sink = await startTextSink()
  const world = await startWorld({ env: sink.env })
  try {
    const tenant = await world.app.store.tenants.findDefault()
    const ctx = contextFor(world.app, tenant!, { kind: 'system' }, 'test')
    await ctx.write((tx) => queueText(ctx, tx, { to, text: 'Queued' }))
    expect((await sink.waitForText(to)).text).toBe('Queued')
    await expect.poll(() => ctx.read((tx) => tx.jobs.isDue(Date.now(), 'texts'))).toBe(false)
  } finally {
    await world.stop()
    await sink.stop()
  }
})
