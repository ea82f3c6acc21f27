import type { Ctx } from '../ctx.ts'
import { type Fault, fault, isFault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import { childNamed } from '../nodes/resolve.ts'
import { validName } from '../nodes/valid-facts.ts'
import { visible } from '../permissions/visible.ts'
import { storeFile } from '../uploads/store-file.ts'
import { fetchInParts, partBytes } from './fetch-in-parts.ts'
import type { SourceEntry } from './import-source.ts'
import { type ImportWork, stepCtx } from './import-work.ts'
import { watched } from './watched.ts'

/** What came of one file. */
export type Fetched = 'imported' | 'unchanged'

/**
 * Brings one file into a container here. One that is there with the same bytes is not fetched; one
 * with others gets a new version where the order replaces, else it is 'name-taken' 'node'. Nothing
 * of it is visible before all of it is there and its checksum is right. Faults 'too-large',
 * 'invalid-name', 'wrong-kind' and 'checksum-mismatch' are about this file alone.
 */
export async function fetchFile(
  work: ImportWork,
  into: number,
  told: SourceEntry,
): Promise<Fetched> {
  try {
    return await attempt(work, into, told)
  } catch (error) {
    const mayHaveChanged = isFault(error, 'checksum-mismatch') || isFault(error, 'name-taken')
    if (!mayHaveChanged) throw error
    // It changed at the source while it was read, or somebody else brought it meanwhile.
    return attempt(work, into, { ...(await work.source.describe(told.ref)), name: told.name })
  }
}

async function attempt(work: ImportWork, into: number, entry: SourceEntry): Promise<Fetched> {
  const ctx = await stepCtx(work)
  const name = validName(entry.name)
  const there = await nodeThere(ctx, into, name)
  if (there && isSame(there, entry)) return 'unchanged'
  if (there && there.kind !== 'file') fault('wrong-kind', 'node', 'target')
  if (there && !work.order.replaces) fault('name-taken', 'node', 'target')
  const { size, md5 } = entry
  if (size === null) return fault('invalid', 'import', undefined, { rule: 'size' })
  const limit = ctx.limits.uploadBytes
  if (size > limit) fault('too-large', 'upload', undefined, { limit })
  const file = {
    ...{ parent: { id: into }, name, size, md5, clientModifiedAt: entry.modifiedAt },
    onClash: work.order.replaces ? ('overwrite' as const) : ('fail' as const),
  }
  if (size > partBytes) await fetchInParts(work, ctx, file, entry)
  else await storeFile(ctx, { ...file, source: watched(work, entry.ref, 0, size) })
  return 'imported'
}

/** What has the name already, where the actor sees the container. */
async function nodeThere(ctx: Ctx, into: number, name: string): Promise<Node | undefined> {
  return ctx.read(async (tx) => {
    const { node } = await visible(ctx, tx, { id: into }, 'parent')
    return childNamed(tx, node, name)
  })
}

/** Without a checksum, time and size of the file as it was imported before speak for it. */
function isSame({ content, clientModifiedAt }: Node, { size, md5, modifiedAt }: SourceEntry) {
  if (!content || content.size !== size) return false
  if (md5 !== null) return content.md5 === md5
  return modifiedAt !== null && clientModifiedAt === modifiedAt
}

/** Whether a fault is about one node there: it is left out, and the import goes on. */
export function isAboutOne({ code, subject, data }: Fault): boolean {
  if (subject === 'import') {
    const isSize = code === 'invalid' && (data.rule === 'range' || data.rule === 'size')
    return isSize || code === 'not-found' || (code === 'forbidden' && data.rule === undefined)
  }
  return aboutOne.has(code) || (code === 'invalid' && subject === 'node')
}

const aboutOne: ReadonlySet<string> = new Set([
  'name-taken',
  'wrong-kind',
  'invalid-name',
  'too-large',
  'checksum-mismatch',
])
