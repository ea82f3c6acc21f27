import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'
import { body, done, fresh, invited, joined, statusAt } from './share-scene.ts'

const at = (name: string, more: object = {}) =>
  body((scene) => ({ path: scene.path(`/${name}`), ...more }))
const asked = (path: string) => (scene: Scene) => ({ query: { path: scene.path(path) } })
const member = { member_login: 'member' }

/** Who is in a shared folder, and its end. */
export const collaboratorRows: readonly ContractRow[] = [
  (({ name, given }) => ({
    op: 'sharesRemove',
    name: 'takes a collaborator out',
    as: 'manager',
    given,
    before: joined(name, 'member'),
    send: at(name, { login: 'member' }),
    want: { status: 200, events: ['grant.removed'] },
    async then(scene: Scene) {
      expect(await statusAt(scene, 'member', name)).toBe(404)
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesRemove',
    name: 'a collaborator takes himself out, by the path that he has',
    as: 'member',
    given,
    before: joined(name, 'member'),
    send: { body: { path: `/${name}`, ...member } },
    want: { status: 200, events: ['grant.removed'] },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesRemove',
    name: 'a collaborator takes nobody else out',
    as: 'writer',
    given,
    before: joined(name, 'member'),
    send: at(name, member),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesRemove',
    name: 'of who is not in it is 404',
    as: 'manager',
    given,
    before: invited(name, 'member'),
    send: at(name, member),
    want: { status: 404, code: 'UserNotFound' },
  }))(fresh()),
  {
    op: 'sharesRemove',
    name: 'of nothing is 404',
    as: 'manager',
    send: at('nothing', member),
    want: { status: 404, code: 'FileNotFound' },
  },
  (({ name, given }) => ({
    op: 'sharesUpdateCollaborator',
    name: 'is for who manages the folder',
    as: 'writer',
    given,
    before: joined(name, 'member'),
    send: at(name, { ...member, writer: true }),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  {
    op: 'sharesRemove',
    name: 'without a login is 400',
    as: 'manager',
    send: at(''),
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'sharesUnshare',
    name: 'ends it for everybody, what is in it stays',
    as: 'manager',
    given,
    async before(scene: Scene) {
      await joined(name, 'member')(scene)
      await invited(name, 'admin')(scene)
    },
    send: at(name),
    want: { status: 200, events: ['invitation.revoked', 'share.ended'] },
    async then(scene: Scene) {
      expect(await statusAt(scene, 'member', name)).toBe(404)
      const path = scene.path(`/${name}/a.txt`).slice(1)
      expect(await statusAt(scene, 'manager', path)).toBe(200)
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUnshare',
    name: 'of a folder that is not shared is 404',
    as: 'manager',
    given,
    send: at(name),
    want: { status: 404, code: 'FileNotFound' },
  }))(fresh()),
  {
    op: 'sharesUnshare',
    name: 'of a room is 403',
    as: 'manager',
    send: at(''),
    want: { status: 403, code: 'ShareForbidden' },
  },
  {
    op: 'sharesUnshare',
    name: 'without a path is 400',
    as: 'manager',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name }) => ({
    op: 'sharesCollaborators',
    name: 'names owner, collaborators and who is invited',
    as: 'writer',
    async before(scene: Scene) {
      const path = `/${name}`
      await done(scene, 'fileopsFolderCreate', 'writer', { body: { path } })
      const reader = await done(scene, 'sharesAdd', 'writer', {
        body: { path, member_login: 'reader', writer: true },
      })
      await done(scene, 'sharesAccept', 'reader', { body: { hash: reader.hash } })
      await done(scene, 'sharesAdd', 'writer', { body: { path, ...member } })
    },
    send: { query: { path: `/${name}` } },
    want: (scene: Scene) => ({
      status: 200,
      body: [
        { owner: true, writer: true, status: 'accepted', userid: scene.userId('writer') },
        {
          ...{ owner: false, writer: true, status: 'accepted', userid: scene.userId('reader') },
          ...{ login: 'email:reader@example.test', name: 'reader Person', is_indirect: false },
        },
        { owner: false, writer: false, status: 'waiting', userid: scene.userId('member') },
      ],
    }),
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesCollaborators',
    name: 'tells who is in it by a folder around it',
    as: 'manager',
    given,
    before: joined(name, 'member'),
    send: asked(`/${name}`),
    want: {
      status: 200,
      body: (value: unknown) => {
        const all = value as { userid: number; is_indirect: boolean }[]
        return all.filter((one) => !one.is_indirect).length === 1 && all.length === 5
      },
    },
  }))(fresh()),
  {
    op: 'sharesCollaborators',
    name: 'of nothing is 404',
    as: 'manager',
    send: asked('/nothing'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'sharesCollaborators',
    name: 'of another user asks for a company administrator',
    as: 'manager',
    send: (scene) => ({ query: { path: '/', userid: scene.userId('member') } }),
    want: { status: 403, code: 'ShareForbidden' },
  },
  {
    op: 'sharesCollaborators',
    name: 'without a path is 400',
    as: 'manager',
    send: {},
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'sharesUpdateCollaborator',
    name: 'makes a writer of a reader',
    as: 'manager',
    given,
    before: joined(name, 'member'),
    send: at(name, { ...member, writer: true }),
    want: { status: 200, events: ['grant.changed'] },
    async then(scene: Scene) {
      await done(scene, 'fileopsFolderCreate', 'member', { body: { path: `/${name}/new` } })
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUpdateCollaborator',
    name: 'changes what somebody gets who has not accepted',
    as: 'manager',
    given,
    before: invited(name, 'member'),
    send: at(name, { ...member, writer: true }),
    want: { status: 200 },
    async then(scene: Scene) {
      await done(scene, 'sharesAccept', 'member', { body: { hash: scene.kept.hash } })
      await done(scene, 'fileopsFolderCreate', 'member', { body: { path: `/${name}/new` } })
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUpdateCollaborator',
    name: 'of a group that is none is 404',
    as: 'manager',
    given,
    before: invited(name, 'member'),
    send: at(name, { group_id: 999_999, writer: true }),
    want: { status: 404, code: 'GroupNotFound' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUpdateCollaborator',
    name: 'rule 13: the login wins over the group',
    as: 'manager',
    given,
    before: invited(name, 'member'),
    send: at(name, { ...member, group_id: 999_999, writer: true }),
    want: { status: 200 },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUpdateCollaborator',
    name: 'of who is not in it is 404',
    as: 'manager',
    given,
    before: invited(name, 'member'),
    send: at(name, { member_login: 'admin', writer: true }),
    want: { status: 404, code: 'UserNotFound' },
  }))(fresh()),
  {
    op: 'sharesUpdateCollaborator',
    name: 'of nothing is 404',
    as: 'manager',
    send: at('nothing', { ...member, writer: true }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'sharesUpdateCollaborator',
    name: 'without a right is 400',
    as: 'manager',
    send: at('', member),
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'shares',
    name: 'lists what others share with the caller',
    as: 'member',
    given,
    before: joined(name, 'member'),
    send: { query: { whose: 'others' } },
    want: {
      status: 200,
      body: (value: unknown) =>
        (value as { path: string }[]).some((one) => one.path === `/${name}`),
    },
  }))(fresh()),
  (({ name }) => ({
    op: 'shares',
    name: 'lists what the caller shares',
    as: 'writer',
    async before(scene: Scene) {
      const path = `/${name}`
      await done(scene, 'fileopsFolderCreate', 'writer', { body: { path } })
      await done(scene, 'sharesAdd', 'writer', { body: { path, ...member } })
    },
    send: { query: { whoose: 'my' } },
    want: {
      status: 200,
      body: (value: unknown) =>
        (value as { path: string; role: string }[]).some(
          (one) => one.path === `/${name}` && one.role === 'owner',
        ),
    },
  }))(fresh()),
  {
    op: 'shares',
    name: 'of nobody in particular is 400',
    as: 'writer',
    send: { query: { whose: 'nobody' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'sharesSizelimit',
    name: 'bounds what the folder may hold',
    as: 'manager',
    given,
    before: joined(name, 'member', { writer: true }),
    send: at(name, { size_limit: 10 }),
    want: { status: 200, events: ['node.changed'] },
    async then(scene: Scene) {
      const create = (size: number) =>
        scene.call('filesCreate', 'member', { body: { path: `/${name}/b.txt`, size } })
      expect((await create(6)).status).toBe(402)
      expect((await create(5)).status).toBe(200)
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesSizelimit',
    name: 'below what it holds is 400',
    as: 'manager',
    given,
    before: joined(name, 'member'),
    send: at(name, { size_limit: 4 }),
    want: { status: 400, code: 'InvalidParameters' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesSizelimit',
    name: 'is for who manages the folder',
    as: 'member',
    given,
    before: joined(name, 'member'),
    send: { body: { path: `/${name}`, size_limit: 100 } },
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesSizelimit',
    name: 'of a folder that is not shared is 404',
    as: 'manager',
    given,
    send: at(name, { size_limit: 100 }),
    want: { status: 404, code: 'FileNotFound' },
  }))(fresh()),
]
