import type { Ctx } from '../ctx.ts'
import { isFault } from '../fault.ts'
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

/** An upload link as a stranger sees it. */
export type PublicUploadLink = {
  readonly link: Link
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
 * What anybody with its token sees of an upload link: little before the password, all with it.
 * Faults as `linkByToken`; for a password that is given as `enterLink`.
 */
export async function publicUploadLink(
  ctx: Ctx,
  input: Omit<LinkKey, 'kind'>,
): Promise<PublicUploadLink> {
  const key: LinkKey = { ...input, kind: 'upload' }
  const describe = (tx: Tx, entered: Entered) => describeInside(tx, entered)
  try {
    if (input.password !== undefined) return await enterLink(ctx, key, describe, 'read')
  } catch (error) {
    // A pass that is over counts as none.
    if (!isFault(error, 'password-required')) throw error
  }
  return ctx.read(async (tx) => {
    const entered = await linkByToken(ctx, tx, key)
    return entered.passwordHash === null
      ? describeInside(tx, entered)
      : { link: publicFacts(entered.link) }
  })
}

async function describeInside(tx: Tx, { link }: Entered): Promise<PublicUploadLink> {
  const { files, bytes } = leftIn(link)
  return {
    link: publicFacts(link),
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
