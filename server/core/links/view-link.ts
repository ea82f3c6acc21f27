import type { Ctx } from '../ctx.ts'
import { isFault } from '../fault.ts'
import type { PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { mayHavePreview } from '../previews/may-have-preview.ts'
import type { Tx } from '../store.ts'
import { type Entered, enterLink, type LinkKey, linkByToken } from './enter-link.ts'
import type { PublicLink } from './link.ts'
import { leftIn } from './link-limits.ts'
import { type LinkListing, onePage } from './list-link.ts'
import { takesFiles } from './needed-to-share.ts'
import { describePublic } from './public-link.ts'

export type ViewLink = Omit<LinkKey, 'kind'> & {
  /** Names from the shared node down. */
  readonly path?: readonly string[]
  readonly page: PageRequest
}

export type ViewedLink = {
  readonly shown: PublicLink
  /** What is at the path; null before the password of a protected link. */
  readonly inside: LinkListing | null
  /** Whether it is a file of which there may be a preview. */
  readonly mayPreview: boolean
  /** How many files and bytes it takes still; null where none, and before the password. */
  readonly left: ReturnType<typeof leftIn> | null
}

/**
 * A download link as a page shows it: what it is, and what lies in it. Takes no download. A pass
 * that is over counts as none. Faults: those of `linkByToken`, for a password those of `enterLink`;
 * 'not-found' 'node' for a place that the link does not show.
 */
export async function viewLink(ctx: Ctx, input: ViewLink): Promise<ViewedLink> {
  const { token, password, path } = input
  const page = checkedPage(ctx, input.page)
  const key: LinkKey = { token, password, kind: 'download' }
  const view = async (tx: Tx, entered: Entered): Promise<ViewedLink> => {
    const inside = await onePage(ctx, tx, entered, { token, path, page })
    return {
      shown: await describePublic(ctx, tx, entered),
      inside,
      mayPreview: mayHavePreview(ctx, inside.parent.node),
      left: takesFiles(entered.link) ? leftIn(entered.link) : null,
    }
  }
  try {
    if (password !== undefined) return await enterLink(ctx, key, view, 'read')
  } catch (error) {
    if (!isFault(error, 'password-required')) throw error
  }
  return ctx.read(async (tx) => {
    const entered = await linkByToken(ctx, tx, key)
    if (entered.passwordHash === null) return view(tx, entered)
    const shown = await describePublic(ctx, tx, entered)
    return { shown, inside: null, mayPreview: false, left: null }
  })
}
