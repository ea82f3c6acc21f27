import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'
import { body, done, fresh, invited, isHash, joined, statusAt } from './share-scene.ts'

const at = (name: string, more: object = {}) =>
  body((scene) => ({ path: scene.path(`/${name}`), ...more }))
const byHash = (more: object = {}) => body((scene) => ({ folder_hash: scene.kept.folder, ...more }))

/** The manager tells the company of the row's folder; `kept.folder` names it. */
const published = (name: string) => async (scene: Scene) => {
  const { folder_hash } = await done(scene, 'sharesCompanyAdd', 'manager', at(name)(scene))
  scene.kept.folder = folder_hash
}
const requested = (name: string) => async (scene: Scene) => {
  await published(name)(scene)
  await done(scene, 'sharesCompanyRequest', 'member', byHash()(scene))
}
const statusIs = (name: string, status: string | null) => (value: unknown) =>
  (value as { public_name: string; status: string | null }[]).some(
    (one) => one.public_name === name && one.status === status,
  )

/** Tag `storage`: folders that the whole company is told of. */
export const companyFolderRows: readonly ContractRow[] = [
  (({ name, given }) => ({
    op: 'sharesCompanyAdd',
    name: 'publishes a folder under a name',
    as: 'manager',
    given,
    send: at(name, { public_name: `Public ${name}` }),
    want: {
      status: 200,
      body: { public_name: `Public ${name}`, folder_hash: isHash },
      events: ['share.started'],
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyAdd',
    name: 'is for who manages the folder',
    as: 'writer',
    given,
    send: at(name),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  {
    op: 'sharesCompanyAdd',
    name: 'of nothing is 404',
    as: 'manager',
    send: at('nothing'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'sharesCompanyAdd',
    name: 'without a path is 400',
    as: 'manager',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'sharesCompanyHide',
    name: 'takes it off the list, and what was asked for it',
    as: 'manager',
    given,
    before: requested(name),
    send: byHash(),
    want: { status: 200, events: ['invitation.revoked'] },
    async then(scene: Scene) {
      const again = await scene.call('sharesCompanyHide', 'manager', at(name)(scene))
      expect(again.status).toBe(404)
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyHide',
    name: 'is for who manages the folder',
    as: 'writer',
    given,
    before: published(name),
    send: at(name),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  {
    op: 'sharesCompanyHide',
    name: 'of nothing published is 404',
    as: 'manager',
    send: { body: { folder_hash: 'x'.repeat(22) } },
    want: { status: 404, code: 'NotFound' },
  },
  (({ name, given }) => ({
    op: 'sharesCompanyHide',
    name: 'of a folder that is not published is 404',
    as: 'manager',
    given,
    send: at(name),
    want: { status: 404, code: 'FileNotFound' },
  }))(fresh()),
  {
    op: 'sharesCompanyHide',
    name: 'of nothing at all is 400',
    as: 'manager',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'sharesCompanyGet',
    name: 'no folder has this hash',
    as: 'member',
    send: { query: { folder_hash: 'nothing' } },
    want: { status: 404, code: 'NotFound' },
  },
  (({ name, given }) => ({
    op: 'sharesCompanyGet',
    name: 'lists it for everybody in the company',
    as: 'member',
    given,
    before: requested(name),
    send: {},
    want: { status: 200, body: statusIs(name, 'requested') },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyGet',
    name: 'says that somebody is invited',
    as: 'member',
    given,
    async before(scene: Scene) {
      await published(name)(scene)
      await invited(name, 'member')(scene)
    },
    send: (scene: Scene) => ({ query: { folder_hash: String(scene.kept.folder) } }),
    want: { status: 200, body: statusIs(name, 'waiting') },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyGet',
    name: 'tells who is let in where it is',
    as: 'member',
    given,
    async before(scene: Scene) {
      await published(name)(scene)
      await joined(name, 'member')(scene)
    },
    send: (scene: Scene) => ({ query: { folder_hash: String(scene.kept.folder) } }),
    want: { status: 200, body: [{ path: `/${name}`, status: 'accepted' }] },
  }))(fresh()),
  {
    op: 'sharesCompanyGet',
    name: 'of all folders asks for a company administrator',
    as: 'member',
    send: { query: { show_all: true } },
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'sharesCompanyGet',
    name: 'from a place that is none is 400',
    as: 'member',
    send: { query: { offset: 'x' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'sharesCompanyGetOne',
    name: 'tells of one',
    as: 'member',
    given,
    before: published(name),
    send: (scene: Scene) => ({ params: { folder_hash: String(scene.kept.folder) } }),
    want: { status: 200, body: { public_name: name, status: null, path: '' } },
  }))(fresh()),
  {
    op: 'sharesCompanyGetOne',
    name: 'of none is 404',
    as: 'member',
    send: { params: { folder_hash: 'none' } },
    want: { status: 404, code: 'NotFound' },
  },
  (({ name, given }) => ({
    op: 'sharesCompanyRequest',
    name: 'asks to be let in, once',
    as: 'member',
    given,
    before: published(name),
    send: byHash({ invitataion: 'Please' }),
    want: { status: 200, events: ['invitation.sent'] },
    async then(scene: Scene) {
      await done(scene, 'sharesCompanyRequest', 'member', byHash()(scene))
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyRequest',
    name: 'of who is let in is 403',
    as: 'member',
    given,
    async before(scene: Scene) {
      await published(name)(scene)
      await joined(name, 'member')(scene)
    },
    send: byHash(),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyRequest',
    name: 'for the own folder is 409',
    as: 'manager',
    given,
    before: published(name),
    send: byHash(),
    want: { status: 409, code: 'ShareToSelf' },
  }))(fresh()),
  {
    op: 'sharesCompanyRequest',
    name: 'for none is 404',
    as: 'member',
    send: { body: { folder_hash: 'none' } },
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'sharesCompanyRequest',
    name: 'without a hash is 400',
    as: 'member',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'sharesCompanyAccept',
    name: 'lets in who has asked',
    as: 'manager',
    given,
    before: requested(name),
    send: (scene: Scene) => ({
      body: { folder_hash: scene.kept.folder, user_id: scene.userId('member'), writer: true },
    }),
    want: { status: 200, events: ['grant.changed', 'invitation.accepted'] },
    async then(scene: Scene) {
      await done(scene, 'fileopsFolderCreate', 'member', { body: { path: `/${name}/new` } })
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyAccept',
    name: 'is for who manages the folder',
    as: 'member',
    given,
    before: requested(name),
    send: (scene: Scene) => ({
      body: { folder_hash: scene.kept.folder, user_id: scene.userId('member') },
    }),
    want: { status: 404, code: 'NotFound' },
    async then(scene: Scene) {
      expect(await statusAt(scene, 'member', name)).toBe(404)
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyAccept',
    name: 'by who is in the folder and does not manage it is 403',
    as: 'writer',
    given,
    before: requested(name),
    send: byHash(),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyAccept',
    name: 'of a user who is not there is 404',
    as: 'manager',
    given,
    before: requested(name),
    send: byHash({ user_id: 999_999_999 }),
    want: { status: 404, code: 'UserNotFound' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCompanyAccept',
    name: 'of a user who has not asked is 404',
    as: 'manager',
    given,
    before: requested(name),
    send: (scene: Scene) => byHash({ user_id: scene.userId('reader') })(scene),
    want: { status: 404, code: 'NotFound' },
  }))(fresh()),
  {
    op: 'sharesCompanyAccept',
    name: 'without a hash is 400',
    as: 'manager',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'sharesCompanyRequests',
    name: 'lists who asks for what the caller manages',
    as: 'manager',
    given,
    before: requested(name),
    send: {},
    want: {
      status: 200,
      body: (value: unknown) =>
        (value as { directory_name: string; owner_name: string }[]).some(
          (one) => one.directory_name === name && one.owner_name === 'member Person',
        ),
    },
  }))(fresh()),
]
