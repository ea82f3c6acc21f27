import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloudikeDriver } from '../cloudike/driver.ts'
import { dracoon } from '../dracoon/driver.ts'
import { drumee } from '../drumee/driver.ts'
import { callOperation, type FaceDriver } from '../face-driver.ts'
import type { Send } from '../row.ts'
import { castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'

let world: World
let fileId: number

beforeAll(async () => {
  world = await startWorld()
  const cast = await castPeople(world)
  const ids = await makeGiven(world.app, cast, 'Room', { '/a.txt': { file: 'alpha' } })
  fileId = ids.get('/a.txt') ?? 0
})
afterAll(() => world?.stop())

const call = async (driver: FaceDriver, op: string, send: Send) => {
  const headers = await driver.signIn(world.url, 'writer', password)
  const { status, body } = await callOperation(driver, world.url, op, send, headers)
  expect(status, `${op}: ${JSON.stringify(body)}`).toBeLessThan(300)
  return body
}
const path = '/Room/a.txt'

it('what is said in one is read in the other', async () => {
  const text = 'look at this'
  await call(dracoon, 'createNodeComment', { params: { node_id: fileId }, body: { text } })
  const comments = await call(cloudikeDriver, 'workflowComments', { params: { path } })
  expect(comments).toMatchObject([{ text, type: 'text' }])
})

it('what is deleted in one comes back through another, with what was said', async () => {
  await call(cloudikeDriver, 'fileopsDelete', { body: { path } })
  const nid = `a0${fileId.toString(16).padStart(14, '0')}`
  const bin = await call(drumee, 'media.show_bin', { body: { nid: '/Room' } })
  expect(bin).toMatchObject({ data: [{ nid, status: 'deleted' }] })
  await call(dracoon, 'restoreNodes', { body: { deletedNodeIds: [fileId] } })
  const meta = await call(cloudikeDriver, 'metadata', { params: { path } })
  expect(meta).toMatchObject({ path, deleted: false })
  const node = await call(dracoon, 'requestNode', { params: { node_id: fileId } })
  expect(node).toMatchObject({ id: fileId, cntComments: 1 })
})
