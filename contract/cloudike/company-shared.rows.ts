import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'
import { done, fresh } from './share-scene.ts'

type Thing = { readonly type: string; readonly src_path: string; readonly shared_outside: boolean }

/** The writer shares a folder of his home with a member, and publishes a file in it. */
const shared = (name: string) => async (scene: Scene) => {
  const path = `/${name}`
  await done(scene, 'fileopsFolderCreate', 'writer', { body: { path } })
  await done(scene, 'sharesAdd', 'writer', { body: { path, member_login: 'member' } })
  const { public_hash } = await done(scene, 'linksCreate', 'writer', { body: { path } })
  expect(public_hash).toMatch(/^[\w-]{20,}$/)
}
const sizes = (query: object) => async (scene: Scene) => {
  const { body } = await scene.call('sharesCompanyShared', 'admin', { query: { ...query } })
  return (body as Thing[]).map(({ type }) => type)
}

/** What members have shared and published, for who manages users. */
export const companySharedRows: readonly ContractRow[] = [
  (({ name }) => ({
    op: 'sharesCompanyShared',
    name: 'tells of shares and links, with their owner and place',
    as: 'admin',
    before: shared(name),
    send: { query: { name: 'writer' } },
    want: (scene: Scene) => ({
      status: 200,
      body: (value: unknown) => {
        const own = (value as (Thing & { owner_id: number; owner_name: string })[]).filter(
          ({ src_path }) => src_path === `/${name}`,
        )
        expect(own).toMatchObject([
          { type: 'share', shared_outside: false, bytes: 0, owner_name: 'writer Person' },
          { type: 'link', shared_outside: true, owner_id: scene.userId('writer') },
        ])
        return true
      },
    }),
  }))(fresh()),
  (({ name }) => ({
    op: 'sharesCompanyShared',
    name: 'rule 23: a limit counts shares and links each',
    as: 'admin',
    before: async (scene: Scene) => {
      await shared(name)(scene)
      await shared(`${name} again`)(scene)
    },
    send: { query: { name: 'writer', limit: 1, offset: 1 } },
    want: { status: 200, body: [{ type: 'share' }, { type: 'link' }] },
    async then(scene: Scene) {
      const all = await sizes({ name: 'writer' })(scene)
      expect(all.filter((type) => type === 'share').length).toBeGreaterThan(1)
      expect(await sizes({ name: 'writer', limit: 2 })(scene)).toHaveLength(4)
      expect(await sizes({ name: 'nobody' })(scene)).toEqual([])
      expect(await sizes({ name: '\u0000' })(scene)).toEqual([])
    },
  }))(fresh()),
  (({ name }) => ({
    op: 'sharesCompanyShared',
    name: 'whom anybody may join is shared outside',
    as: 'admin',
    before: async (scene: Scene) => {
      await shared(name)(scene)
      await done(scene, 'sharesAdd', 'writer', { body: { path: `/${name}` } })
    },
    send: { method: 'POST', body: { name: 'writer' } },
    want: {
      status: 200,
      body: (value) =>
        (value as Thing[]).some(
          (one) => one.type === 'share' && one.src_path === `/${name}` && one.shared_outside,
        ),
    },
  }))(fresh()),
  {
    op: 'sharesCompanyShared',
    name: 'is not for everybody',
    as: 'writer',
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'sharesCompanyShared',
    name: 'from a place that is none is 400',
    as: 'admin',
    send: { query: { offset: 'x' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'sharesCompanyShared',
    name: 'of another tenant nothing is told',
    as: 'stranger',
    before: async (scene) => shared(fresh().name)(scene),
    want: { status: 200, body: [] },
  },
]
