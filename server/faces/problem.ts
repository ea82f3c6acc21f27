import type { ErrorObject } from 'ajv'

/** What is wrong with one member of a request or reply, for a face to put into its own words. */
export interface Problem {
  /** `body.items[0].id`, `query.limit`, `path.node_id`, `header.range`; `body` for the whole. */
  path: string
  /** A JSON Schema keyword: required, type, format, enum, minimum, maxLength, pattern, … */
  rule: string
  /** What the rule wants: a type, a format, a bound, the allowed values. */
  expected: unknown
  /** The same as a sentence. Never holds the refused value. */
  message: string
}

/** How many problems are told; more would only repeat. */
export const maxProblems = 20

/**
 * Ajv's errors as problems. `root` names where the value came from; a top-level member that has
 * a place of its own (a parameter in path, query or header) is named by that place instead.
 */
export function problems(
  errors: readonly ErrorObject[],
  root: string,
  places: Readonly<Record<string, string>> = {},
): Problem[] {
  return errors.slice(0, maxProblems).map((error) => {
    const names = error.instancePath.split('/').slice(1).map(unescaped)
    if (error.keyword === 'required') names.push(String(error.params.missingProperty))
    const path = pathText(names, root, places)
    const expected = wanted(error)
    return { path, rule: error.keyword, expected, message: sentence(path, error, expected) }
  })
}

const unescaped = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~')

function pathText(names: string[], root: string, places: Readonly<Record<string, string>>) {
  const [first, ...rest] = names
  if (first === undefined) return root
  const start = Object.hasOwn(places, first) ? (places[first] ?? '') : step(root, first)
  return rest.reduce(step, start)
}

const step = (path: string, name: string) =>
  /^\d+$/.test(name) ? `${path}[${name}]` : `${path}.${name}`

function wanted(error: ErrorObject): unknown {
  const { params } = error
  if (error.keyword === 'required') return 'a value'
  return (
    params.type ??
    params.format ??
    params.allowedValues ??
    params.allowedValue ??
    params.limit ??
    params.pattern ??
    params.multipleOf ??
    error.keyword
  )
}

function sentence(path: string, error: ErrorObject, expected: unknown): string {
  const list = Array.isArray(expected) ? expected.map((one) => String(one)).join(', ') : expected
  switch (error.keyword) {
    case 'required':
      return `${path} is missing`
    case 'type':
      return `${path} must be of type ${Array.isArray(expected) ? expected.join(' or ') : list}`
    case 'format':
      return list === 'int64'
        ? `${path} must be a whole number within ±(2^53 - 1)`
        : `${path} must be a valid ${list}`
    case 'enum':
      return `${path} must be one of: ${list}`
    case 'minLength':
      return `${path} must have at least ${list} characters`
    case 'maxLength':
      return `${path} must have at most ${list} characters`
    default:
      return `${path} ${error.message ?? 'is not valid'}`
  }
}
