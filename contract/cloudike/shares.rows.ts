import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'
import { fourEncodings } from './four-encodings.ts'
import { body, done, fresh, invited, isHash, joined, statusAt, withHash } from './share-scene.ts'

const add = (name: string, more: object = { member_login: 'member' }) =>
  body((scene) => ({ path: scene.path(`/${name}`), ...more }))

/** shares/add; numbers are those of the dossier's edge rules. */
export const shareAddRows: readonly ContractRow[] = [
  ...fourEncodings(
    (({ name, given }): ContractRow => ({
      op: 'sharesAdd',
      name: 'invites somebody by his login',
      as: 'manager',
      given,
      send: add(name, { member_login: 'email:member@example.test', writer: true }),
      want: {
        status: 200,
        body: { hash: isHash, login: 'email:member@example.test' },
        events: ['share.started', 'invitation.sent'],
      },
      async then(scene) {
        const answer = await scene.call('metadata', 'manager', {
          params: { path: scene.path(`/${name}`) },
        })
        expect(answer.body).toMatchObject({ shared: true, folder: true, role: 'owner' })
        expect(answer.body).not.toHaveProperty('fs_type')
      },
    }))(fresh()),
  ),
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'without anybody named whoever has the hash may come',
    as: 'manager',
    given,
    send: add(name, {}),
    want: { status: 200, body: { hash: isHash }, events: ['share.started', 'invitation.sent'] },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'again while it is open answers the same hash',
    as: 'manager',
    given,
    before: invited(name, 'member'),
    send: add(name),
    want: (scene) => ({ status: 200, body: { hash: scene.kept.hash as string } }),
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'again while it is accepted answers nothing',
    as: 'manager',
    given,
    before: joined(name, 'member'),
    send: add(name),
    want: { status: 200, body: (value) => Object.keys(value as object).length === 0 },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'for nobody known is 404',
    as: 'manager',
    given,
    send: add(name, { member_login: 'nobody' }),
    want: { status: 404, code: 'UserNotFound' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'rule 13: for a group that is none is 404, whoever else is named',
    as: 'manager',
    given,
    send: add(name, { member_login: 'member', group_id: 999_999 }),
    want: { status: 404, code: 'GroupNotFound' },
  }))(fresh()),
  {
    op: 'sharesAdd',
    name: 'of nothing is 404',
    as: 'manager',
    send: add('nothing'),
    want: { status: 404, code: 'FileNotFound' },
  },
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'of a file is 404',
    as: 'manager',
    given,
    send: add(`${name}/a.txt`),
    want: { status: 404, code: 'FileNotFound' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'is for who manages the folder',
    as: 'writer',
    given,
    send: add(name),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  {
    op: 'sharesAdd',
    name: 'of the own root is 403',
    as: 'manager',
    send: { body: { path: '/', member_login: 'member' } },
    want: { status: 403, code: 'ShareForbidden' },
  },
  (({ name, given }) => ({
    op: 'sharesAdd',
    name: 'rule 9: to oneself is 409',
    as: 'manager',
    given,
    send: add(name, { member_login: 'manager' }),
    want: { status: 409, code: 'ShareToSelf' },
  }))(fresh()),
  (({ name }) => ({
    op: 'sharesAdd',
    name: 'rule 9: a folder in which the share of another stands is 424',
    as: 'manager',
    async before(scene: Scene) {
      await done(scene, 'fileopsFolderCreate', 'manager', { body: { path: `/${name}` } })
      const move = { from_path: scene.path('/'), to_path: `/${name}` }
      await done(scene, 'fileopsMove', 'manager', { body: move })
    },
    send: { body: { path: `/${name}`, member_login: 'member' } },
    want: { status: 424, code: 'ShareContainsMount' },
  }))(fresh()),
  {
    op: 'sharesAdd',
    name: 'without a path is 400',
    as: 'manager',
    send: { body: { member_login: 'member' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
]

/** shares/accept, decline and uninvite: what an invitation may become (dossier 3). */
export const invitationRows: readonly ContractRow[] = [
  (({ name, given }) => ({
    op: 'sharesAccept',
    name: 'puts the folder into the root of who accepts',
    as: 'member',
    given,
    before: invited(name, 'member'),
    send: withHash,
    want: { status: 200, events: ['grant.changed', 'invitation.accepted'] },
    async then(scene: Scene) {
      const answer = await scene.call('metadata', 'member', { params: { path: name } })
      expect(answer.body).toMatchObject({
        path: `/${name}`,
        role: 'collaborator',
        shared: true,
        fs_type: 'mount',
        content: [{ path: `/${name}/a.txt` }],
      })
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAccept',
    name: 'by hash anybody may, once',
    as: 'member',
    given,
    before: invited(name, undefined),
    send: withHash,
    want: { status: 200, events: ['grant.changed', 'invitation.accepted'] },
    async then(scene: Scene) {
      const again = await scene.call('sharesAccept', 'stranger', withHash(scene))
      expect(again.status).toBe(403)
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAccept',
    name: 'of somebody else is 403',
    as: 'reader',
    given,
    before: invited(name, 'member'),
    send: withHash,
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAccept',
    name: 'a second time is 403',
    as: 'member',
    given,
    before: joined(name, 'member'),
    send: withHash,
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  ...(['sharesDecline', 'sharesUninvite', 'sharesUnshare'] as const).map((op) =>
    (({ name, given }): ContractRow => ({
      op: 'sharesAccept',
      name: `after ${op} is 403`,
      as: 'member',
      given,
      async before(scene) {
        await invited(name, 'member')(scene)
        const isDecline = op === 'sharesDecline'
        const values = isDecline ? withHash(scene) : { body: { path: scene.path(`/${name}`) } }
        await done(scene, op, isDecline ? 'member' : 'manager', values)
      },
      send: withHash,
      want: { status: 403, code: 'ShareForbidden' },
    }))(fresh()),
  ),
  (({ name, given }) => ({
    op: 'sharesAccept',
    name: 'rule 10: where the name is taken the folder gets a number',
    as: 'member',
    given,
    async before(scene: Scene) {
      await done(scene, 'fileopsFolderCreate', 'member', { body: { path: `/${name}` } })
      await invited(name, 'member')(scene)
    },
    send: withHash,
    want: { status: 200, events: ['grant.changed', 'invitation.accepted'] },
    async then(scene: Scene) {
      expect(await statusAt(scene, 'member', `${name} (1)/a.txt`)).toBe(200)
    },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesAccept',
    name: 'rule 10: where ten numbers are taken too it is 409',
    as: 'member',
    given,
    async before(scene: Scene) {
      for (let number = 0; number <= 10; number++) {
        const path = number === 0 ? `/${name}` : `/${name} (${number})`
        await done(scene, 'fileopsFolderCreate', 'member', { body: { path } })
      }
      await invited(name, 'member')(scene)
    },
    send: withHash,
    want: { status: 409, code: 'FileAlreadyExists' },
  }))(fresh()),
  {
    op: 'sharesAccept',
    name: 'without a hash is 400',
    as: 'member',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'sharesDecline',
    name: 'ends the invitation',
    as: 'member',
    given,
    before: invited(name, 'member'),
    send: withHash,
    want: { status: 200, events: ['invitation.declined'] },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesDecline',
    name: 'of one that is accepted is 403',
    as: 'member',
    given,
    before: joined(name, 'member'),
    send: withHash,
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  {
    op: 'sharesDecline',
    name: 'without a hash is 400',
    as: 'member',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  (({ name, given }) => ({
    op: 'sharesUninvite',
    name: 'takes one invitation back',
    as: 'manager',
    given,
    before: invited(name, 'member'),
    send: add(name),
    want: { status: 200, events: ['invitation.revoked'] },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUninvite',
    name: 'rule 14: without a member it takes all back',
    as: 'manager',
    given,
    async before(scene: Scene) {
      await invited(name, 'member')(scene)
      await invited(name, undefined)(scene)
    },
    send: add(name, {}),
    want: { status: 200, events: ['invitation.revoked', 'invitation.revoked'] },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUninvite',
    name: 'of who has accepted is 403',
    as: 'manager',
    given,
    before: joined(name, 'member'),
    send: add(name),
    want: { status: 403, code: 'ShareForbidden' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUninvite',
    name: 'rule 13: the group wins: of one that is none is 404',
    as: 'manager',
    given,
    before: invited(name, 'member'),
    send: add(name, { group_id: 999_999 }),
    want: { status: 404, code: 'GroupNotFound' },
  }))(fresh()),
  (({ name, given }) => ({
    op: 'sharesUninvite',
    name: 'of who was not invited is 404',
    as: 'manager',
    given,
    before: invited(name, 'member'),
    send: add(name, { member_login: 'reader' }),
    want: { status: 404, code: 'UserNotFound' },
  }))(fresh()),
  {
    op: 'sharesUninvite',
    name: 'of nothing is 404',
    as: 'manager',
    send: add('nothing'),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'sharesUninvite',
    name: 'without a path is 400',
    as: 'manager',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'sharesInvites',
    name: 'lists what waits for the caller',
    as: 'member',
    ...(({ name, given }) => ({
      given,
      before: invited(name, 'member', { writer: true }),
      want: (scene: Scene) => ({
        status: 200,
        body: (value: unknown) =>
          (value as { hash: string }[]).some((one) => {
            const { hash, ...rest } = one
            const wanted = { writer: true, directory_name: name }
            return (
              hash === scene.kept.hash &&
              JSON.stringify(rest).startsWith(JSON.stringify(wanted).slice(0, -1))
            )
          }),
      }),
    }))(fresh()),
  },
]
