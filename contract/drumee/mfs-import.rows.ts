import { setTimeout as wait } from 'node:timers/promises'
import type { ContractRow, Persona, Scene } from '../row.ts'

/** This server imports from itself. */
export const importEnv = {
  STRONGROOM_IMPORT_HOSTS: '127.0.0.1:*, 10.0.0.1',
  STRONGROOM_IMPORT_NETWORKS: '127.0.0.1',
}

const given = {
  '/docs': 'folder',
  '/docs/inner': 'folder',
  '/docs/inner/a.txt': { file: 'alpha' },
  '/to': 'folder',
} as const

type Kind = 'folder' | 'file'
type Started = { readonly data: { readonly id: string } }

const madeToken = async (scene: Scene) => {
  const body = { hub_id: scene.id('/'), nid: scene.id('/docs') }
  const made = await scene.call('mfs_api.create_token', 'manager', { body })
  scene.kept.token = (made.body as { data: { token: string } }).data.token
}

const ordered = (scene: Scene, kind: Kind, more: object = {}) => ({
  body: {
    source_url: scene.url,
    hub_id: scene.id('/'),
    nid: scene.id(kind === 'folder' ? '/docs' : '/docs/inner/a.txt'),
    token: scene.kept.token,
    dest_nid: scene.id('/to'),
    ...more,
  },
})

/** Waits until an import of somebody is over. */
async function over(scene: Scene, as: Persona, id: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await scene.call('mfs_import.progress', as, { body: { id } })
    const { status } = (answer.body as { data: { status: string } }).data
    if (status !== 'waiting' && status !== 'running') return status
    await wait(20)
  }
  return 'never'
}

const begun = async (scene: Scene) => {
  await madeToken(scene)
  const answer = await scene.call('mfs_import.import_file', 'writer', ordered(scene, 'file'))
  scene.kept.id = (answer.body as Started).data.id
  await over(scene, 'writer', String(scene.kept.id))
}

const brings = (op: string, kind: Kind): ContractRow => ({
  ...{ op, name: `brings a ${kind}`, as: 'writer', given, before: madeToken },
  send: (scene) => ordered(scene, kind, { replace: '0' }),
  want: (scene) => ({
    status: 200,
    body: {
      data: {
        category: kind,
        source_url: scene.url,
        dest_nid: scene.id('/to'),
        filename: kind === 'folder' ? 'docs' : 'a.txt',
        bytes_total: 5,
        files_total: 1,
        percent: 0,
        error: null,
      },
    },
    // It is under way by then.
    events: 'any',
  }),
  then: async (scene, { body }) => {
    const status = await over(scene, 'writer', (body as Started).data.id)
    const nid = scene.path(kind === 'folder' ? '/to/docs/inner/a.txt' : '/to/a.txt')
    const file = await scene.call('media.orig', 'writer', { body: { nid } })
    if (status !== 'done' || file.body !== 'alpha') throw new Error(`it is ${status}`)
  },
})

const denied = { status: 403, code: 'PERMISSION_DENIED' } as const

/** What a call has instead of what is right, and what is answered. */
const wrong: readonly (readonly [string, (scene: Scene) => object, number, string])[] = [
  ['an address that is none', () => ({ source_url: 'ftp://x' }), 400, 'INVALID_DATA'],
  ['a name that is not allowed', () => ({ filename: 'a/b' }), 400, 'INVALID_FILENAME'],
  ['a server that is not named', () => at('https://x.test'), 403, 'SOURCE_NOT_ALLOWED'],
  ['an address that is private', () => at('http://10.0.0.1'), 403, 'SOURCE_NOT_ALLOWED'],
  ['an unknown token', () => ({ token: 'f'.repeat(32) }), 403, 'TOKEN_REFUSED'],
  ['no folder here', () => ({ dest_nid: 'a0000000000fffff' }), 404, 'NODE_NOT_FOUND'],
  ['a node of another token', (scene) => ({ nid: scene.id('/to') }), 404, 'SOURCE_NOT_FOUND'],
  ['what is no such server', ({ url }) => at(`${url}/x`), 502, 'SOURCE_INVALID'],
  ['a server that is down', () => at('http://127.0.0.1:1'), 503, 'SOURCE_UNAVAILABLE'],
  ...['source_url', 'hub_id', 'nid', 'token'].map((field) => {
    const without = () => ({ [field]: undefined })
    return [`no ${field}`, without, 412, `VARIABLE **${field}** IS MANDATORY`] as const
  }),
]

function at(url: string) {
  return { source_url: url }
}

function starting(op: string, kind: Kind): ContractRow[] {
  const refused = wrong.map(
    ([name, more, status, code]): ContractRow => ({
      ...{ op, name, as: 'writer', given, before: madeToken, want: { status, code } },
      send: (scene) => ordered(scene, kind, more(scene)),
    }),
  )
  const reader: ContractRow = {
    ...{ op, name: 'a reader may not', as: 'reader', given, before: madeToken, want: denied },
    send: (scene) => ordered(scene, kind),
  }
  return [brings(op, kind), reader, ...refused]
}

const one = (op: string, name: string, more: Partial<ContractRow>): ContractRow => ({
  ...{ op, name, as: 'writer', given, before: begun, want: { status: 200 } },
  send: (scene) => ({ body: { id: scene.kept.id } }),
  ...more,
})

const watching = ['mfs_import.progress', 'mfs_import.cancel'].flatMap((op): ContractRow[] => [
  one(op, 'one of the own', {
    want: { status: 200, body: { data: { status: 'done', percent: 100, files: 1, problems: [] } } },
  }),
  one(op, 'not one of somebody else', {
    ...{ as: 'manager', want: { status: 404, code: 'IMPORT_NOT_FOUND' } },
  }),
  one(op, 'what is no id', {
    send: { body: { id: 'import_1' } },
    want: { status: 404, code: 'IMPORT_NOT_FOUND' },
  }),
  one(op, 'an object is no id', {
    send: { body: { id: { x: 1 } } },
    want: { status: 400, code: 'INVALID_DATA' },
  }),
  one(op, 'needs an id', {
    send: { body: {} },
    want: { status: 412, code: 'VARIABLE **id** IS MANDATORY' },
  }),
  one(op, 'nobody has one', { as: null, want: denied }),
])

const listing: readonly ContractRow[] = [
  one('mfs_import.list', 'the own, the newest first', {
    send: {},
    want: { status: 200 },
    then: async (scene, { body }) => {
      const [first] = (body as { data: { id: string }[] }).data
      if (first?.id !== scene.kept.id) throw new Error(`the newest is ${first?.id}`)
    },
  }),
  one('mfs_import.list', 'nobody has any', { as: null, want: denied }),
]

export const mfsImportRows: readonly ContractRow[] = [
  ...starting('mfs_import.import_folder', 'folder'),
  ...starting('mfs_import.import_file', 'file'),
  ...watching,
  ...listing,
]

/** Where no server is named. */
export const mfsImportOffRows: readonly ContractRow[] = (['folder', 'file'] as const).map(
  (kind) => ({
    op: `mfs_import.import_${kind}`,
    name: 'says that imports are off',
    ...{ as: 'writer', given, before: madeToken },
    send: (scene) => ordered(scene, kind),
    want: {
      status: 501,
      code: 'IMPORT_NOT_AVAILABLE',
      body: { reason: (text: unknown) => /STRONGROOM_IMPORT_HOSTS/.test(String(text)) },
    },
  }),
)
