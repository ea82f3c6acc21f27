import type { SeekKey } from './node-store.ts'
import type { PageMarks } from './page-marks.ts'

type Mark = { readonly offset: number; readonly after: SeekKey }

/**
 * Page marks of one process in memory, bounded: the scopes used longest ago are forgotten, and of
 * one scope at most `marksPerScope` positions are kept (when it is full, every second one goes, so
 * that what stays is spread over the whole listing).
 */
export function memoryPageMarks({ scopes = 2000, marksPerScope = 256 } = {}): PageMarks {
  // A Map keeps the order of insertion: the first entry is the one used longest ago.
  const kept = new Map<string, Mark[]>()

  const touch = (scope: string): Mark[] | undefined => {
    const marks = kept.get(scope)
    if (!marks) return undefined
    kept.delete(scope)
    kept.set(scope, marks)
    return marks
  }

  return {
    nearest(scope, offset) {
      const marks = touch(scope)
      return marks?.[countUpTo(marks, offset) - 1]
    },
    remember(scope, offset, after) {
      const marks = touch(scope) ?? []
      const at = countUpTo(marks, offset)
      if (marks[at - 1]?.offset === offset) marks[at - 1] = { offset, after }
      else marks.splice(at, 0, { offset, after })
      kept.set(scope, marks.length > marksPerScope ? thinned(marks) : marks)
      const [oldest] = kept.keys()
      if (kept.size > scopes && oldest !== undefined) kept.delete(oldest)
    },
  }
}

/** How many marks lie at or before `offset`; they are in ascending order. */
function countUpTo(marks: readonly Mark[], offset: number): number {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (marks[middle]!.offset <= offset) low = middle + 1
    else high = middle
  }
  return low
}

function thinned(marks: readonly Mark[]): Mark[] {
  return marks.filter((_, at) => at % 2 !== marks.length % 2)
}
