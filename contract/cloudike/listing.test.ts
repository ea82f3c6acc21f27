import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '../../server/core/ctx.ts'
import { isFault } from '../../server/core/fault.ts'
import { setFavorites } from '../../server/core/favorites/set-favorites.ts'
import { createLink } from '../../server/core/links/create-link.ts'
import { deleteLinks } from '../../server/core/links/delete-links.ts'
import { changeNode } from '../../server/core/nodes/change-node.ts'
import { copyNodes } from '../../server/core/nodes/copy-nodes.ts'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { deleteNodes } from '../../server/core/nodes/delete-nodes.ts'
import { listChildren } from '../../server/core/nodes/list-children.ts'
import { moveNodes } from '../../server/core/nodes/move-nodes.ts'
import type { NewNode } from '../../server/core/nodes/node-store.ts'
import { ALL } from '../../server/core/permissions/permission.ts'
import { acceptInvitation } from '../../server/core/shares/accept-invitation.ts'
import { invite } from '../../server/core/shares/invite.ts'
import { unshare } from '../../server/core/shares/unshare.ts'
import { restoreNodes } from '../../server/core/trash/restore-nodes.ts'
import { storeFile } from '../../server/core/uploads/store-file.ts'
import { presentListing } from '../../server/faces/cloudike/present-meta.ts'
import { callOperation } from '../face-driver.ts'
import { openStage, type Stage } from '../run.ts'
import { contextOf, type Someone } from '../scene.ts'
import { cloudikeDriver } from './driver.ts'

const acts = [
  ...['folder', 'file', 'version', 'same', 'rename', 'delete', 'restore', 'out', 'in', 'copy'],
  ...['link', 'unlink', 'favorite', 'share', 'unshare', 'deep'],
] as const
const names = ['a', 'b', 'c'] as const
const aStep = fc.record({
  act: fc.constantFrom(...acts),
  name: fc.constantFrom(...names),
  other: fc.constantFrom(...names),
})
type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never

describe('the listing of a folder', () => {
  let stage: Stage
  let round = 0
  beforeAll(async () => {
    stage = await openStage(cloudikeDriver)
  })
  afterAll(() => stage?.world.stop())

  const as = (who: Someone) => contextOf(stage.world.app, stage.cast.tenant, stage.cast.ids[who])

  it('has another hash exactly when it is another, for all who share it the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 10, maxLength: 20 }), async (steps) => {
        const top = `top ${++round}`
        const beside = `beside ${round}`
        const { node } = await createFolder(as('writer'), { path: [top] })
        await createFolder(as('writer'), { path: [beside] })
        const to = { login: 'reader' }
        const invited = await invite(as('writer'), { node, to, permissions: ALL })
        await acceptInvitation(as('reader'), { token: invited.token ?? '' })
        let before = await listing(as('writer'), node.id)
        for (const step of steps) {
          await take(as('writer'), top, beside, step)
          const after = await listing(as('writer'), node.id)
          const isSame = after.shown === before.shown
          expect(after.hash === before.hash, `${step.act}: ${after.shown}`).toBe(isSame)
          expect((await listing(as('reader'), node.id)).hash).toBe(after.hash)
          before = after
        }
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  it('costs as many statements for two thousand entries as for ten, by the page', async () => {
    await filled('few', 10)
    await filled('many', 2000)
    const usual = await cost('few', 500)
    expect(usual).toBeGreaterThan(3)
    expect(await cost('many', 500)).toBe(usual)
    // Without a limit it is gathered by pages of 500.
    expect(await cost('many', 0)).toBeLessThanOrEqual(4 * usual)
  })

  /** Statements of one call, without those that the server makes beside it now and then. */
  async function cost(name: string, limit: number): Promise<number> {
    const costs: number[] = []
    for (let time = 0; time < 3; time++) {
      const before = stage.world.statements()
      const send = { params: { path: name }, query: { limit } }
      const headers = await stage.headersOf('member')
      const answer = await callOperation(cloudikeDriver, stage.world.url, 'metadata', send, headers)
      expect(answer.status).toBe(200)
      costs.push(stage.world.statements() - before)
    }
    return Math.min(...costs)
  }

  /** A folder in the root of the member with so many folders in it. */
  async function filled(name: string, count: number): Promise<void> {
    const { node } = await createFolder(as('member'), { path: [name] })
    await as('member').write(async (tx) => {
      const firstId = await tx.nodes.takeIds(count)
      const { deletedAt: _, ...facts } = node
      const rows = Array.from({ length: count }, (_one, at): NewNode => {
        const id = firstId + at
        return { ...facts, id, currentId: id, parentId: node.id, name: `f ${at}` }
      })
      await tx.nodes.insertMany(rows)
      const empty = { rooms: 0, folders: 0, files: 0, size: 0, revision: 1, listing: 1 }
      await tx.tallies.insertMany(rows.map(({ id }) => ({ id, ...empty, changedAt: 0 })))
      const [home] = await tx.nodes.ancestors(node.id)
      const ancestorIds = [home?.id ?? 0, node.id]
      await tx.tallies.apply({ ancestorIds, parentId: node.id, folders: count, at: Date.now() })
    })
  }
})

/** What the listing shows to its owner, but for his own marks (NOTES), and its hash. */
async function listing(ctx: Ctx, id: number): Promise<{ shown: string; hash: string }> {
  const page = { offset: 0, limit: 100 }
  const found = await listChildren(ctx, { parent: { id }, page, includeMounts: true })
  if (!found.parent) throw new Error('it has a parent')
  const { hash, content = [] } = presentListing(ctx, found.parent, found)
  const shown = content.map(({ is_favorite: _, ...entry }) => entry)
  return { shown: JSON.stringify(shown), hash: String(hash) }
}

/** One step in the folder; that it is refused is fine. */
async function take(ctx: Ctx, top: string, beside: string, step: Step): Promise<void> {
  try {
    await deeds[step.act](ctx, [top, step.name], [beside], step)
  } catch (error) {
    if (!isFault(error)) throw error
  }
}

type Path = readonly string[]
type Deed = (ctx: Ctx, path: Path, beside: Path, step: Step) => Promise<unknown>

const store = (ctx: Ctx, path: Path, text: string) =>
  storeFile(ctx, { path, onClash: 'overwrite', source: Readable.from([Buffer.from(text)]) })
const place = (from: Path, to: Path) =>
  ({
    items: [{ node: { path: from } }],
    target: { path: to },
    onClash: 'fail',
    mode: 'all',
  }) as const

const deeds: Readonly<Record<(typeof acts)[number], Deed>> = {
  folder: (ctx, path) => createFolder(ctx, { path }),
  file: (ctx, path) => store(ctx, path, 'text'),
  version: (ctx, path, _beside, { other }) => store(ctx, path, `text ${other}`),
  same: (ctx, path) => changeNode(ctx, { node: { path }, change: { name: path.at(-1) } }),
  rename: (ctx, path, _beside, { other }) =>
    changeNode(ctx, { node: { path }, change: { name: other } }),
  delete: (ctx, path) => deleteNodes(ctx, { nodes: [{ path }], mode: 'all' }),
  restore: (ctx, path) => restoreNodes(ctx, { nodes: [{ path }], onClash: 'fail', mode: 'all' }),
  out: (ctx, path, beside) => moveNodes(ctx, place(path, beside)),
  in: (ctx, path, beside) =>
    moveNodes(ctx, place([...beside, path.at(-1) ?? ''], path.slice(0, -1))),
  copy: (ctx, path) => copyNodes(ctx, { ...place(path, path.slice(0, -1)), onClash: 'rename' }),
  link: (ctx, path) => createLink(ctx, { kind: 'download', node: { path }, onePerNode: 'node' }),
  unlink: (ctx, path) => deleteLinks(ctx, { nodes: [{ path }], kind: 'any' }),
  favorite: (ctx, path) => setFavorites(ctx, { nodes: [{ path }], favorite: 'toggle' }),
  share: (ctx, path) => invite(ctx, { node: { path }, to: { login: 'member' }, permissions: ALL }),
  unshare: (ctx, path) => unshare(ctx, { node: { path } }),
  deep: (ctx, path, _beside, { other }) => createFolder(ctx, { path: [...path, other] }),
}
