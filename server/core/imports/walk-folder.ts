import type { Ctx } from '../ctx.ts'
import { fault, isFault } from '../fault.ts'
import { ensureFolders } from '../nodes/ensure-folders.ts'
import { CREATE } from '../permissions/permission.ts'
import { fetchFile, isAboutOne } from './fetch-file.ts'
import type { SourceEntry, SourcePage } from './import-source.ts'
import { addProblem, type Level, wordsOf } from './import-state.ts'
import { giveWay, type ImportWork, save, stepCtx } from './import-work.ts'

/** Pages that are at hand, by the level whose next page they are. */
type Pages = WeakMap<Level, SourcePage>

/**
 * Brings a folder and all below it, depth first. The state says after every step where to go on;
 * what happened since it was kept last happens again, to no effect. What is about one node is
 * counted and told; anything else faults.
 */
export async function walkFolder(work: ImportWork): Promise<void> {
  const { state, order } = work
  const { ref, name } = order
  state.levels ??= [await enter(work, { ref, name }, order.into)]
  const pages: Pages = new WeakMap()
  for (let level = state.levels.at(-1); level; level = state.levels.at(-1)) {
    const page = await pageOf(work, level, pages)
    if (!page) state.levels.pop()
    else if ((await walkPage(work, level, page)) === 'through') turn(work, level, page, pages)
    await save(work)
    await giveWay(work)
  }
}

/** The page under way; undefined: this one folder is not opened to us any more. */
async function pageOf(
  work: ImportWork,
  level: Level,
  pages: Pages,
): Promise<SourcePage | undefined> {
  const known = pages.get(level)
  if (known) return known
  try {
    const page = await work.source.list(level.ref, level.page)
    pages.set(level, page)
    return page
  } catch (error) {
    const isRoot = work.state.levels?.length === 1
    if (isRoot || !isFault(error) || !isAboutOne(error)) throw error
    addProblem(work.state, pathOf(work), wordsOf(error))
    return undefined
  }
}

function turn(work: ImportWork, level: Level, { isLast }: SourcePage, pages: Pages): void {
  pages.delete(level)
  if (isLast) {
    work.state.levels?.pop()
    return
  }
  level.page += 1
  level.after = null
}

/** Deals with the rest of a page; stops where a folder is entered, which comes first then. */
async function walkPage(
  work: ImportWork,
  level: Level,
  { entries }: SourcePage,
): Promise<'through' | 'entered'> {
  const at = entries.findIndex((entry) => keyOf(entry) === level.after)
  for (const entry of entries.slice(at + 1)) {
    countItem(work)
    work.state.current = pathOf(work, entry)
    const entered = await step(work, level, entry)
    level.after = keyOf(entry)
    if (entered) {
      work.state.levels?.push(entered)
      return 'entered'
    }
    await save(work)
    await giveWay(work)
  }
  return 'through'
}

/** One entry: a file is brought, a folder is the next level. */
async function step(
  work: ImportWork,
  level: Level,
  entry: SourceEntry,
): Promise<Level | undefined> {
  const { state } = work
  try {
    if (entry.kind === 'folder') {
      refuseCycle(work, entry)
      return await enter(work, entry, level.into)
    }
    state[await fetchFile(work, level.into, entry)] += 1
  } catch (error) {
    if (!isFault(error) || !isAboutOne(error)) throw error
    addProblem(state, pathOf(work, entry), wordsOf(error))
  }
  if (entry.kind === 'file') state.bytes += entry.size ?? 0
  state.partBytes = 0
  return undefined
}

/** The folder here for one there, made where it is missing. */
async function enter(
  work: ImportWork,
  { ref, name }: Pick<SourceEntry, 'ref' | 'name'>,
  parent: number,
): Promise<Level> {
  const into = await folderHere(await stepCtx(work), parent, name)
  work.state.folders += 1
  return { ref, name, into, page: 1, after: null }
}

async function folderHere(ctx: Ctx, parent: number, name: string): Promise<number> {
  return ctx.write(async (tx) => {
    const { node } = await ensureFolders(ctx, tx, { path: [name], from: parent }, CREATE)
    return node.id
  })
}

function refuseCycle({ state }: ImportWork, { ref }: SourceEntry): void {
  const isOpen = state.levels?.some((level) => level.ref.node === ref.node)
  if (isOpen) fault('invalid', 'node', undefined, { rule: 'cycle' })
}

function countItem({ ctx, state }: ImportWork): void {
  const limit = ctx.limits.importItems
  state.items += 1
  if (state.items > limit) fault('too-many', 'import', undefined, { limit })
}

function keyOf({ ref }: SourceEntry): string {
  return JSON.stringify([ref.room, ref.node])
}

function pathOf({ state }: ImportWork, entry?: SourceEntry): string {
  const names = (state.levels ?? []).map(({ name }) => name)
  return [...names, ...(entry ? [entry.name] : [])].join('/')
}
