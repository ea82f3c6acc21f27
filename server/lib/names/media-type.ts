import { createRequire } from 'node:module'

const unknownType = 'application/octet-stream'
const form = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,127}$/

// The list of all types takes a while to load, which no start should wait for.
const load = createRequire(import.meta.url)
let types: typeof import('mime-types') | undefined

/**
 * The media type to keep for a file: what was claimed, without parameters, when it says something
 * and has the form of RFC 6838 (4.2); otherwise by the ending of the name.
 */
export function mediaTypeOf(name: string, claimed?: string | null): string {
  const [type = ''] = (claimed ?? '').split(';', 1)
  const plain = type.trim().toLowerCase()
  if (form.test(plain) && plain !== unknownType) return plain
  types ??= load('mime-types') as typeof import('mime-types')
  return types.lookup(name) || unknownType
}
