import type { Expected } from './row.ts'

/**
 * Where a value does not fit what is expected of it: 'path: expected …, got …'; [] when it does.
 */
export function differences(value: unknown, expected: Expected, path = 'body'): string[] {
  if (typeof expected === 'function') {
    return expected(value) ? [] : [`${path}: ${show(value)} does not pass ${expected.toString()}`]
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(value)) return [`${path}: expected a list, got ${show(value)}`]
    if (value.length !== expected.length) {
      return [`${path}: expected ${expected.length} items, got ${show(value)}`]
    }
    return expected.flatMap((item, index) => differences(value[index], item, `${path}[${index}]`))
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof value !== 'object' || value === null) {
      return [`${path}: expected an object, got ${show(value)}`]
    }
    const members = value as Record<string, unknown>
    return Object.entries(expected).flatMap(([key, item]) =>
      differences(members[key], item as Expected, `${path}.${key}`),
    )
  }
  return Object.is(value, expected)
    ? []
    : [`${path}: expected ${show(expected)}, got ${show(value)}`]
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 200) ?? String(value)
}
