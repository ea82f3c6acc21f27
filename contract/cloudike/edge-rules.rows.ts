import { expect } from 'vitest'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import type { ContractRow, Persona, Scene } from '../row.ts'
import { done, fresh, invited, statusAt, withHash } from './share-scene.ts'

const given = {
  '/docs': 'folder',
  '/docs/a.txt': { file: 'alpha' },
  '/b.txt': { file: 'beta' },
} as const

const between =
  (from: string, to: string, more: object = {}) =>
  (scene: Scene) => ({ body: { from_path: scene.path(from), to_path: scene.path(to), ...more } })

const deleted = async (scene: Scene, path: string) =>
  done(scene, 'fileopsDelete', 'writer', { body: { path: scene.path(path) } })

type Shown = { readonly type: string; readonly path: string; readonly oldname?: string }

/** The newest event that somebody is told of. */
async function newest(scene: Scene, as: Persona): Promise<readonly [string, string]> {
  const { body } = await scene.call('events', as, { query: { limit: 1 } })
  const [event] = body as Shown[]
  return [String(event?.type), String(event?.path)]
}

/** A folder of the writer's own that he shares with the reader. */
const sharing = (name: string) => async (scene: Scene) => {
  await done(scene, 'fileopsFolderCreate', 'writer', { body: { path: `/${name}/docs` } })
  const share = { path: `/${name}`, member_login: 'reader', writer: true }
  const { hash } = await done(scene, 'sharesAdd', 'writer', { body: share })
  await done(scene, 'sharesAccept', 'reader', { body: { hash } })
}
/** The same of a folder inside another of his, which is not shared. */
const sharingInner = (name: string) => async (scene: Scene) => {
  await done(scene, 'fileopsFolderCreate', 'writer', { body: { path: `/${name}/docs` } })
  await done(scene, 'fileopsFolderCreate', 'writer', { body: { path: `/other ${name}/docs` } })
  const share = { path: `/${name}/docs`, member_login: 'reader' }
  await done(scene, 'sharesAdd', 'writer', { body: share })
}
const move = (from_path: string, to_path: string) => ({ body: { from_path, to_path } })
const ontoMount = { status: 412, code: 'FileOrFolderOverwriteMountPointToAnother' } as const
const intoOther = { status: 412, code: 'FileOrFolderMoveMountPointToAnother' } as const

const treeRules: readonly ContractRow[] = [
  {
    op: 'trashRestore',
    name: 'rule 5: overwrites what is there unless told otherwise',
    as: 'writer',
    given: { ...given, '/docs/b.txt': { file: 'newer' } },
    async before(scene) {
      await deleted(scene, '/b.txt')
      await done(scene, 'fileopsMove', 'writer', between('/docs/b.txt', '/')(scene))
    },
    send: (scene) => ({ params: { name: `b.txt_${scene.nodeId('/b.txt')}` }, body: {} }),
    want: { status: 200, events: ['node.deleted', 'node.restored'] },
    async then(scene) {
      const params = { path: scene.path('/b.txt') }
      expect((await scene.call('metadata', 'writer', { params })).body).toMatchObject({ bytes: 4 })
    },
  },
  {
    op: 'fileopsCopy',
    name: 'rule 6: the next number when one is taken, and for a folder at the end',
    as: 'writer',
    given: { ...given, '/docs (1)': 'folder' },
    send: between('/docs', '/'),
    want: (scene) => ({
      status: 200,
      body: { path: scene.path('/docs (2)') },
      events: ['node.copied'],
    }),
  },
  {
    op: 'events',
    name: 'rule 6: a copy is told as created',
    as: 'reader',
    given,
    before: async (scene) => {
      await done(scene, 'fileopsCopy', 'writer', between('/b.txt', '/docs')(scene))
    },
    send: { query: { type: 'file_created', limit: 1 } },
    want: (scene) => ({
      status: 200,
      body: (list) => (list as Shown[])[0]?.path === scene.path('/docs/b.txt'),
    }),
  },
  (({ name }) => ({
    op: 'fileopsMove',
    name: 'rule 7: moved for who sees both places, deleted and created for who sees one',
    as: 'writer',
    given,
    async before(scene: Scene) {
      await done(scene, 'fileopsFolderCreate', 'writer', { body: { path: `/${name}` } })
    },
    send: (scene: Scene) => move(scene.path('/b.txt'), `/${name}`),
    want: { status: 200, events: ['node.left', 'node.moved'] },
    async then(scene: Scene) {
      expect(await newest(scene, 'writer')).toEqual(['file_moved', `/${name}/b.txt`])
      expect(await newest(scene, 'reader')).toEqual(['file_deleted', scene.path('/b.txt')])
      const back = move(`/${name}/b.txt`, scene.path('/docs'))
      await done(scene, 'fileopsMove', 'writer', back)
      expect(await newest(scene, 'writer')).toEqual(['file_moved', scene.path('/docs/b.txt')])
      expect(await newest(scene, 'reader')).toEqual(['file_created', scene.path('/docs/b.txt')])
    },
  }))(fresh()),
  (({ name }) => ({
    op: 'fileopsMove',
    name: 'rule 8: a mount may not go into a folder that one shares oneself',
    as: 'writer',
    before: sharing(name),
    send: (scene: Scene) => move(scene.path('/'), `/${name}`),
    want: intoOther,
  }))(fresh()),
  (({ name }) => ({
    op: 'fileopsMove',
    name: 'rule 8: a shared folder may not go into the share of another',
    as: 'writer',
    given,
    before: sharing(name),
    send: (scene: Scene) => move(`/${name}`, scene.path('/docs')),
    want: intoOther,
  }))(fresh()),
  (({ name }) => ({
    op: 'fileopsMove',
    name: 'rule 8: a folder may not go over a shared one',
    as: 'writer',
    before: sharingInner(name),
    send: move(`/other ${name}/docs`, `/${name}`),
    want: ontoMount,
  }))(fresh()),
  (({ name }) => ({
    op: 'fileopsMove',
    name: 'rule 8: a shared folder may not go over another',
    as: 'writer',
    before: sharingInner(name),
    send: move(`/${name}/docs`, `/other ${name}`),
    want: ontoMount,
  }))(fresh()),
  (({ name }) => ({
    op: 'sharesAdd',
    name: 'rule 9: nor one below which it stands at any depth',
    as: 'manager',
    async before(scene: Scene) {
      await done(scene, 'fileopsFolderCreate', 'manager', { body: { path: `/${name}/a/b` } })
      await done(scene, 'fileopsMove', 'manager', move(scene.path('/'), `/${name}/a/b`))
    },
    send: { body: { path: `/${name}`, member_login: 'member' } },
    want: { status: 424, code: 'ShareContainsMount' },
  }))(fresh()),
  (({ name, given: shared }) => ({
    op: 'sharesAccept',
    name: 'rule 10: the tenth number is given still',
    as: 'member',
    given: shared,
    async before(scene: Scene) {
      for (let number = 0; number < 10; number++) {
        const path = [number === 0 ? name : `${name} (${number})`]
        await createFolder(scene.core('member'), { path })
      }
      await invited(name, 'member')(scene)
    },
    send: withHash,
    want: { status: 200, events: ['grant.changed', 'invitation.accepted'] },
    async then(scene: Scene) {
      expect(await statusAt(scene, 'member', `${name} (10)/a.txt`)).toBe(200)
    },
  }))(fresh()),
  {
    op: 'fileopsMultiDelete',
    name: 'rule 12: where all fail the call does not',
    as: 'writer',
    send: (scene) => ({ body: { path: [scene.path('/x'), scene.path('/y')] } }),
    want: {
      status: 200,
      body: { success: 0, failed: 2, nodes: [{ error_code: 404 }, { error_code: 404 }] },
    },
  },
]

const fileRules: readonly ContractRow[] = [
  {
    op: 'filesCreate',
    name: 'rule 15: into a parent that was deleted is 403',
    as: 'writer',
    given,
    before: async (scene) => {
      await deleted(scene, '/docs')
    },
    send: (scene) => ({ body: { path: scene.path('/docs/new.txt'), create_dirs: false } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'filesCreate',
    name: 'rule 15: and is made anew where folders may be made',
    as: 'writer',
    given,
    before: async (scene) => {
      await deleted(scene, '/docs')
    },
    send: (scene) => ({ body: { path: scene.path('/docs/new.txt') } }),
    want: { status: 200, events: ['folder.created'] },
  },
  {
    op: 'linksCreate',
    name: 'rule 21: to what was deleted is 403',
    as: 'writer',
    given,
    before: async (scene) => {
      await deleted(scene, '/b.txt')
    },
    send: (scene) => ({ body: { path: scene.path('/b.txt') } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'linksCreate',
    name: 'rule 21: to what lies in a folder that was deleted is 403',
    as: 'writer',
    given,
    before: async (scene) => {
      await deleted(scene, '/docs')
    },
    send: (scene) => ({ body: { path: scene.path('/docs/a.txt') } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'linksCreate',
    name: 'rule 21: nobody learns of what others deleted',
    as: 'member',
    given,
    before: async (scene) => {
      await deleted(scene, '/b.txt')
    },
    send: (scene) => ({ body: { path: scene.path('/b.txt') } }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'linksCreate',
    name: 'rule 22: a ttl of a year is the longest',
    as: 'writer',
    given,
    send: (scene) => ({ body: { path: scene.path('/b.txt'), ttl: 31_536_000 } }),
    want: { status: 200, events: ['link.created'] },
  },
]

const accountRules: readonly ContractRow[] = [
  {
    op: 'accountsGetValue',
    name: 'rule 26: an unknown key is null',
    as: 'member',
    send: { query: { key: 'never set' } },
    want: { status: 200, body: { 'never set': null } },
  },
  {
    op: 'keyvalue',
    name: 'rule 26: an unknown key of all is 404',
    as: 'member',
    send: { params: { key_name: 'never set' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'accountsGetOffer',
    name: 'rule 27: empty where nobody wrote one',
    as: 'stranger',
    want: { status: 200, body: (value) => value === '' || value === undefined },
  },
]

/** What the rows of the tags do not say already; numbers are those of the dossier's edge rules. */
export const edgeRows: readonly ContractRow[] = [...treeRules, ...fileRules, ...accountRules]
