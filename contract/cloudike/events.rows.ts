import type { ContractRow, Scene } from '../row.ts'
import { done, fresh, joined } from './share-scene.ts'

const given = { '/docs': 'folder', '/docs/a.txt': { file: 'alpha' } } as const

type Shown = { type: string; path: string; oldname?: string; init_event_user_name: string }

const renamed = async (scene: Scene) => {
  const body = { path: scene.path('/docs/a.txt'), newname: 'b.txt' }
  await scene.call('fileopsRename', 'writer', { body })
}
const list = { op: 'events', as: 'reader', given } as const
const all = { query: { limit: 100 } }

/** What happened in somebody's tree. */
export const eventRows: readonly ContractRow[] = [
  {
    ...list,
    name: 'rule 7: the newest first, where it lies; a rename with the old name',
    before: renamed,
    send: all,
    want: (scene) => ({
      status: 200,
      body: (list) => {
        const [newest, ...rest] = list as Shown[]
        const isRename =
          newest?.type === 'file_renamed' &&
          newest.path === scene.path('/docs/b.txt') &&
          newest.oldname === 'a.txt' &&
          newest.init_event_user_name === 'writer Person'
        const types = rest.slice(0, 2).map(({ type }) => type)
        return isRename && types.join() === 'file_created,folder_created'
      },
    }),
  },
  {
    ...list,
    name: 'of one type',
    before: renamed,
    send: { query: { type: 'file_renamed', limit: 1 } },
    want: { status: 200, body: (list) => (list as Shown[])[0]?.type === 'file_renamed' },
  },
  {
    ...list,
    name: 'what the caller did himself',
    before: renamed,
    send: { query: { person: 'me' } },
    want: { status: 200, body: [] },
  },
  {
    ...list,
    name: 'what others did',
    before: renamed,
    send: { query: { person: 'other', limit: 1 } },
    want: { status: 200, body: (list) => (list as Shown[])[0]?.type === 'file_renamed' },
  },
  {
    ...list,
    name: 'nothing of a room that the caller does not see',
    as: 'member',
    before: renamed,
    send: all,
    want: (scene) => ({
      status: 200,
      body: (list) => (list as Shown[]).every(({ path }) => !path.startsWith(scene.path('/'))),
    }),
  },
  (({ name, given }) => ({
    ...list,
    name: 'a folder that is not shared with the caller any more, and nothing after it',
    as: 'member',
    given,
    before: async (scene: Scene) => {
      await joined(name, 'member')(scene)
      await done(scene, 'sharesUnshare', 'manager', { body: { path: scene.path(`/${name}`) } })
      const path = scene.path(`/${name}/secret`)
      await done(scene, 'fileopsFolderCreate', 'manager', { body: { path } })
    },
    send: { query: { limit: 1 } },
    want: { status: 200, body: [{ type: 'folder_unshared', path: `/${name}`, deleted: false }] },
  }))(fresh()),
  (({ name, given }) => ({
    ...list,
    name: 'that he was taken out of one',
    as: 'member',
    given,
    before: async (scene: Scene) => {
      await joined(name, 'member')(scene)
      const body = { path: scene.path(`/${name}`), login: 'member' }
      await done(scene, 'sharesRemove', 'manager', { body })
    },
    send: { query: { limit: 1, type: 'folder_collab_removed' } },
    want: { status: 200, body: [{ type: 'folder_collab_removed', path: `/${name}` }] },
  }))(fresh()),
  {
    ...list,
    name: 'nothing of before',
    send: { query: { from_timestamp: 99_999_999_999_999 } },
    want: { status: 200, body: [] },
  },
  {
    ...list,
    name: 'a person that there is not',
    send: { query: { person: 'nobody' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  { op: 'checkWs', name: 'is there', as: 'reader', want: { status: 200, body: { status: 'ok' } } },
]
