import type { Fault } from '../fault.ts'
import type { Task, TaskFacts, TaskFailure } from '../tasks/task.ts'
import type { SourceRef } from './import-source.ts'

/** A folder that is being walked: what was dealt with in it is everything up to `after`. */
export type Level = {
  readonly ref: SourceRef
  readonly name: string
  /** The folder here that it goes into. */
  readonly into: number
  /** The page that is next or under way, from 1. */
  page: number
  /** The last entry of that page that was dealt with. */
  after: string | null
}

/** How far an import is; the memo of its task, so that another worker goes on from there. */
export type ImportState = {
  /** From the folder that was asked for to the one under way; null before the first step. */
  levels: Level[] | null
  /** The file that arrives in parts, and the sealed token of its upload. */
  upload: { readonly entry: string; readonly sealed: string } | null
  imported: number
  folders: number
  /** There already, with the same bytes. */
  unchanged: number
  /** Left out; `problems` tells of the first ones. */
  skipped: number
  problems: string[]
  /** Entries that were dealt with. */
  items: number
  /** Bytes of the files that were dealt with, and of the parts of the one under way. */
  bytes: number
  partBytes: number
  /** What its owner was told last, which never shrinks. */
  told: number
  filesTotal: number | null
  bytesTotal: number | null
  current: string
  /** What keeps it from going on just now. */
  trouble: TaskFailure | null
}

const maxProblems = 20
const maxProblemLength = 300

export function newState(totals: Pick<ImportState, 'filesTotal' | 'bytesTotal'>): ImportState {
  return {
    ...{ levels: null, upload: null, problems: [], current: '', trouble: null },
    ...{ imported: 0, folders: 0, unchanged: 0, skipped: 0, items: 0 },
    ...{ bytes: 0, partBytes: 0, told: 0 },
    ...totals,
  }
}

/** The state of a task, from its result where it has one. */
export function stateOf({ memo, result }: Pick<Task, 'memo' | 'result'>): ImportState {
  const text = (result ?? memo).state
  const none = newState({ filesTotal: null, bytesTotal: null })
  return typeof text === 'string' ? { ...none, ...(JSON.parse(text) as ImportState) } : none
}

export function memoOf(state: ImportState): TaskFacts {
  state.told = Math.max(state.told, state.bytes + state.partBytes)
  return { state: JSON.stringify(state) }
}

/** What is left of it to be told when it is over. */
export function resultOf(state: ImportState): TaskFacts {
  return memoOf({ ...state, levels: [], upload: null, current: '', trouble: null })
}

/** Sizes are those that the other side told: below 100 until it is over, whatever they are. */
export function percentOf({ told, bytesTotal, filesTotal, ...counts }: ImportState): number {
  const files = counts.imported + counts.unchanged + counts.skipped
  const share = bytesTotal ? told / bytesTotal : filesTotal ? files / filesTotal : 0
  return Math.min(99, Math.floor(100 * share))
}

export function addProblem(state: ImportState, path: string, why: string): void {
  state.skipped += 1
  if (state.problems.length >= maxProblems) return
  state.problems.push(`${path.slice(-maxProblemLength)}: ${why}`)
}

/** A fault in few words. */
export function wordsOf({ code, data }: Pick<Fault, 'code' | 'data'>): string {
  return typeof data.rule === 'string' ? `${code} (${data.rule})` : code
}
