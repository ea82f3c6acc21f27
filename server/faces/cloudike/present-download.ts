import { fault } from '../../core/fault.ts'
import type { Node } from '../../core/nodes/node.ts'
import type { Download } from './generated/shapes.ts'
import { clientData } from './present-meta.ts'

/** Where a file is downloaded, and what comes. Faults 'wrong-kind' for what is no file. */
export function presentDownload(node: Node, path: string, url: string): Download {
  const { content } = node
  if (!content) return fault('wrong-kind', 'node', 'file')
  return {
    url,
    method: 'GET',
    path,
    name: node.name,
    deleted: node.deletedAt !== null,
    version: node.currentId,
    size: content.size,
    checksum: content.md5,
    mime_type: content.mediaType,
    created: node.createdAt,
    modified: node.updatedAt,
    client_data: clientData(node),
  }
}
