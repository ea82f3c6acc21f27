import type { Ctx } from '../ctx.ts'
import { type Fault, fault, isFault } from '../fault.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { findDeletedFile } from '../trash/deleted-tickets.ts'
import { findVersion } from '../versions/find-version.ts'
import { createDownloadTicket } from './download-tickets.ts'

export type FindDownload = {
  readonly node: Extract<NodeRef, { path: readonly string[] }>
  readonly versionId?: number
  /** Where nothing live has the path: the newest file that was deleted there. */
  readonly evenDeleted?: boolean
}

export type Download = {
  readonly node: Node
  readonly rootPath: readonly string[] | null
  /** Opens a live file (`openTicket`) or one in the trash (`openDeleted`). */
  readonly ticket: string
}

/** Where the bytes of a file are fetched. Faults as `findVersion` and `createDownloadTicket`. */
export async function findDownload(ctx: Ctx, input: FindDownload): Promise<Download> {
  const { node: ref, versionId, evenDeleted } = input
  try {
    const { node, rootPath } = await findVersion(ctx, { node: ref, versionId })
    if (node.kind !== 'file') fault('wrong-kind', 'node', 'file')
    const ticket = await createDownloadTicket(ctx, { node: { id: node.id }, versionId })
    return { node, rootPath, ticket }
  } catch (error) {
    if (!evenDeleted || !isFault(error, 'not-found') || error.subject !== 'node') throw error
    return deletedAt(ctx, input, error)
  }
}

/** Whoever may not see it is told nothing but that nothing live is there. */
async function deletedAt(
  ctx: Ctx,
  { node: ref, versionId }: FindDownload,
  live: Fault,
): Promise<Download> {
  try {
    return { ...(await findDeletedFile(ctx, { node: ref, versionId })), rootPath: ref.path }
  } catch (error) {
    const tells = isFault(error, 'encrypted') || (isFault(error) && error.subject === 'version')
    throw isFault(error) && !tells ? live : error
  }
}
