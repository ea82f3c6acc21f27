import type { Ctx } from '../ctx.ts'
import { isFault } from '../fault.ts'
import type { PublicKeyOf } from '../keys/key-store.ts'
import { receiversOf } from '../keys/link-keys.ts'
import type { Tx } from '../store.ts'
import type { Person } from '../users/user.ts'
import { type Entered, enterLink, type LinkKey, linkByToken } from './enter-link.ts'
import type { Link } from './link.ts'
import { leftIn } from './link-limits.ts'
import { publicFacts, shownCreator } from './public-link.ts'

/** A file that came in, as others who bring files may see it. */
export type UploadedFile = {
  readonly name: string
  readonly size: number
  readonly createdAt: number
  readonly md5: string | null
}

/** A link that takes files, as a stranger sees it. */
export type PublicUploadLink = {
  readonly link: Link
  /** For whom the key of a file is wrapped where bytes are encrypted; null where they are plain. */
  readonly receivers: readonly PublicKeyOf[] | null
  /** Absent before the password of a protected link was given. */
  readonly inside?: {
    readonly creator: Person | null
    readonly filesLeft: number | null
    readonly bytesLeft: number | null
    /** Newest first; null where the link does not show them. */
    readonly files: readonly UploadedFile[] | null
  }
}

/** Files that are shown at most. */
const maxShown = 500

/**
 * What anybody with its token sees of a link that takes files: little before the password, all
 * with it. Faults as `linkByToken`; for a password that is given as `enterLink`; 'key-missing'
 * 'link' with data.rule 'receiver' where nobody could open what is brought.
 */
export async function publicUploadLink(
  ctx: Ctx,
  input: Omit<LinkKey, 'kind'>,
): Promise<PublicUploadLink> {
  const key: LinkKey = { ...input, kind: 'upload' }
  const describe = (tx: Tx, entered: Entered) => describeInside(ctx, tx, entered)
  try {
    if (input.password !== undefined) return await enterLink(ctx, key, describe, 'read')
  } catch (error) {
    // A pass that is over counts as none.
    if (!isFault(error, 'password-required')) throw error
  }
  return ctx.read(async (tx) => {
    const entered = await linkByToken(ctx, tx, key)
    return entered.passwordHash === null
      ? describeInside(ctx, tx, entered)
      : outside(ctx, tx, entered)
  })
}

async function outside(ctx: Ctx, tx: Tx, { link, node }: Entered): Promise<PublicUploadLink> {
  const receivers = await receiversOf(ctx, tx, node)
  return { link: publicFacts(link), receivers: receivers.length > 0 ? receivers : null }
}

async function describeInside(ctx: Ctx, tx: Tx, entered: Entered): Promise<PublicUploadLink> {
  const { link } = entered
  const { files, bytes } = leftIn(link)
  return {
    ...(await outside(ctx, tx, entered)),
    inside: {
      creator: await shownCreator(tx, link),
      filesLeft: files,
      bytesLeft: bytes,
      files: link.showUploaded ? await filesOf(tx, link) : null,
    },
  }
}

async function filesOf(tx: Tx, { id }: Link): Promise<UploadedFile[]> {
  const nodes = await tx.nodes.findMany(await tx.links.files(id, maxShown))
  return nodes
    .map(({ name, createdAt, content }) => ({
      name,
      size: content?.size ?? 0,
      createdAt,
      md5: content?.md5 ?? null,
    }))
    .sort((a, b) => b.createdAt - a.createdAt)
}
