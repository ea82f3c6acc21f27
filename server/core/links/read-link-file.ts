import type { Ctx } from '../ctx.ts'
import { openContent } from '../downloads/open-content.ts'
import type { OpenFile } from '../downloads/open-file.ts'
import { fault } from '../fault.ts'
import { refuseCipher } from '../keys/cipher-places.ts'
import type { Content, Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { type Entered, enterLink } from './enter-link.ts'
import { type LinkPlace, nodeInLink } from './link-node.ts'
import { openLinkTicket } from './link-ticket.ts'
import { takeDownload } from './open-link.ts'
import { requireLeft } from './take-visitor-download.ts'

/**
 * With a ticket no download is taken; with the token one is, unless it is only to `peek`;
 * 'while-open': as long as one could be taken.
 */
export type LinkReading =
  | { readonly ticket: string }
  | {
      readonly token: string
      readonly password?: string
      readonly peek?: boolean | 'while-open'
    }

export type ReadLinkFile = LinkPlace & LinkReading & { readonly opensCipher?: boolean }

/**
 * A file of a download link, ready to be streamed. Faults: those of `openLinkTicket` or
 * `enterLink`; 'not-found' 'node' for what the link does not show, 'wrong-kind' 'node'
 * 'file' for a container, 'limit-reached' 'link'.
 */
export async function readLinkFile(ctx: Ctx, input: ReadLinkFile): Promise<OpenFile> {
  const { node, content } = await findFile(ctx, input)
  return openContent(ctx, { name: node.name, content, modifiedAt: node.updatedAt })
}

type File = { readonly node: Node; readonly content: Content }

function findFile(ctx: Ctx, input: ReadLinkFile): Promise<File> {
  return readInLink(ctx, input, (tx, entered) => fileIn(ctx, tx, entered, input))
}

/** Enters a download link to read from it, and counts the download where one is taken. */
export async function readInLink<T>(
  ctx: Ctx,
  input: LinkReading,
  find: (tx: Tx, entered: Entered) => Promise<T>,
): Promise<T> {
  const inside = (tx: Tx, entered: Entered) =>
    entered.link.kind === 'download' ? find(tx, entered) : fault('not-found', 'link')
  if ('ticket' in input) {
    return ctx.read(async (tx) => inside(tx, await openLinkTicket(ctx, tx, input.ticket)))
  }
  const { token, password, peek = false } = input
  const taking = async (tx: Tx, entered: Entered) => {
    if (peek === 'while-open') requireLeft(entered.link)
    const found = await inside(tx, entered)
    if (!peek) await takeDownload(ctx, tx, entered)
    return found
  }
  const key = { token, password, kind: 'download' } as const
  return enterLink(ctx, key, taking, peek ? 'read' : 'write')
}

async function fileIn(ctx: Ctx, tx: Tx, entered: Entered, place: ReadLinkFile): Promise<File> {
  const node = await nodeInLink(ctx, tx, entered.node, place)
  if (node.kind !== 'file' || !node.content) return fault('wrong-kind', 'node', 'file')
  if (!place.opensCipher) refuseCipher(node, 'file')
  return { node, content: node.content }
}
