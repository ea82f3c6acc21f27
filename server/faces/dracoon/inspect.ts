import { type DocumentedOperation, documents } from '../documented.ts'
import type { FaceRequest } from '../operation.ts'
import { urlValues } from '../url-values.ts'
import { refuseInput } from './refuse.ts'

/** What no schema says and every operation refuses alike, where its document has the code. */

/** Path and query as text; a path parameter of blanks only is as good as none. */
export function readParams(
  { params, query }: FaceRequest,
  operation: DocumentedOperation,
): Record<string, unknown> {
  if (documents(operation, 400, -80000)) {
    for (const [name, text] of Object.entries(params)) {
      if (text.trim() === '') refuseInput(`path.${name}`, 'empty', 'it is empty')
    }
  }
  return urlValues(params, query)
}

/** Refuses what is decided alike for the members of one name. */
export function inspectInput(
  input: { readonly params: unknown; readonly body: unknown },
  operation: DocumentedOperation,
): void {
  if (documents(operation, 400, -80001)) refuseNegativeIds(input)
  if (documents(operation, 400, -80007)) refuseLongNotes(input.body)
}

/** UTF-16 units of notes (dossier 4.1). */
const maxNotes = 255

function refuseLongNotes(body: unknown): void {
  for (const name of ['notes', 'internalNotes']) {
    const text = (body as Record<string, unknown> | undefined)?.[name]
    if (typeof text === 'string' && text.length > maxNotes) {
      refuseInput(`body.${name}`, 'too-long', `at most ${maxNotes} characters`)
    }
  }
}

/**
 * Ids start at one; below zero there are none. Zero is the top level where a parent is named, and
 * elsewhere an id that nothing has.
 */
function refuseNegativeIds(input: { readonly params: unknown; readonly body: unknown }): void {
  walk(input.params, 'url')
  walk(input.body, 'body')
}

const idName = /^id$|(?:^i|I)ds?$|_ids?$/
const maxDepth = 8

function walk(value: unknown, path: string, isId = false, depth = 0): void {
  if (typeof value === 'number') {
    if (isId && value < 0) refuseInput(path, 'positive', `${path} must not be negative`)
    return
  }
  if (typeof value !== 'object' || value === null || depth > maxDepth) return
  if (Array.isArray(value)) {
    for (const item of value) walk(item, path, isId, depth + 1)
    return
  }
  for (const [name, member] of Object.entries(value)) {
    walk(member, `${path}.${name}`, idName.test(name), depth + 1)
  }
}
