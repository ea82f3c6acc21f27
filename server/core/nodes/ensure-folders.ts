import type { Ctx } from '../ctx.ts'
import { fault, isFault } from '../fault.ts'
import { CREATE, type Permissions } from '../permissions/permission.ts'
import type { Seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { lockContainer } from './container.ts'
import { insertFolder } from './insert-folder.ts'
import type { Node } from './node.ts'
import { childNamed, resolve, shownBy } from './resolve.ts'
import { validName } from './valid-facts.ts'

/** Names that start in a container; absent: in the actor's own root. */
export type FolderPath = { readonly path: readonly string[]; readonly from?: number }

/**
 * The container at a path, locked like `lockContainer`; folders missing on
 * the way are made (CREATE where the first is). A file on the way is 'wrong-kind' 'node' 'parent'.
 */
export async function ensureFolders(
  ctx: Ctx,
  tx: Tx,
  { path, from }: FolderPath,
  needed: Permissions,
): Promise<Seen> {
  if (path.length > ctx.limits.pathDepth) fault('invalid', 'node', 'parent', { rule: 'depth' })
  let here = await resolve(ctx, tx, { path: [], from })
  for (const name of path) {
    if (!here) return fault('not-found', 'node', 'parent')
    here = (await step(tx, here, name)) ?? (await makeFolder(ctx, tx, here, name))
  }
  if (!here) return fault('not-found', 'node', 'parent')
  return lockContainer(ctx, tx, { id: here.id }, needed, 'parent')
}

async function step(tx: Tx, parent: Node, name: string): Promise<Node | undefined> {
  const child = await childNamed(tx, parent, name)
  return child?.kind === 'mount' ? shownBy(tx, child) : child
}

async function makeFolder(ctx: Ctx, tx: Tx, at: Node, rawName: string): Promise<Node> {
  const parent = await lockContainer(ctx, tx, { id: at.id }, CREATE, 'parent')
  const name = validName(rawName)
  try {
    return await insertFolder(ctx, tx, parent, { name, onClash: 'fail' })
  } catch (error) {
    if (!isFault(error, 'name-taken')) throw error
    // Somebody else made it meanwhile.
    return (await step(tx, parent.node, name)) ?? fault('not-found', 'node', 'parent')
  }
}
