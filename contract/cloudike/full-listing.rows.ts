import { expect } from 'vitest'
import type { ContractRow, Persona, Scene } from '../row.ts'

const given = {
  '/docs': 'folder',
  '/docs/deep': 'folder',
  '/docs/deep/a.txt': { file: 'alpha' },
  '/b.txt': { file: 'beta' },
} as const

const started = async (scene: Scene, as: Persona = 'reader') => {
  const { body } = await scene.call('metadataFullListing', as, {})
  scene.kept.id = (body as { listing_request_id: string }).listing_request_id
}
const byId = (scene: Scene) => ({ query: { listing_request_id: String(scene.kept.id) } })
const ready = async (scene: Scene) => {
  await started(scene)
  const state = () => scene.call('metadataFullListing', 'reader', byId(scene))
  await expect.poll(async () => (await state()).status, { timeout: 10_000 }).toBe(200)
}

type Entry = { readonly path: string; readonly content?: readonly Entry[] }
const pathsIn = (entries: readonly Entry[] = []): string[] =>
  entries.flatMap(({ path, content }) => [path, ...pathsIn(content)])

/** Everything that somebody has, at once. */
export const fullListingRows: readonly ContractRow[] = [
  {
    op: 'metadataFullListing',
    name: 'starts with a name by which it is asked for',
    as: 'reader',
    want: {
      status: 200,
      body: { listing_request_id: (id) => /^[0-9a-f]{8,}$/.test(String(id)) },
      events: 'any',
    },
  },
  {
    op: 'metadataFullListing',
    name: 'is a JSON text in which folders hold their content, told by an event',
    as: 'reader',
    given,
    before: ready,
    send: byId,
    want: { status: 200, body: { url: (url) => /^https?:/.test(String(url)) } },
    async then(scene, { body }) {
      const { url } = body as { url: string }
      const response = await fetch(url)
      expect(response.headers.get('content-type')).toMatch(/^application\/json/)
      const all = (await response.json()) as { content: Entry[] }
      const own = pathsIn(all.content).filter((path) => path.startsWith(scene.path('/')))
      const wanted = ['/', '/docs', '/docs/deep', '/docs/deep/a.txt', '/b.txt']
      expect(own).toEqual(wanted.map((path) => scene.path(path)))
      const told = await scene.call('events', 'reader', {
        query: { type: 'metadata_full_listing', limit: 1 },
      })
      const id = String(scene.kept.id)
      const who = { owner_id: scene.userId('reader'), owner_name: 'reader Person' }
      expect(told.body).toMatchObject([{ listing_request_id: id, ...who }])
      const wrong = await fetch(`${url}x`)
      expect(wrong.status).toBe(404)
    },
  },
  {
    op: 'metadataFullListing',
    name: 'of somebody else is not there',
    as: 'writer',
    before: ready,
    send: byId,
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'metadataFullListing',
    name: 'by a name that is none',
    as: 'reader',
    send: { query: { listing_request_id: '../x' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'metadataFullListing',
    name: 'without a session',
    as: null,
    want: { status: 401, code: 'Unauthorized' },
  },
]
