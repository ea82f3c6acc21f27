import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { receiversOf } from '../keys/link-keys.ts'
import { checkFacts, validName } from '../nodes/valid-facts.ts'
import { checkQuota, limitedRooms } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { chainTo } from '../uploads/commit-file.ts'
import { checkAnnounced, checkCipherUpload, insertUpload } from '../uploads/start-upload.ts'
import type { Upload } from '../uploads/upload.ts'
import { type Entered, enterLink, type LinkKey } from './enter-link.ts'
import { checkLeft, endOfFile } from './link-limits.ts'
import { folderInLink } from './link-node.ts'

export type StartLinkUpload = Omit<LinkKey, 'kind'> & {
  readonly name: string
  /** Names from the shared node down to a folder that the link shows; default: the node itself. */
  readonly path?: readonly string[]
  /** Announced bytes: looked at now, and any other number is refused later. */
  readonly size?: number | null
  /** Announced MD5, 32 hex digits. */
  readonly md5?: string | null
  readonly mediaType?: string | null
  readonly clientCreatedAt?: number | null
  readonly clientModifiedAt?: number | null
  /** Parts go to addresses of their own (`partTickets`). */
  readonly direct?: boolean
  /** Who brings it can encrypt; false: he is refused where bytes are encrypted. Default: true. */
  readonly bringsKeys?: boolean
}

/**
 * Announces a file that somebody without an account brings through a link that takes them. Nothing
 * is reserved before bytes arrive, since anybody may announce. A name that is taken when it commits
 * gets a number. Faults: those of `enterLink`, 'limit-reached' 'link' with data.of,
 * 'quota-exceeded', 'invalid-name', 'not-found' 'node' for a place that the link does not show or
 * that is no folder, and those of `receiversOf`; 'key-missing' 'upload' for plain bytes
 * where they are encrypted, 'too-large' 'upload' (data.rule 'cipher') for more than can be
 * encrypted at once.
 */
export async function startLinkUpload(
  ctx: Ctx,
  input: StartLinkUpload,
): Promise<{ upload: Upload; token: string }> {
  const name = validName(input.name)
  checkFacts(ctx, input)
  const announced = checkAnnounced(ctx, input)
  const { token, password } = input
  const open = (tx: Tx, entered: Entered) => openIn(ctx, tx, entered, { ...input, name, announced })
  return enterLink(ctx, { token, password, kind: 'upload' }, open, 'write')
}

type Opening = StartLinkUpload & { readonly announced: Pick<Upload, 'size' | 'md5'> }

async function openIn(ctx: Ctx, tx: Tx, { link, node }: Entered, input: Opening) {
  const place = await folderInLink(ctx, tx, link, node, { path: input.path })
  const [parent] = await tx.nodes.lock([place.id], 'stay')
  if (!parent) return fault('not-found', 'link')
  const size = input.announced.size ?? 0
  checkLeft(link, size)
  await receiversOf(ctx, tx, parent)
  checkCipherUpload(parent, { size, bringsKeys: input.bringsKeys ?? true })
  const chain = await chainTo(tx, parent)
  await checkQuota(ctx, tx, { chain, roomBytes: size, bytes: size })
  const decided = {
    ...input.announced,
    name: input.name,
    directKey: null,
    directReference: null,
    userId: null,
    exportId: null,
    linkId: link.id,
    parentId: parent.id,
    reserved: 0,
  }
  const { mediaType, clientCreatedAt, clientModifiedAt, direct } = input
  const expireAt = endOfFile(ctx, link)
  const facts = { mediaType, clientCreatedAt, clientModifiedAt, direct, expireAt }
  return insertUpload(ctx, tx, decided, { ...facts, onClash: 'rename' }, limitedRooms(chain))
}
