import { isBlobError } from '../blobs/blob-error.ts'
import type { Segment } from '../blobs/blob-row-store.ts'
import { hashBytes, hashSegments } from '../blobs/hash-bytes.ts'
import type { Hashes } from '../blobs/hasher.ts'
import type { Check } from './check-everything.ts'
import type { BlobFacts } from './check-store.ts'

const page = 200
const statsAtOnce = 16

/** Every blob has its bytes: in the row or as objects, of the right size; deep: and hash. */
export async function checkBlobs(check: Check): Promise<void> {
  const { ctx } = check
  let done = 0
  for (let after = ''; ; ) {
    const from = after
    const rows = await ctx.read((tx) => tx.checks.blobs(from, page))
    for (let at = 0; at < rows.length; at += statsAtOnce) {
      await Promise.all(rows.slice(at, at + statsAtOnce).map((blob) => checkBlob(check, blob)))
    }
    done += rows.length
    check.progress('blobs', done)
    if (rows.length < page) break
    after = rows.at(-1)!.id
  }
  await checkParts(check)
}

async function checkBlob(check: Check, blob: BlobFacts): Promise<void> {
  const { ctx, report } = check
  const { id: blobId, size, rowBytes } = blob
  if (rowBytes !== null) {
    if (rowBytes !== size) {
      return report({ kind: 'blob-size', blobId, ...differing(size, rowBytes), repaired: false })
    }
    if (check.deep) await checkRow(check, blob)
    return
  }
  const content = await ctx.read((tx) => tx.blobs.content(blobId))
  const segments = content && 'segments' in content ? content.segments : []
  const total = segments.reduce((sum, segment) => sum + segment.size, 0)
  if (total !== size) {
    return report({ kind: 'blob-size', blobId, ...differing(size, total), repaired: false })
  }
  let areThere = true
  for (const segment of segments) {
    areThere = (await checkSegment(check, segment, blobId)) && areThere
  }
  if (areThere && check.deep) await checkHash(check, blob, () => hashSegments(ctx, segments))
}

async function checkRow(check: Check, blob: BlobFacts): Promise<void> {
  const content = await check.ctx.read((tx) => tx.blobs.content(blob.id))
  if (!content || !('bytes' in content)) return
  await checkHash(check, blob, () => hashBytes(check.ctx, content.bytes))
}

async function checkHash(
  { report, ctx }: Check,
  { id: blobId, md5, sha256 }: BlobFacts,
  hash: () => Promise<Hashes>,
): Promise<void> {
  if (md5 === null && sha256 === null) return
  try {
    const found = await hash()
    const isRight = (md5 === null || md5 === found.md5) && (sha256 ?? found.sha256) === found.sha256
    if (isRight) return
    const expected = sha256 ?? md5 ?? ''
    report({ kind: 'hash', blobId, expected, found: found.sha256, repaired: false })
  } catch (error) {
    if (!isBlobError(error)) throw error
    ctx.log.warn({ blobId, error: error.message }, 'A blob could not be read to its end')
    report({ kind: 'segment-missing', blobId, found: error.code, repaired: false })
  }
}

/** Whether the object is there in full. */
async function checkSegment(
  { ctx, report }: Check,
  { key, size }: Segment,
  blobId?: string,
): Promise<boolean> {
  const facts = await ctx.blobs.stat(key)
  if (facts?.size === size) return true
  const about = { key, blobId, repaired: false }
  if (!facts) report({ kind: 'segment-missing', ...about })
  else report({ kind: 'segment-size', ...about, ...differing(size, facts.size) })
  return false
}

/** The objects of uploads that are under way. */
async function checkParts(check: Check): Promise<void> {
  for (let after = ''; ; ) {
    const from = after
    const parts = await check.ctx.read((tx) => tx.checks.partSegments(from, page))
    for (const part of parts) await checkSegment(check, part)
    if (parts.length < page) return
    after = parts.at(-1)!.key
  }
}

function differing(expected: number, found: number): { expected: string; found: string } {
  return { expected: `${expected}`, found: `${found}` }
}
