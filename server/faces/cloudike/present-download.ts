import type { Node } from '../../core/nodes/node.ts'
import type { Download } from './generated/shapes.ts'
import { clientData } from './present-meta.ts'

/** Where a file is downloaded, and what comes. */
export function presentDownload(node: Node, path: string, url: string): Download {
  const { content } = node
  return {
    url,
    method: 'GET',
    path,
    name: node.name,
    deleted: node.deletedAt !== null,
    version: node.currentId,
    size: content?.size ?? 0,
    checksum: content?.md5 ?? null,
    mime_type: content?.mediaType ?? 'application/octet-stream',
    created: node.createdAt,
    modified: node.updatedAt,
    client_data: clientData(node),
  }
}
