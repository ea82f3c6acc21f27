import type { Ctx } from '../../core/ctx.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import { type StoreFile, storeFile } from '../../core/uploads/store-file.ts'
import { bodyBytes, mediaTypeOf, readMultipart } from '../body.ts'
import type { FaceRequest, Row } from '../operation.ts'
import type { MediaUploadRequest } from './generated/shapes.ts'
import { hubRoom, nodeRef, segments } from './hub.ts'
import { byHeaders, op } from './op.ts'
import { presentNode } from './present-node.ts'
import { decoded } from './read.ts'
import { refuseInput } from './refuse.ts'

type Source = StoreFile['source']

export const mediaUploadRows: Row[] = [
  byHeaders(
    op('media.upload', {
      auth: 'visit',
      changes: true,
      run: (ctx, { headers }, request) => {
        const given = headers['x-param-xia-data'] ?? { filename: '' }
        const input = { ...placeOf(ctx, given), ...factsOf(given, request) }
        return received(request, (source) => storeFile(ctx, { ...input, source }))
      },
      reply: (view, { headers }, ctx) => ({
        ...presentNode(ctx, view),
        replace: headers['x-param-xia-data']?.replace === true ? (1 as const) : (0 as const),
      }),
    }),
  ),
]

/**
 * Where the bytes go: a path in the hub; the file `nid` in the folder `pid`, when it is to be
 * replaced; otherwise below `pid` or `nid`, by name.
 */
function placeOf(ctx: Ctx, given: MediaUploadRequest) {
  const name = decoded(given.filename)
  if (given.ownpath !== undefined && given.ownpath !== '') {
    const path = segments(ctx, given.ownpath, 'ownpath')
    const whole = path.at(-1) === name ? path : [...path, name]
    return { path: whole, from: hubRoom(ctx, given.hub_id) ?? undefined, createParents: true }
  }
  if (given.replace && given.pid !== undefined && given.nid !== undefined) {
    return { nodeToReplace: nodeRef(ctx, given) }
  }
  return { parent: nodeRef(ctx, { ...given, nid: given.pid ?? given.nid }, 'parent'), name }
}

function factsOf(given: MediaUploadRequest, request: FaceRequest) {
  return {
    size: given.filesize ?? announced(request),
    md5: given.md5Hash,
    mediaType: given.mimetype,
    onClash: given.replace ? ('overwrite' as const) : ('fail' as const),
  }
}

function announced(request: FaceRequest): number | undefined {
  const { 'content-length': length } = request.headers
  return length === undefined || isMultipart(request) ? undefined : Number(length)
}

const isMultipart = (request: FaceRequest) => mediaTypeOf(request) === 'multipart/form-data'

/** The body is the bytes; of a multipart body the first file is, and its fields are not read. */
async function received(
  request: FaceRequest,
  store: (source: Source) => Promise<NodeView>,
): Promise<NodeView> {
  if (!isMultipart(request)) return store(bodyBytes(request))
  const { result } = await readMultipart(request, (file) => store(file.stream))
  return result ?? refuseInput('file', 'no-file', 'the body holds no file')
}
