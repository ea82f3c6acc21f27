/**
 * Ids on the wire are 16 lower-case hex digits: two of a tag, fourteen of the number. Tags start
 * with a letter, so that no client takes an id for a number.
 */
const tags = { node: 'a0', tenant: 'c0', user: 'd0' } as const

export type IdKind = keyof typeof tags
export type WireId = { readonly kind: IdKind; readonly id: number }

/** Everybody who is not signed in (dossier 6). */
export const nobodyId = 'ffffffffffffffff'

export function nodeCode(id: number): string {
  return code('node', id)
}

export function userCode(id: number): string {
  return code('user', id)
}

export function tenantCode(id: number): string {
  return code('tenant', id)
}

function code(kind: IdKind, id: number): string {
  return tags[kind] + id.toString(16).padStart(14, '0')
}

/** What an id of ours names; undefined for any other text. */
export function readCode(text: string): WireId | undefined {
  const found = /^([0-9a-f]{2})([0-9a-f]{14})$/.exec(text.trim().toLowerCase())
  const kind = (Object.keys(tags) as IdKind[]).find((each) => tags[each] === found?.[1])
  const id = Number.parseInt(found?.[2] ?? '', 16)
  return kind !== undefined && Number.isSafeInteger(id) && id > 0 ? { kind, id } : undefined
}

/** The name under which the holder of an export token appears: eight hex digits. */
export function exportCode(id: number): string {
  return `export_${id.toString(16).padStart(8, '0').slice(-8)}`
}

export function importCode(id: number): string {
  return `import_${id.toString(16).padStart(14, '0')}`
}

/** The number of an import; undefined for any other text. */
export function readImportCode(text: string): number | undefined {
  const [, digits] = /^import_([0-9a-f]{14})$/.exec(text.trim()) ?? []
  const id = Number.parseInt(digits ?? '', 16)
  return Number.isSafeInteger(id) ? id : undefined
}

/** Times on the wire are whole seconds since the epoch. */
export function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
