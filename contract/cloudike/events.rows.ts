import type { ContractRow, Scene } from '../row.ts'

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
    name: 'the newest first, where it lies in the own tree',
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
