import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { refuseCipher } from '../keys/cipher-places.ts'
import type { Tx } from '../store.ts'
import { type Entered, enterLink } from './enter-link.ts'
import type { PublicLink } from './link.ts'
import { type LinkPlace, nodeInLink, shownBytes } from './link-node.ts'
import { linkEvent } from './link-rights.ts'
import { issueLinkTicket } from './link-ticket.ts'
import type { LinkEntry } from './list-link.ts'
import { notifyCreator } from './notify-creator.ts'
import { describePublic, publicNode } from './public-link.ts'

export type OpenLink = LinkPlace & {
  readonly token: string
  readonly password?: string
  /** Anything but a file at the place faults; 'plain-file': also what only clients can open. */
  readonly need?: 'file' | 'plain-file'
}

export type OpenedLink = {
  /** For `readLinkFile` and `listLink`, until `expireAt`. */
  readonly ticket: string
  readonly expireAt: number
  readonly link: PublicLink
  /** What is at the place that was asked for. */
  readonly entry: LinkEntry
}

/**
 * Opens a download link and takes one of its downloads. Before one is taken it faults as
 * `enterLink`; 'not-found' 'node' for a place that the link does not show, 'wrong-kind' 'node'
 * 'file', 'encrypted' 'node' 'file'; 'encrypted' 'link' when a password is sent along for encrypted
 * bytes; 'limit-reached' 'link' when all downloads have been taken.
 */
export async function openLink(ctx: Ctx, input: OpenLink): Promise<OpenedLink> {
  const { token, password } = input
  const opening = async (tx: Tx, entered: Entered): Promise<OpenedLink> => {
    if (entered.link.keys !== null && password) refusePassword()
    const node = await nodeInLink(ctx, tx, entered.node, input)
    if (input.need && node.kind !== 'file') fault('wrong-kind', 'node', 'file')
    if (input.need === 'plain-file') refuseCipher(node, 'file')
    await takeDownload(ctx, tx, entered)
    const counted = { ...entered.link, downloads: entered.link.downloads + 1 }
    return {
      ...issueLinkTicket(ctx, entered),
      link: await describePublic(ctx, tx, { ...entered, link: counted }),
      entry: { node: publicNode(node), size: await shownBytes(tx, node, ctx.now) },
    }
  }
  return enterLink(ctx, { token, password, kind: 'download' }, opening, 'write')
}

/** The password of such a link opens its private key, at the client alone. */
function refusePassword(): never {
  return fault('encrypted', 'link', undefined, { rule: 'sent-password' })
}

/** Counts one download, with its event. */
export async function takeDownload(
  ctx: Ctx,
  tx: Tx,
  { link, node }: Pick<Entered, 'link' | 'node'>,
): Promise<void> {
  if (!(await tx.links.takeDownload(link.id))) fault('limit-reached', 'link')
  await recordEvents(ctx, tx, [linkEvent('link.used', link, node)])
  await notifyCreator(ctx, tx, link, { use: 'download', fileName: node.name })
}
