import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventType } from '../server/core/event.ts'
import { changeSettings } from '../server/core/settings/change-settings.ts'
import type { Settings } from '../server/core/settings/settings.ts'
import { compileOperation, type FaceSchemas, faceSchemas } from '../server/faces/validate.ts'
import { callOperation, type FaceDriver, type HttpAnswer } from './face-driver.ts'
import { type MailSink, startMailSink } from './mail-sink.ts'
import { differences } from './match.ts'
import type { ContractRow, Given, Persona, Scene, Send, Want } from './row.ts'
import {
  type Cast,
  castPeople,
  contextOf,
  makeGiven,
  password,
  type Someone,
  strangerHost,
} from './scene.ts'
import { startTextSink, type TextSink } from './text-sink.ts'
import { startWorld, type World } from './world.ts'

export type Stage = {
  readonly world: World
  readonly cast: Cast
  readonly schemas: FaceSchemas
  /** Where the mails of the world go; absent: it sends none. */
  readonly sink?: MailSink
  /** Where its text messages go; absent: it sends none. */
  readonly texts?: TextSink
  headersOf(persona: Persona): Promise<Record<string, string>>
}

/**
 * Runs the rows of one tag against a whole server: each row in a room of its own, or all in one
 * that they share. Every reply is held against the document, with exactly the events that the row
 * names.
 */
export function runRows(
  driver: FaceDriver,
  tag: string,
  rows: readonly ContractRow[],
  options: StageOptions = {},
): void {
  describe(`${driver.name} ${tag}`, () => {
    const { shared } = options
    let stage: Stage
    let scene: Scene | undefined
    beforeAll(async () => {
      stage = await openStage(driver, options)
      if (shared) scene = await setScene(driver, stage, { given: shared }, tag)
    })
    afterAll(() => closeStage(stage))
    for (const [index, row] of rows.entries()) {
      it(`${row.op}: ${row.name}`, async () => {
        const own = scene ?? (await setScene(driver, stage, row, `${tag} ${index}`))
        await runRowIn(driver, stage, own, row)
      })
    }
  })
}

export type StageOptions = {
  /** The world sends mail, and rows can wait for it. */
  readonly mail?: boolean
  /** The world sends text messages, and rows can wait for them. */
  readonly texts?: boolean
  /** What holds in the tenant, where it is not what holds at first. */
  readonly settings?: Partial<Settings>
  /** How many users the other tenant may have; one is there. */
  readonly maxUsersElsewhere?: number
  /** One scene with this for all rows, which change nothing and say nothing of what they need. */
  readonly shared?: Given
  /** Of the server, by their variables. */
  readonly env?: Readonly<Record<string, string>>
}

export async function openStage(
  driver: FaceDriver,
  { mail = false, texts = false, settings, maxUsersElsewhere, env }: StageOptions = {},
): Promise<Stage> {
  const sink = mail ? await startMailSink() : undefined
  const textSink = texts ? await startTextSink() : undefined
  const world = await startWorld({ env: { ...sink?.env, ...textSink?.env, ...env } })
  const cast = await castPeople(world, maxUsersElsewhere)
  if (settings) {
    await changeSettings(contextOf(world.app, cast.tenant, cast.ids.admin), settings)
  }
  const signedIn = new Map<Someone, Promise<Record<string, string>>>()
  return {
    world,
    sink,
    texts: textSink,
    cast,
    schemas: faceSchemas(driver.schemas, { coerceBody: driver.coerceBody }),
    headersOf: async (persona) => {
      if (persona === null) return {}
      let headers = signedIn.get(persona)
      if (!headers) {
        headers = driver.signIn(urlFor(world, persona), persona, password)
        signedIn.set(persona, headers)
      }
      return headers
    },
  }
}

async function closeStage(stage: Stage | undefined): Promise<void> {
  await stage?.world.stop()
  await stage?.sink?.stop()
  await stage?.texts?.stop()
}

/** Where somebody calls: people of the other tenant use its host name. */
export function urlFor(world: World, persona: Persona): string {
  return persona === 'stranger' ? world.url.replace('127.0.0.1', strangerHost) : world.url
}

/** Runs a row in a scene that is there. */
export async function runRowIn(
  driver: FaceDriver,
  stage: Stage,
  scene: Scene,
  row: ContractRow,
): Promise<void> {
  const headers = await stage.headersOf(row.as)
  await row.before?.(scene)
  const marker = await lastEvent(stage)
  const send: Send = (typeof row.send === 'function' ? row.send(scene) : row.send) ?? {}
  const answer = await callOperation(driver, urlFor(stage.world, row.as), row.op, send, headers)
  const want = typeof row.want === 'function' ? row.want(scene) : row.want
  checkAnswer(driver, row.op, answer, want)
  checkReply(driver, stage, row.op, answer)
  if (want.events !== 'any') {
    expect(await eventsSince(stage, marker), 'events').toEqual(want.events ?? [])
  }
  await row.then?.(scene, answer)
}

/** A room of its own with what the row gives. */
export async function setScene(
  driver: FaceDriver,
  stage: Stage,
  row: Pick<ContractRow, 'given'>,
  roomName: string,
): Promise<Scene> {
  const { world, cast } = stage
  const nodes = await makeGiven(world.app, cast, roomName, row.given ?? {})
  const ids = new Map<string, string | number>()
  for (const [path, nodeId] of nodes) {
    ids.set(path, await driver.idOf(world.app, cast.tenant.id, nodeId))
  }
  return {
    url: world.url,
    id: (path) => found(ids, path),
    nodeId: (path) => found(nodes, path),
    userId: (persona) => cast.ids[persona],
    core: (persona) =>
      contextOf(world.app, persona === 'stranger' ? cast.other : cast.tenant, cast.ids[persona]),
    path: (path) => driver.pathOf(roomName, path),
    call: async (op, as, send) =>
      callOperation(driver, urlFor(world, as), op, send, await stage.headersOf(as)),
    waitForMail: (to) => {
      if (!stage.sink) throw new Error('this world sends no mail')
      return stage.sink.waitForMail(to)
    },
    waitForText: (to) => {
      if (!stage.texts) throw new Error('this world sends no text messages')
      return stage.texts.waitForText(to)
    },
    kept: {},
  }
}

function found<T>(map: ReadonlyMap<string, T>, path: string): T {
  const value = map.get(path)
  if (value === undefined) throw new Error(`${path} is not given in this row`)
  return value
}

function checkAnswer(driver: FaceDriver, op: string, answer: HttpAnswer, want: Want): void {
  const shown = `${op} answered ${answer.status} ${answer.text.slice(0, 600)}`
  expect(answer.status, shown).toBe(want.status)
  if (want.code !== undefined) expect(driver.codeOf(answer.body), shown).toBe(want.code)
  if (want.body !== undefined) expect(differences(answer.body, want.body), shown).toEqual([])
  for (const [name, value] of Object.entries(want.headers ?? {})) {
    const given = answer.headers.get(name) ?? ''
    if (typeof value === 'string') expect(given, `header ${name}`).toBe(value)
    else expect(given, `header ${name}`).toMatch(value)
  }
}

/** The document must know the status, and its schema must fit the body. */
export function checkReply(driver: FaceDriver, stage: Stage, op: string, answer: HttpAnswer): void {
  const operation = driver.operations[op]
  if (!operation || answer.status === 501) return
  const known = String(answer.status) in operation.statuses
  expect(known, `${op} does not document status ${answer.status}: ${answer.text}`).toBe(true)
  if (operation.method === 'HEAD') return
  // Where JSON is one of several types, its schema says nothing of the others.
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  if (!isJson && operation.replyContentTypes.length > 1) return
  const check = compileOperation(stage.schemas, operation).reply(answer.status)
  if (!check) return
  const checked = check(answer.body)
  expect(checked.ok ? [] : checked.problems, `${op} reply ${answer.status}`).toEqual([])
}

/** The id of the default tenant's newest event, 0 for none. */
export async function lastEvent(stage: Stage): Promise<number> {
  return stage.world.app.store.read(stage.cast.tenant.id, async (tx) => {
    const [last] = await tx.events.page({}, { offset: 0, limit: 1, descending: true })
    return last?.id ?? 0
  })
}

async function eventsSince(stage: Stage, afterId: number): Promise<EventType[]> {
  return stage.world.app.store.read(stage.cast.tenant.id, async (tx) => {
    const events = await tx.events.page({ afterId }, { offset: 0, limit: 100, descending: false })
    return events.map((event) => event.type)
  })
}
