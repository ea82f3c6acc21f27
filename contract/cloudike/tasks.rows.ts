import { expect } from 'vitest'
import type { ContractRow, Persona, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
} as const

type Started = { taskid: string }

const keepTask = (scene: Scene, answer: { body: unknown }) => {
  scene.kept.task = (answer.body as Started).taskid
}
const ofTask = (scene: Scene) => ({ params: { taskid: String(scene.kept.task) } })
const stateOf = async (scene: Scene, as: Persona) =>
  (await scene.call('task', as, ofTask(scene))).body
const ended = (scene: Scene, as: Persona, end: object) =>
  expect.poll(() => stateOf(scene, as), { timeout: 10_000 }).toMatchObject(end)
const done = { progress: 'done', status: 'completed' }

const packing = (scene: Scene) => ({ query: { path: scene.path('/docs') } })
const packed = async (scene: Scene) => {
  keepTask(scene, await scene.call('filesDownloadAsArchive', 'reader', packing(scene)))
  await ended(scene, 'reader', done)
}

const announced = async (scene: Scene) => {
  const body = { path: scene.path('/new.txt'), size: 5 }
  const answer = await scene.call('filesCreate', 'writer', { body })
  const { url, confirm_url } = answer.body as { url: string; confirm_url: string }
  scene.kept.confirm = confirm_url
  await fetch(url, { method: 'PUT', body: 'hello' })
}
const confirming = (scene: Scene) => ({ body: { confirm_urls: [scene.kept.confirm] } })

const published =
  (more: object = {}) =>
  async (scene: Scene) => {
    const body = { path: scene.path('/docs'), ...more }
    const answer = await scene.call('linksCreate', 'writer', { body })
    scene.kept.hash = (answer.body as { public_hash: string }).public_hash
  }
const ofLink =
  (query: Record<string, string> = {}) =>
  (scene: Scene) => ({ params: { hash: String(scene.kept.hash) }, query })

const fetched = async (url: unknown) => (await fetch(String(url))).text()

const task = { op: 'task', as: 'reader', given } as const
const pack = { op: 'filesDownloadAsArchive', as: 'reader', given } as const
const packLink = { op: 'linksDownloadAsArchive', as: null, given } as const
const confirm = { op: 'filesMultiConfirm', as: 'writer', given } as const

/** Background tasks, and the operations that start one. */
export const taskRows: readonly ContractRow[] = [
  {
    ...pack,
    name: 'a task whose result is an address',
    send: packing,
    want: { status: 200, body: { taskid: (id) => String(id).length >= 20 } },
    then: async (scene, answer) => {
      keepTask(scene, answer)
      await ended(scene, 'reader', done)
      const { url } = (await stateOf(scene, 'reader')) as { url: string }
      expect(await fetched(url)).toContain('docs/a.txt')
    },
  },
  {
    ...pack,
    name: 'something that is not there',
    send: (scene) => ({ query: { path: scene.path('/nothing') } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  { ...pack, name: 'nothing wanted', send: {}, want: { status: 400, code: 'InvalidParameters' } },
  {
    ...task,
    name: 'what came of it',
    before: packed,
    send: ofTask,
    want: { status: 200, body: { ...done, files_count: 1 } },
  },
  {
    ...task,
    name: 'somebody else’s',
    as: 'writer',
    before: packed,
    send: ofTask,
    want: { status: 404, code: 'TaskNotFound' },
  },
  {
    ...task,
    name: 'an unknown one',
    send: { params: { taskid: 'nothing' } },
    want: { status: 404, code: 'TaskNotFound' },
  },
  {
    ...task,
    name: 'an unknown one, for nobody',
    as: null,
    send: { params: { taskid: 'nothing' } },
    want: { status: 401, code: 'Unauthorized' },
  },
  {
    ...packLink,
    name: 'a task for whoever has its id',
    before: published(),
    send: ofLink(),
    want: { status: 200, events: ['link.used'] },
    then: async (scene, answer) => {
      keepTask(scene, answer)
      await ended(scene, null, done)
      const { url } = (await stateOf(scene, null)) as { url: string }
      expect(await fetched(url)).toContain('docs/a.txt')
    },
  },
  {
    ...packLink,
    name: 'some of it',
    before: published(),
    send: ofLink({ path: '/a.txt' }),
    want: { status: 200, events: ['link.used'] },
    then: async (scene, answer) => {
      keepTask(scene, answer)
      const { url } = (await stateOf(scene, null)) as { url: string }
      expect(await fetched(url)).not.toContain('docs/')
    },
  },
  {
    ...packLink,
    name: 'without its password',
    before: published({ password: 'open it' }),
    send: ofLink(),
    want: { status: 403, code: 'LinkPasswordRequired' },
  },
  {
    ...packLink,
    name: 'after the last download',
    before: async (scene) => {
      await published({ download_max: 1 })(scene)
      await scene.call(packLink.op, null, ofLink()(scene))
    },
    send: ofLink(),
    want: { status: 403, code: 'LinkDownloadsExceeded' },
  },
  {
    ...packLink,
    name: 'after too many wrong passwords',
    before: async (scene) => {
      await published({ password: 'open it' })(scene)
      for (let round = 0; round < 12; round++) {
        await scene.call(packLink.op, null, { ...ofLink()(scene), query: { password: 'nope' } })
      }
    },
    send: (scene) => ({ ...ofLink()(scene), query: { password: 'open it' } }),
    want: { status: 403, code: 'LinkBlocked' },
  },
  {
    ...packLink,
    name: 'an unknown hash',
    send: { params: { hash: 'nothing' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    ...packLink,
    name: 'something that is not in it',
    before: published(),
    send: ofLink({ path: '/nothing' }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    ...packLink,
    name: 'a path that leads out',
    before: published(),
    send: ofLink({ path: '/../x' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    ...confirm,
    name: 'several uploads at once',
    before: announced,
    send: confirming,
    want: { status: 200, events: 'any' },
    then: async (scene, answer) => {
      keepTask(scene, answer)
      await ended(scene, 'writer', { ...done, success: 1, failed: 0 })
      const { status } = await scene.call('filesGet', 'reader', {
        params: { path: scene.path('/new.txt') },
      })
      expect(status).toBe(200)
    },
  },
  {
    ...confirm,
    name: 'an address of something else',
    send: { body: { confirm_urls: ['https://example.test/?a=b'] } },
    want: { status: 400, code: 'InvalidParameters' },
  },
]
