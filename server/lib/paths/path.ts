export type PathRule = 'empty-segment' | 'dots' | 'depth'
export type PathProblem = { readonly rule: PathRule; readonly segment: string }

/**
 * Splits a path as a client sent it (decoded once, at the edge) into the names of its segments,
 * from the root down. One slash at the start and one at the end are allowed; '' and '/' are the
 * root. Refused: empty segments inside, '.' and '..', more than `maxDepth` segments. Whether a
 * segment is a name at all is for whoever looks it up (no such node) or creates it (checkName).
 */
export function parsePath(text: string, maxDepth: number): string[] | PathProblem {
  const from = text.startsWith('/') ? 1 : 0
  const to = text.length > from && text.endsWith('/') ? text.length - 1 : text.length
  if (from >= to && from === text.length) return []
  // One more than allowed is enough to know; the rest of a very long path is not cut up.
  const segments = text.slice(from, to).split('/', maxDepth + 1)
  for (const segment of segments) {
    if (segment === '') return { rule: 'empty-segment', segment }
    if (segment === '.' || segment === '..') return { rule: 'dots', segment }
  }
  const deepest = segments.at(-1) ?? ''
  return segments.length > maxDepth ? { rule: 'depth', segment: deepest } : segments
}

/** The path of these names, with a slash before each: ['a', 'b'] → '/a/b'; the root is '/'. */
export function formatPath(segments: readonly string[]): string {
  return `/${segments.join('/')}`
}
