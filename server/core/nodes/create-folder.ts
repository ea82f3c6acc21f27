import type { Ctx } from '../ctx.ts'
import { CREATE } from '../permissions/permission.ts'
import type { Seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { lockContainer } from './container.ts'
import { describeNode } from './describe-nodes.ts'
import { ensureFolders } from './ensure-folders.ts'
import { insertFolder } from './insert-folder.ts'
import type { NodeRef, NodeView, OnClash } from './node.ts'
import { checkFacts, type NodeFacts, validName } from './valid-facts.ts'

export type CreateFolder = Omit<NodeFacts, 'expireAt' | 'quota' | 'trashDays'> & {
  /** Default 'fail'. 'overwrite' puts a file of that name into the trash (needs DELETE). */
  readonly onClash?: OnClash
} & (
    | { readonly parent: NodeRef; readonly name: string }
    /** From a container or the actor's own root; the last segment is the name. */
    | {
        readonly path: readonly string[]
        readonly from?: number
        readonly createParents?: boolean
      }
  )

/** Makes a folder in a room or folder; needs CREATE there.. */
export async function createFolder(ctx: Ctx, input: CreateFolder): Promise<NodeView> {
  const name = validName('path' in input ? (input.path.at(-1) ?? '') : input.name)
  checkFacts(ctx, input)
  const { onClash = 'fail', notes, classification, clientCreatedAt, clientModifiedAt } = input
  const facts = { name, onClash, notes, classification, clientCreatedAt, clientModifiedAt }
  return ctx.write(async (tx) => {
    const parent = await parentFor(ctx, tx, input)
    const folder = await insertFolder(ctx, tx, parent, facts)
    return describeNode(ctx, tx, folder)
  })
}

async function parentFor(ctx: Ctx, tx: Tx, input: CreateFolder): Promise<Seen> {
  if (!('path' in input)) return lockContainer(ctx, tx, input.parent, CREATE, 'parent')
  const path = input.path.slice(0, -1)
  return input.createParents
    ? ensureFolders(ctx, tx, { path, from: input.from }, CREATE)
    : lockContainer(ctx, tx, { path, from: input.from }, CREATE, 'parent')
}
