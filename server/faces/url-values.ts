/**
 * Path and query as one record for `params` of `compileOperation`: a name that repeats in the
 * query becomes a list, and the path wins over the query.
 */
export function urlValues(
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>()
  for (const [name, value] of query) {
    const known = values.get(name)
    if (known === undefined) values.set(name, value)
    else if (Array.isArray(known)) known.push(value)
    else values.set(name, [known, value])
  }
  for (const [name, value] of Object.entries(path)) values.set(name, value)
  return Object.fromEntries(values)
}
