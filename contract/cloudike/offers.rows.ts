import { Readable } from 'node:stream'
import { expect } from 'vitest'
import { storeFile } from '../../server/core/uploads/store-file.ts'
import type { ContractRow, Persona, Scene } from '../row.ts'
import { done, fresh, isHash, limitHome, statusAt, withHash } from './share-scene.ts'

/** A folder of the writer's own with a file in it, shared with the reader. */
const owned = (name: string) => async (scene: Scene) => {
  const path = `/${name}`
  await done(scene, 'fileopsFolderCreate', 'writer', { body: { path: `${path}/in` } })
  const share = { path, member_login: 'reader', writer: true }
  const { hash } = await done(scene, 'sharesAdd', 'writer', { body: share })
  await done(scene, 'sharesAccept', 'reader', { body: { hash } })
}

const offered =
  (name: string, more: object = {}) =>
  async (scene: Scene) => {
    const path = `/${name}`
    await done(scene, 'fileopsFolderCreate', 'writer', { body: { path: `${path}/in` } })
    const values = { path, member_login: 'member', ...more }
    const { hash } = await done(scene, 'migrationContentsAdd', 'writer', { body: values })
    scene.kept.hash = hash
  }
const accepted = (name: string) => async (scene: Scene) => {
  await offered(name)(scene)
  await done(scene, 'migrationContentsAccept', 'member', withHash(scene))
}

const lists = (scene: Scene) => (value: unknown) =>
  (value as { hash: string }[]).some(({ hash }) => hash === scene.kept.hash)
const asHash = (op: string, as: Persona, before: (scene: Scene) => Promise<void>) => ({
  op,
  as,
  before,
  send: withHash,
})

/** Tag `storage`: content that changes hands. */
export const offerRows: readonly ContractRow[] = [
  (({ name }) => ({
    op: 'migrationContentsAdd',
    name: 'offers a folder',
    as: 'writer',
    async before(scene: Scene) {
      await done(scene, 'fileopsFolderCreate', 'writer', { body: { path: `/${name}` } })
    },
    send: { body: { path: `/${name}`, member_login: 'member', cleanup: true } },
    want: (scene: Scene) => ({
      status: 200,
      body: {
        ...{ hash: isHash, src_path: `/${name}`, dst_path: '', status: 'requested' },
        owner_id: scene.userId('writer'),
        receiver_id: scene.userId('member'),
      },
      events: ['offer.made'],
    }),
  }))(fresh()),
  {
    op: 'migrationContentsAdd',
    name: 'of everything has no path',
    as: 'writer',
    send: { body: { member_login: 'member' } },
    want: { status: 200, body: { src_path: '' }, events: ['offer.made'] },
  },
  {
    op: 'migrationContentsAdd',
    name: 'of nothing is 404',
    as: 'writer',
    send: { body: { path: '/nothing', member_login: 'member' } },
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'migrationContentsAdd',
    name: 'to nobody is 404',
    as: 'writer',
    send: { body: { member_login: 'nobody' } },
    want: { status: 404, code: 'UserNotFound' },
  },
  {
    op: 'migrationContentsAdd',
    name: 'of what is not the own is 403',
    as: 'writer',
    send: (scene) => ({ body: { path: scene.path('/'), member_login: 'member' } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'migrationContentsAdd',
    name: 'without a receiver is 400',
    as: 'writer',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name }) => ({
    ...asHash('migrationContentsAccept', 'member', offered(name, { cleanup: true })),
    name: 'copies it, and the owner has it in his bin',
    want: {
      status: 200,
      body: { status: 'accepted', dst_path: `/${name}` },
      events: ['node.copied', 'node.deleted', 'offer.accepted'],
    },
    async then(scene: Scene) {
      expect(await statusAt(scene, 'member', `${name}/in`)).toBe(200)
      expect(await statusAt(scene, 'writer', name)).toBe(404)
    },
  }))(fresh()),
  (({ name }) => ({
    op: 'migrationContentsAccept',
    name: 'puts it into a folder that is named',
    as: 'member',
    before: offered(name),
    send: (scene: Scene) => ({ body: { hash: scene.kept.hash, path: `/taken ${name}` } }),
    want: {
      status: 200,
      body: { dst_path: `/taken ${name}/${name}` },
      events: ['folder.created', 'node.copied', 'offer.accepted'],
    },
  }))(fresh()),
  (({ name }) => ({
    ...asHash('migrationContentsAccept', 'reader', offered(name)),
    name: 'of what was offered to another is 404',
    want: { status: 404, code: 'NotFound' },
  }))(fresh()),
  (({ name }) => ({
    ...asHash('migrationContentsAccept', 'member', accepted(name)),
    name: 'a second time is 403',
    want: { status: 403, code: 'Forbidden' },
  }))(fresh()),
  (({ name }) => ({
    ...asHash('migrationContentsAccept', 'member', async (scene) => {
      await offered(name)(scene)
      await done(scene, 'fileopsDelete', 'writer', { body: { path: `/${name}` } })
    }),
    name: 'of what is gone is 404',
    want: { status: 404, code: 'FileNotFound' },
  }))(fresh()),
  {
    op: 'migrationContentsAccept',
    name: 'without a hash is 400',
    as: 'member',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name }) => ({
    ...asHash('migrationContentsReject', 'member', offered(name)),
    name: 'ends it',
    want: { status: 200, events: ['offer.ended'] },
  }))(fresh()),
  (({ name }) => ({
    ...asHash('migrationContentsReject', 'member', accepted(name)),
    name: 'of what is accepted is 403',
    want: { status: 403, code: 'Forbidden' },
  }))(fresh()),
  (({ name }) => ({
    ...asHash('migrationContentsReject', 'writer', offered(name)),
    name: 'is for who may accept',
    want: { status: 404, code: 'NotFound' },
  }))(fresh()),
  {
    op: 'migrationContentsReject',
    name: 'without a hash is 400',
    as: 'member',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name }) => ({
    ...asHash('migrationContentsRemove', 'writer', accepted(name)),
    name: 'forgets an own one',
    want: { status: 200, events: ['offer.ended'] },
  }))(fresh()),
  (({ name }) => ({
    ...asHash('migrationContentsRemove', 'member', offered(name)),
    name: 'is for who has offered',
    want: { status: 404, code: 'NotFound' },
  }))(fresh()),
  {
    op: 'migrationContentsRemove',
    name: 'without a hash is 400',
    as: 'writer',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name }) => ({
    op: 'migrationContents',
    name: 'lists what was offered to the caller',
    as: 'member',
    before: offered(name),
    send: { query: { whoose: 'others', status: 'requested' } },
    want: (scene: Scene) => ({ status: 200, body: lists(scene) }),
  }))(fresh()),
  (({ name }) => ({
    op: 'migrationContents',
    name: 'lists what the caller has offered',
    as: 'writer',
    before: accepted(name),
    send: { query: { whose: 'my', path: `/${name}` } },
    want: (scene: Scene) => ({ status: 200, body: lists(scene) }),
  }))(fresh()),
  {
    op: 'migrationContents',
    name: 'of nobody in particular is 400',
    as: 'writer',
    send: { query: { whose: 'nobody' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
]

/** A shared folder that gets another owner. */
export const handoverRows: readonly ContractRow[] = [
  (({ name }) => ({
    op: 'fileopsHandover',
    name: 'gives it to a collaborator; the owner keeps a plain folder',
    as: 'writer',
    async before(scene: Scene) {
      await owned(name)(scene)
      const share = { path: `/${name}`, member_login: 'member' }
      const { hash } = await done(scene, 'sharesAdd', 'writer', { body: share })
      await done(scene, 'sharesAccept', 'member', { body: { hash } })
    },
    send: (scene: Scene) => ({
      body: { path: `/${name}`, member_id: scene.userId('reader') },
    }),
    // The task may be done before anybody looks.
    want: { status: 200, body: { taskid: isHash }, events: 'any' },
    async then(scene: Scene, { body }) {
      const params = { taskid: String((body as { taskid: string }).taskid) }
      const state = async () => (await scene.call('task', 'writer', { params })).body
      const end = { progress: 'done', status: 'completed', copied: 1 }
      await expect.poll(state, { timeout: 10_000 }).toMatchObject(end)
      const of = async (as: Persona) =>
        (await scene.call('metadata', as, { params: { path: name } })).body
      expect(await of('reader')).toMatchObject({ role: 'owner', shared: true })
      expect(await of('writer')).toMatchObject({ role: 'owner', shared: false })
      expect(await of('member')).toMatchObject({ owner: scene.userId('reader') })
      expect(await statusAt(scene, 'member', `${name}/in`)).toBe(200)
      expect(await statusAt(scene, 'reader', `${name}_old`)).toBe(404)
    },
  }))(fresh()),
  (({ name }) => ({
    op: 'fileopsHandover',
    name: 'is for its owner',
    as: 'reader',
    before: owned(name),
    send: (scene: Scene) => ({ body: { path: `/${name}`, member_id: scene.userId('reader') } }),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  (({ name }) => ({
    op: 'fileopsHandover',
    name: 'to who is not in it is 403',
    as: 'writer',
    before: owned(name),
    send: (scene: Scene) => ({ body: { path: `/${name}`, member_id: scene.userId('admin') } }),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  (({ name }) => ({
    op: 'fileopsHandover',
    name: 'to who has not accepted is 403',
    as: 'writer',
    async before(scene: Scene) {
      await owned(name)(scene)
      const share = { path: `/${name}`, member_login: 'member' }
      await done(scene, 'sharesAdd', 'writer', { body: share })
    },
    send: (scene: Scene) => ({ body: { path: `/${name}`, member_id: scene.userId('member') } }),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  (({ name }) => ({
    op: 'fileopsHandover',
    name: 'to nobody who exists is 404',
    as: 'writer',
    before: owned(name),
    send: { body: { path: `/${name}`, member_id: 999_999 } },
    want: { status: 404, code: 'UserNotFound' },
  }))(fresh()),
  (({ name }) => ({
    op: 'fileopsHandover',
    name: 'to who has no room is 402',
    as: 'writer',
    async before(scene: Scene) {
      await owned(name)(scene)
      const at = { parent: { path: [name] }, name: 'a.txt' }
      await storeFile(scene.core('writer'), { ...at, source: Readable.from([Buffer.from('a')]) })
      await limitHome(scene, 'reader', 0)
    },
    send: (scene: Scene) => ({ body: { path: `/${name}`, member_id: scene.userId('reader') } }),
    want: { status: 402, code: 'QuotaExceeded' },
    then: (scene: Scene) => limitHome(scene, 'reader', null),
  }))(fresh()),
  {
    op: 'fileopsHandover',
    name: 'of nothing is 404',
    as: 'writer',
    send: { body: { path: '/nothing', member_id: 1 } },
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'fileopsHandover',
    name: 'to nobody is 400',
    as: 'writer',
    send: { body: { path: '/nothing' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
]
