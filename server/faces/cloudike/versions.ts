import { listVersions } from '../../core/versions/list-versions.ts'
import { restoreVersion } from '../../core/versions/restore-version.ts'
import type { VersionView } from '../../core/versions/version-view.ts'
import type { Row } from '../operation.ts'
import type { UpdateVersion, Version } from './generated/shapes.ts'
import { nodeAt, nodeAtUrl } from './ids.ts'
import { op } from './op.ts'
import { gatherPages } from './pages.ts'
import { presentMeta } from './present-meta.ts'

/** Tag `storage`: versions of files. All are stored whole, so that each can be fetched alone. */
export const versionRows: readonly Row[] = [
  op('filesVersions', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { skip: offset = 0, limit = 0 } = params
      const node = nodeAtUrl(ctx, params.path)
      return gatherPages({ offset, limit }, (page) => listVersions(ctx, { node, page }))
    },
    reply: ({ items }) => items.map(presentVersion),
  }),

  op('filesVersionsToUpdate', {
    auth: 'user',
    run: (ctx, { params }) => {
      const wish = { node: nodeAt(ctx, params.path), since: params.version }
      return gatherPages({ offset: 0, limit: 0 }, (page) => listVersions(ctx, { ...wish, page }))
    },
    reply: ({ items }) => items.map(presentUpdate),
  }),

  op('filesRestore', {
    auth: 'user',
    run: (ctx, { body }) =>
      restoreVersion(ctx, { node: nodeAt(ctx, body.path), versionId: body.version }),
    reply: presentMeta,
  }),
]

function presentUpdate({ id, content, createdAt }: VersionView): UpdateVersion {
  return {
    id: String(id),
    version: id,
    content: { size: content.size },
    type: 'full',
    timestamp: createdAt / 1000,
  }
}

function presentVersion(version: VersionView): Version {
  const { restoredAt } = version
  return {
    ...presentUpdate(version),
    ...(typeof restoredAt === 'number' ? { restored_timestamp: restoredAt / 1000 } : {}),
  }
}
