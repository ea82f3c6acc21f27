import type { Hashes } from '../blobs/hasher.ts'
import { endFlight, landFlight } from '../blobs/keys-in-flight.ts'
import { type Received, receive } from '../blobs/receive.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { countLinkUpload } from '../links/link-limits.ts'
import { throughLink } from '../links/through-link.ts'
import type { NodeRef, NodeView, OnClash } from '../nodes/node.ts'
import { resolve } from '../nodes/resolve.ts'
import { checkFacts } from '../nodes/valid-facts.ts'
import { CREATE } from '../permissions/permission.ts'
import { permit, type Seen, seen, visible } from '../permissions/visible.ts'
import { checkQuota } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { newBlobId } from './blob-id.ts'
import { commitFile, type FileFacts, overwriteNeeds } from './commit-file.ts'
import { describeCommitted } from './describe-committed.ts'
import { type FilePlace, fileName, lockParent, parentFor } from './start-upload.ts'

export type StoreFile = (FilePlace | { readonly nodeToReplace: NodeRef }) &
  FileFacts & {
    readonly source: AsyncIterable<Uint8Array>
    /** Announced bytes and MD5; others are refused. */
    readonly size?: number | null
    readonly md5?: string | null
    readonly onClash?: OnClash
    readonly keepLinks?: boolean
    readonly expectVersion?: number | null
  }

/**
 * Stores a file in one call: CREATE in the container; over a file DELETE too. Few bytes are written
 * in the one transaction that makes the file; more are flushed before, after rights and quota have
 * been looked at. `nodeToReplace` gets the bytes as its new version. A visitor brings new files, by
 * the rules of his link: a name that is taken gets a number; 'limit-reached' 'link' with data.of.
 */
export async function storeFile(ctx: Ctx, input: StoreFile): Promise<NodeView> {
  return ctx.actor.kind === 'visitor'
    ? throughLink(ctx, ctx.actor, input, (allowed, maxBytes) => store(ctx, allowed, maxBytes))
    : store(ctx, input, ctx.limits.uploadBytes)
}

async function store(ctx: Ctx, input: StoreFile, maxBytes: number): Promise<NodeView> {
  const name = 'nodeToReplace' in input ? '' : fileName(input)
  checkFacts(ctx, input)
  checkSize(ctx, input)
  const { chunk, hashes } = await take(ctx, input, maxBytes)
  try {
    checkHash(input, hashes)
    return await ctx.write((tx) => commit(ctx, tx, input, name, chunk, hashes))
  } finally {
    if (chunk.kind === 'many') endFlight(ctx, chunk.flight)
  }
}

function checkSize(ctx: Ctx, { size }: StoreFile): void {
  if (typeof size !== 'number') return
  if (!Number.isSafeInteger(size) || size < 0) {
    fault('invalid', 'upload', undefined, { field: 'size', rule: 'range' })
  }
  const limit = ctx.limits.uploadBytes
  if (size > limit) fault('too-large', 'upload', undefined, { limit })
}

function checkHash({ md5 }: StoreFile, hashes: Hashes): void {
  if (typeof md5 !== 'string' || md5.toLowerCase() === hashes.md5) return
  fault('checksum-mismatch', 'body', undefined, { announced: md5, received: hashes.md5 })
}

type Taken = { readonly chunk: Received; readonly hashes: Hashes }

async function take(ctx: Ctx, input: StoreFile, maxBytes: number): Promise<Taken> {
  const hashing = ctx.hasher.begin()
  let chunk: Received | undefined
  try {
    chunk = await receive(ctx, input.source, {
      keepBytes: ctx.limits.smallFileBytes,
      maxBytes,
      size: input.size,
      hashings: [hashing],
      beforeMany: () => ctx.read((tx) => precheck(ctx, tx, input)),
    })
    return { chunk, hashes: await hashing.digest() }
  } catch (error) {
    hashing.abandon()
    if (chunk?.kind === 'many') endFlight(ctx, chunk.flight)
    throw error
  }
}

/** Refuses before many bytes are written what the commit would refuse as things are now. */
async function precheck(ctx: Ctx, tx: Tx, input: StoreFile): Promise<void> {
  const { node, permissions } = await target(ctx, tx, input)
  if (node.kind === 'file') {
    permit(permissions, CREATE | overwriteNeeds, 'target')
    return
  }
  permit(permissions, CREATE, 'parent')
  const bytes = input.size ?? 0
  const chain = [...(await tx.nodes.ancestors(node.id)), node]
  await checkQuota(ctx, tx, { chain, roomBytes: bytes, bytes })
}

/** What is there already of the place: the file to replace, or the innermost container. */
async function target(ctx: Ctx, tx: Tx, input: StoreFile): Promise<Seen> {
  if ('nodeToReplace' in input) return visible(ctx, tx, input.nodeToReplace, 'target')
  if (!('path' in input)) return visible(ctx, tx, input.parent, 'parent')
  for (let length = input.path.length - 1; input.createParents && length > 0; length--) {
    const node = await resolve(ctx, tx, { path: input.path.slice(0, length) })
    if (node) return seen(ctx, tx, node, 'parent')
  }
  const path = input.createParents ? [] : input.path.slice(0, -1)
  return visible(ctx, tx, { path }, 'parent')
}

async function commit(
  ctx: Ctx,
  tx: Tx,
  input: StoreFile,
  placeName: string,
  chunk: Received,
  hashes: Hashes,
): Promise<NodeView> {
  const { parent, name, replaceId } = await destination(ctx, tx, input, placeName)
  const blob = { id: newBlobId(ctx), size: chunk.size, ...hashes, createdAt: ctx.now }
  if (chunk.kind === 'few') {
    await tx.blobs.insertSmall(blob, chunk.bytes)
  } else {
    await landFlight(ctx, tx, chunk.flight)
    await tx.blobs.insert(blob, [{ key: chunk.flight.key, size: chunk.size }])
  }
  const { onClash = 'fail', keepLinks, expectVersion } = input
  const file = { name, blob, facts: input, onClash, keepLinks, expectVersion, replaceId }
  const committed = await commitFile(ctx, tx, parent, file)
  if (ctx.actor.kind === 'visitor') {
    await countLinkUpload(ctx, tx, ctx.actor.linkId, committed.node)
  }
  return describeCommitted(ctx, tx, committed)
}

type Destination = { readonly parent: Seen; readonly name: string; readonly replaceId?: number }

async function destination(ctx: Ctx, tx: Tx, input: StoreFile, name: string): Promise<Destination> {
  if (!('nodeToReplace' in input)) return { parent: await parentFor(ctx, tx, input), name }
  const { node } = await visible(ctx, tx, input.nodeToReplace, 'target')
  if (node.kind !== 'file' || node.parentId === null) return fault('wrong-kind', 'node', 'target')
  const parent = await lockParent(ctx, tx, { id: node.parentId })
  return { parent, name: node.name, replaceId: node.id }
}
