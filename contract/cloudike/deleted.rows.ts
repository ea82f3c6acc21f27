import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/docs/b.txt': { file: 'beta' },
  '/docs/sub': 'folder',
} as const

const remove = (path: string) => async (scene: Scene) => {
  const { status } = await scene.call('fileopsDelete', 'writer', {
    body: { path: scene.path(path) },
  })
  if (status !== 200) throw new Error(`${path} was not deleted: ${status}`)
}
/** A file of this text at a path, by one who may write there. */
const bring = async (scene: Scene, path: string, text: string) => {
  const body = { path: scene.path(path), size: text.length }
  const made = await scene.call('filesCreate', 'writer', { body })
  const { url, confirm_url } = made.body as { url: string; confirm_url: string }
  await fetch(url, { method: 'PUT', body: text })
  await fetch(confirm_url, { method: 'POST' })
}
/** Deleted twice under one name: 'alpha', then 'newer'. */
const twice = async (scene: Scene) => {
  await remove('/docs/a.txt')(scene)
  await bring(scene, '/docs/a.txt', 'newer')
  await remove('/docs/a.txt')(scene)
}
const of =
  (path: string, query: object = {}) =>
  (scene: Scene) => ({
    params: { path: scene.path(path) },
    query: { ...query },
  })
const all = of('/docs', { deleted: true })
const textAt = async (url: unknown) => {
  const response = await fetch(String(url))
  return `${response.status} ${response.status === 200 ? await response.text() : ''}`
}

const listing = { op: 'metadata', as: 'writer', given } as const
const getting = { op: 'filesGet', as: 'writer', given } as const

/** The older model of the bin: what was deleted stays where it was. */
export const deletedRows: readonly ContractRow[] = [
  {
    ...listing,
    name: 'with what was deleted, the newest first, after what is live',
    before: async (scene) => {
      await remove('/docs/a.txt')(scene)
      await remove('/docs/sub')(scene)
    },
    send: all,
    want: (scene) => ({
      status: 200,
      headers: { etag: /^"[0-9a-f]{32}"$/ },
      body: {
        is_last_page: true,
        content: [
          { path: scene.path('/docs/b.txt'), deleted: false },
          { path: scene.path('/docs/sub'), deleted: true, folder: true, is_in_trash: true },
          { path: scene.path('/docs/a.txt'), deleted: true, folder: false, bytes: 5 },
        ],
      },
    }),
    async then(scene, answer) {
      const { hash } = answer.body as { hash: string }
      const same = await scene.call(
        'metadata',
        'writer',
        of('/docs', { deleted: true, hash })(scene),
      )
      expect(same.status).toBe(304)
      const page = { deleted: true, offset: 1, limit: 1 }
      const second = (await scene.call('metadata', 'writer', of('/docs', page)(scene))).body
      const wanted = { is_last_page: false, content: [{ path: scene.path('/docs/sub') }] }
      expect(second).toMatchObject(wanted)
      const folders = { deleted: true, dirs_only: true }
      const { content } = (await scene.call('metadata', 'writer', of('/docs', folders)(scene)))
        .body as { content: object[] }
      expect(content).toMatchObject([{ path: scene.path('/docs/sub') }])
    },
  },
  {
    ...listing,
    as: 'reader',
    name: 'who may not look into the bin sees what is live',
    before: remove('/docs/a.txt'),
    send: all,
    want: (scene) => ({
      status: 200,
      body: { content: [{ path: scene.path('/docs/sub') }, { path: scene.path('/docs/b.txt') }] },
    }),
  },
  {
    ...getting,
    name: 'rule 16: of a deleted file, the newest of its name',
    before: twice,
    send: of('/docs/a.txt'),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/docs/a.txt'), deleted: true, size: 5, name: 'a.txt' },
    }),
    async then(scene, { body }) {
      const { url } = body as { url: string }
      expect(await textAt(url)).toBe('200 newer')
      const path = { body: { path: scene.path('/docs/a.txt') } }
      await scene.call('fileopsUndelete', 'writer', path)
      expect(await textAt(url)).toBe('404 ')
    },
  },
  {
    ...getting,
    name: 'rule 16: not with deleted=false',
    before: remove('/docs/a.txt'),
    send: of('/docs/a.txt', { deleted: false }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    ...getting,
    as: 'reader',
    name: 'rule 16: not by who may not look into the bin',
    before: remove('/docs/a.txt'),
    send: of('/docs/a.txt'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    ...getting,
    name: 'rule 16: not of a folder',
    before: remove('/docs/sub'),
    send: of('/docs/sub'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    ...getting,
    name: 'rule 16: not in a version that it never had',
    before: remove('/docs/a.txt'),
    send: of('/docs/a.txt', { version: 999_999_999 }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    ...getting,
    name: 'a path with an empty name is 400',
    send: of('/docs//a.txt'),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'fileopsUndelete',
    as: 'writer',
    given,
    name: 'the newest of its name first, then the one before',
    before: twice,
    send: (scene) => ({ body: { path: scene.path('/docs/a.txt') } }),
    want: { status: 200, events: ['node.restored'] },
    async then(scene) {
      const get = async () => {
        const { body } = await scene.call('filesGet', 'writer', of('/docs/a.txt')(scene))
        return textAt((body as { url: string }).url)
      }
      expect(await get()).toBe('200 newer')
      const path = scene.path('/docs/a.txt')
      const move = { path, newname: 'newer.txt' }
      await scene.call('fileopsRename', 'writer', { body: move })
      await scene.call('fileopsUndelete', 'writer', { body: { path } })
      expect(await get()).toBe('200 alpha')
    },
  },
]
