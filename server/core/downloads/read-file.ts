import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault } from '../fault.ts'
import { refuseCipher } from '../keys/cipher-places.ts'
import { requireVisitorDownload, takeVisitorDownload } from '../links/take-visitor-download.ts'
import type { Content, Node, NodeRef } from '../nodes/node.ts'
import { type Permissions, READ } from '../permissions/permission.ts'
import { permit, type Seen, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { openContent } from './open-content.ts'
import type { OpenFile } from './open-file.ts'

export type ReadFile = {
  readonly node: NodeRef
  /** A version that is not the current one. */
  readonly versionId?: number
  /** The reader knows that encrypted bytes are that and can open them; else they are refused. */
  readonly opensCipher?: boolean
  /**
   * No byte of the file will be read: a visitor's link does not count it. 'while-open': as long as
   * it could.
   */
  readonly peek?: boolean | 'while-open'
  /** Its part in what faults; default: 'target'. */
  readonly role?: FaultRole
}

export type FileToRead = OpenFile & {
  readonly node: Node
  readonly permissions: Permissions
}

/**
 * A file to be read: READ on it. Faults 'wrong-kind' 'node' with the role for containers and
 * 'not-found' 'version' for a version that it does not have, 'encrypted' 'node' 'file'. A visitor
 * takes one of the downloads of his link: 'limit-reached' 'link'.
 */
export async function readFile(ctx: Ctx, input: ReadFile): Promise<FileToRead> {
  const isCounted = ctx.actor.kind === 'visitor' && !input.peek
  const { seen, content, modifiedAt } = isCounted
    ? await ctx.write((tx) => counted(ctx, tx, input))
    : await ctx.read((tx) => peeked(ctx, tx, input))
  const file = openContent(ctx, { name: seen.node.name, content, modifiedAt })
  return { ...file, ...seen }
}

type Found = { readonly seen: Seen; readonly content: Content; readonly modifiedAt: number }

async function counted(ctx: Ctx, tx: Tx, input: ReadFile): Promise<Found> {
  const found = await find(ctx, tx, input)
  await takeVisitorDownload(ctx, tx)
  return found
}

async function peeked(ctx: Ctx, tx: Tx, input: ReadFile): Promise<Found> {
  const found = await find(ctx, tx, input)
  if (input.peek === 'while-open') await requireVisitorDownload(ctx, tx)
  return found
}

async function find(
  ctx: Ctx,
  tx: Tx,
  { node: ref, versionId, opensCipher, role = 'target' }: ReadFile,
): Promise<Found> {
  const seen = await visible(ctx, tx, ref, role)
  const { node } = seen
  if (node.content === null) return fault('wrong-kind', 'node', role)
  permit(seen.permissions, READ, role)
  if (!opensCipher) refuseCipher(node, 'file')
  if (versionId === undefined || versionId === node.content.versionId) {
    return { seen, content: node.content, modifiedAt: node.updatedAt }
  }
  const versions = await tx.nodes.versions(node.id)
  const version = versions.find(({ id }) => id === versionId)
  if (!version) return fault('not-found', 'version')
  return { seen, content: version.content, modifiedAt: version.createdAt }
}
