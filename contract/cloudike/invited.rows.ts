import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'
import { body, done, fresh, invited, joined } from './share-scene.ts'

const inside = (name: string, path: string) => ({
  send: (scene: Scene) => ({ params: { hash: String(scene.kept.hash), path } }),
  before: invited(name, undefined, { public_view: true }),
})

/** Tag `storage`: reading by the hash of an invitation. */
export const invitedRows: readonly ContractRow[] = [
  (({ name, given }) => ({
    op: 'sharesMetadata',
    name: 'shows what is in it, with paths from the folder',
    as: null,
    given,
    ...inside(name, ''),
    want: { status: 200, body: { path: '/', name, content: [{ path: '/a.txt', bytes: 5 }] } },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesMetadata',
    name: 'of what is not in it is 404',
    as: null,
    given,
    ...inside(name, 'b.txt'),
    want: { status: 404, code: 'FileNotFound' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesMetadata',
    name: 'of an invitation that lets nobody read is 404',
    as: null,
    given,
    ...inside(name, ''),
    before: invited(name, undefined),
    want: { status: 404, code: 'NotFound' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesMetadata',
    name: 'of an invitation that was accepted is 404',
    as: null,
    given,
    ...inside(name, ''),
    before: joined(name, 'member', { public_view: true }),
    want: { status: 404, code: 'NotFound' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesMetadata',
    name: 'from a place that is none is 400',
    as: null,
    given,
    before: invited(name, undefined, { public_view: true }),
    send: (scene: Scene) => ({
      params: { hash: String(scene.kept.hash), path: '' },
      query: { offset: 'x' },
    }),
    want: { status: 400, code: 'InvalidParameters' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesGet',
    name: 'tells where a file can be had, by anybody',
    as: null,
    given,
    ...inside(name, 'a.txt'),
    want: { status: 200, body: { path: '/a.txt', size: 5, method: 'GET' } },
    async then(_scene: Scene, { body: answer }: { body: unknown }) {
      const response = await fetch((answer as { url: string }).url)
      expect(await response.text()).toBe('alpha')
    },
  }))(fresh()),
  {
    op: 'sharesGet',
    name: 'by no invitation is 404',
    as: null,
    send: { params: { hash: 'none', path: 'a.txt' } },
    want: { status: 404, code: 'NotFound' },
  },
  (({ name, given }) => ({
    op: 'sharesGet',
    name: 'of no good path is 400',
    as: null,
    given,
    ...inside(name, 'a//b.txt'),
    want: { status: 400, code: 'InvalidParameters' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesGet',
    name: 'of the folder is 404',
    as: null,
    given,
    ...inside(name, ''),
    want: { status: 404, code: 'FileNotFound' },
  }))(fresh()),
]

const onBehalf = (path: string, more: object = {}) =>
  body((scene) => ({ path, userid: scene.userId('writer'), ...more }))
const shared = (name: string) => async (scene: Scene) => {
  const path = `/${name}`
  await done(scene, 'fileopsFolderCreate', 'writer', { body: { path } })
  const { hash } = await done(scene, 'sharesAdd', 'writer', {
    body: { path, member_login: 'member' },
  })
  await done(scene, 'sharesAccept', 'member', { body: { hash } })
}

/** Tag `storage`: what a company administrator does with the shares of others. */
export const memberShareRows: readonly ContractRow[] = [
  (({ name }) => ({
    op: 'companyAdminSharesCollaborators',
    name: 'tells who is in the folder of a user',
    as: 'admin',
    before: shared(name),
    send: (scene: Scene) => ({ query: { path: `/${name}`, userid: scene.userId('writer') } }),
    want: (scene: Scene) => ({
      status: 200,
      body: [{ userid: scene.userId('writer') }, { userid: scene.userId('member') }],
    }),
  }))(fresh()),
  (({ name }) => ({
    op: 'companyAdminSharesRemove',
    name: 'takes a user out of the folder of another',
    as: 'admin',
    before: shared(name),
    send: onBehalf(`/${name}`, { member_login: 'member' }),
    want: { status: 200, events: ['grant.removed'] },
  }))(fresh()),
  (({ name }) => ({
    op: 'companyAdminSharesRemove',
    name: 'the owner stays in his folder',
    as: 'admin',
    before: shared(name),
    send: onBehalf(`/${name}`, { member_login: 'writer' }),
    want: { status: 403, code: 'Forbidden' },
  }))(fresh()),
  (({ name }) => ({
    op: 'companyAdminSharesUnshare',
    name: 'ends the sharing of the folder of a user',
    as: 'admin',
    before: shared(name),
    send: onBehalf(`/${name}`),
    want: { status: 200, events: ['share.ended'] },
  }))(fresh()),
  ...(['Collaborators', 'Remove', 'Unshare'] as const).flatMap((what): ContractRow[] => {
    const op = `companyAdminShares${what}`
    const values = (path: string) => (scene: Scene) => {
      const all = { path, userid: scene.userId('writer'), member_login: 'member' }
      return what === 'Collaborators' ? { query: { path, userid: all.userid } } : { body: all }
    }
    return [
      {
        op,
        name: 'is not for everybody',
        as: 'manager',
        send: values('/x'),
        want: { status: 403, code: 'Forbidden' },
      },
      {
        op,
        name: 'of nobody is 404',
        as: 'admin',
        send:
          what === 'Collaborators'
            ? { query: { path: '/x', userid: 999_999 } }
            : { body: { path: '/x', userid: 999_999, member_login: 'member' } },
        want: { status: 404, code: 'UserNotFound' },
      },
      {
        op,
        name: 'of nothing is 404',
        as: 'admin',
        send: values('/nothing'),
        want: { status: 404, code: 'FileNotFound' },
      },
      {
        op,
        name: 'without a path is 400',
        as: 'admin',
        send: what === 'Collaborators' ? {} : { body: {} },
        want: { status: 400, code: 'InvalidParameters' },
      },
    ]
  }),
]
