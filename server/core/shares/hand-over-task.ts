import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { type FaultData, fault } from '../fault.ts'
import { readable } from '../nodes/copy-nodes.ts'
import { dropCopies, fillCopy } from '../nodes/fill-copy.ts'
import { insertFolder } from '../nodes/insert-folder.ts'
import { renameMount, tellMountChange } from '../nodes/mounts.ts'
import { isExpired, type Node } from '../nodes/node.ts'
import { purgeNode } from '../nodes/purge-node.ts'
import { type TreeGap, treeGap } from '../nodes/tree-gap.ts'
import { ALL } from '../permissions/permission.ts'
import { writeGrants } from '../permissions/set-room-grants.ts'
import type { Tx } from '../store.ts'
import type { TaskEnd, TaskRun } from '../tasks/run-task.ts'
import type { Task, TaskFacts } from '../tasks/task.ts'
import { endShare } from './end-share.ts'
import { heirOf } from './hand-over.ts'
import { managedShare } from './managed-share.ts'
import { startShare } from './start-share.ts'

/** So often the copy follows what others change in the folder while it is made. */
const maxPasses = 100

/**
 * The work of a 'hand-over' task. The new owner's mount steps aside (`_old`), a folder with the
 * share's name fills with copies where it stood, in transactions of `limits.bulkItems` rows; when
 * nothing is missing, one transaction ends the old share and lets everybody else into the new one.
 * The former owner keeps a plain folder. Rights, membership and quota are looked at in every step.
 * Run again it goes on from what is there: the copy is compared with its source by names.
 */
export async function handOverTask(ctx: Ctx, run: TaskRun): Promise<TaskEnd> {
  const begun = isBegun(run.task.memo)
  const memo = begun ? run.task.memo : await run.step(0, (tx) => begin(ctx, tx, run.task))
  const task: Task = { ...run.task, memo }
  for (let pass = 0; pass < maxPasses; pass++) {
    const { revision, ...gap } = await look(ctx, task)
    if (gap.missing.length === 0 && gap.stale.length === 0) {
      const commit = (tx: Tx) => finish(ctx, tx, task, revision)
      return { result: { copied: gap.total - 1 }, commit }
    }
    await fill(ctx, run, task, gap)
  }
  return fault('unavailable', 'node')
}

/** The mount steps aside and the folder is there, empty; what both are is the task's memo. */
async function begin(ctx: Ctx, tx: Tx, task: Task): Promise<TaskFacts> {
  const { shared, home } = await sides(ctx, tx, task)
  const mounts = await tx.nodes.mountsTo(shared.id)
  const mount = mounts.find(({ boundaryId, deletedAt }) => boundaryId === home.id && !deletedAt)
  const [parent = home] = await tx.nodes.lock([mount?.parentId ?? home.id], 'stay')
  if (mount) await renameMount(ctx, tx, mount, parent, `${mount.name}_old`, 'rename')
  const aside = (await tx.nodes.mountsTo(shared.id)).find(({ id }) => id === mount?.id)
  const { name, notes, classification, clientCreatedAt, clientModifiedAt } = shared
  const facts = { notes, classification, clientCreatedAt, clientModifiedAt }
  const spot = { node: parent, permissions: ALL }
  const folder = await insertFolder(ctx, tx, spot, { name, onClash: 'rename', ...facts })
  const memo = {
    folder: folder.id,
    mount: mount?.id ?? null,
    name: mount?.name ?? null,
    aside: aside?.name ?? null,
  }
  await tx.tasks.update(task.id, { memo })
  return memo
}

/** What is missing, and the revision of the source that it was seen in. */
async function look(ctx: Ctx, task: Task): Promise<TreeGap & { readonly revision: number }> {
  return ctx.read(async (tx) => {
    const { node, folder } = placesOf(task)
    const source = await tx.nodes.find(node)
    if (!source) return fault('not-found', 'node')
    const revision = await revisionOf(tx, node)
    const rows = (await tx.nodes.subtree(node)).filter(
      (row) => row.kind !== 'mount' && !isExpired(row, ctx.now),
    )
    const copies = await tx.nodes.subtree(folder)
    if (copies.length === 0) return fault('not-found', 'node', 'target')
    const known = await readable(ctx, tx, source, rows)
    return { ...treeGap(known, copies, (row) => isOurs(task, row)), revision }
  })
}

async function fill(ctx: Ctx, run: TaskRun, task: Task, gap: TreeGap): Promise<void> {
  const batch = ctx.limits.bulkItems
  const { owner } = placesOf(task)
  const containers = new Map(gap.containers)
  let done = gap.done
  const percent = () => (99 * done) / gap.total
  for (let at = 0; at < gap.stale.length; at += batch) {
    const rows = gap.stale.slice(at, at + batch)
    await run.step(percent(), async (tx) => {
      await sides(ctx, tx, task)
      await dropCopies(ctx, tx, rows, (row) => isOurs(task, row))
    })
  }
  for (let at = 0; at < gap.missing.length; at += batch) {
    const rows = gap.missing.slice(at, at + batch)
    done += rows.length
    const made = await run.step(percent(), async (tx) => {
      const { home } = await sides(ctx, tx, task)
      const root = await folderOf(tx, task, home)
      return fillCopy(ctx, tx, { rows, containers, root, stamp: task.createdAt, by: owner })
    })
    for (const [from, to] of made) containers.set(from, to)
  }
}

/** In the transaction that ends the task; 'unavailable' where the source has changed since. */
async function finish(ctx: Ctx, tx: Tx, task: Task, revision: number): Promise<void> {
  const { shared, home, grants } = await sides(ctx, tx, task)
  const { id } = await folderOf(tx, task, home)
  const [, folder] = await tx.nodes.lockSubtrees([shared.id, id])
  if (!folder || (await revisionOf(tx, shared.id)) !== revision) fault('unavailable', 'node')
  const { member } = placesOf(task)
  const others = grants.filter((grant) => grant.userId !== member)
  // The names of the old mounts are free before there are new ones.
  await endShare(ctx, tx, shared)
  await recordEvents(ctx, tx, [
    {
      type: 'node.copied',
      nodeId: folder.id,
      roomId: folder.boundaryId,
      nodeKind: 'folder',
      nodeName: folder.name,
      data: { source: shared.id, from: shared.parentId, to: folder.parentId },
    },
  ])
  if (others.length > 0) await writeGrants(ctx, tx, await startShare(ctx, tx, folder), others)
  await tellMountChange(ctx, tx, folder.parentId ?? folder.boundaryId)
}

/**
 * Takes back a hand-over that failed: the copies go and the mount has its name again. Answers
 * `left`, the name of the folder that stays because others put something into it.
 */
export async function undoHandOver(ctx: Ctx, tx: Tx, task: Task): Promise<FaultData> {
  if (!isBegun(task.memo)) return {}
  await tx.nodes.lockTree()
  const { node, folder: folderId } = placesOf(task)
  const [folder] = await tx.nodes.lockSubtrees([folderId])
  const left = folder ? await dropFolder(ctx, tx, task, folder) : {}
  const mount = (await tx.nodes.mountsTo(node)).find(({ id }) => id === task.memo.mount)
  const parent = mount?.parentId ? await tx.nodes.find(mount.parentId) : undefined
  if (mount && parent && !mount.deletedAt && mount.name === task.memo.aside) {
    await renameMount(ctx, tx, mount, parent, String(task.memo.name), 'rename')
  }
  return left
}

async function dropFolder(ctx: Ctx, tx: Tx, task: Task, folder: Node): Promise<FaultData> {
  const [, ...rows] = await tx.nodes.subtree(folder.id)
  const parent = folder.parentId ? await tx.nodes.find(folder.parentId) : undefined
  const isPlain = folder.kind === 'folder' && rows.every((row) => isOurs(task, row))
  if (!parent || !isPlain) return { left: folder.name }
  await purgeNode(ctx, tx, folder, parent)
  return {}
}

/** The share and who gets it, while both are as at the start; takes `lockTree`. */
async function sides(ctx: Ctx, tx: Tx, task: Task) {
  const { node, member } = placesOf(task)
  const shared = await managedShare(ctx, tx, { id: node })
  return { shared, ...(await heirOf(ctx, tx, shared, member)) }
}

/** The new folder, wherever in his home its owner has moved it; 'not-found' 'node' 'target'. */
async function folderOf(tx: Tx, task: Task, home: Node): Promise<Node> {
  const folder = await tx.nodes.find(placesOf(task).folder)
  const isThere = folder?.kind === 'folder' && folder.boundaryId === home.id
  return isThere ? folder : fault('not-found', 'node', 'target')
}

async function revisionOf(tx: Tx, id: number): Promise<number> {
  return (await tx.tallies.of([id])).get(id)?.revision ?? 0
}

/** A copy bears time and owner of its task; whoever changes it gives it others. */
function isOurs({ createdAt, input }: Task, row: Node): boolean {
  const isAsMade = row.createdAt === createdAt && row.updatedAt === createdAt
  return isAsMade && row.createdBy === input.owner && row.updatedBy === input.owner
}

function isBegun(memo: TaskFacts): boolean {
  return memo.folder !== undefined
}

function placesOf({ input, memo }: Task) {
  return {
    node: Number(input.node),
    member: Number(input.member),
    owner: Number(input.owner),
    folder: Number(memo.folder ?? 0),
  }
}
