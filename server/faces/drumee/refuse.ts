import { fault } from '../../core/fault.ts'
import type { DocumentedOperation } from '../documented.ts'
import type { Problem } from '../problem.ts'
import type { Values } from './read.ts'

/** Throws for input that does not fit: 'invalid' 'body' with a parameter's name and a rule. */
export function refuseInput(field: string, rule: string, hint = ''): never {
  return fault('invalid', 'body', undefined, { field, rule, hint })
}

/** The Fault for what a document's schema refused; the first problem speaks for all. */
export function refuseProblems(
  problems: readonly Problem[],
  _operation: DocumentedOperation,
): never {
  const [first] = problems
  if (!first) return refuseInput('body', 'unknown', 'the input does not fit')
  const hint = problems.slice(0, 3).map((one) => one.message)
  return refuseInput(parameterOf(first.path), first.rule, hint.join('; '))
}

/** `body.vars.ident` is the parameter vars; `header.x-param-xia-data.filename` is filename. */
function parameterOf(path: string): string {
  const [, name = 'body'] = /^(?:body|header\.[^.]+)\.([^.[]+)/.exec(path) ?? []
  return name
}

/** Refuses a call without a parameter of each group of `x-required-any`. */
export function requireGroups(operation: DocumentedOperation, values: Values): void {
  const groups = operation.extensions?.['x-required-any']
  if (!Array.isArray(groups)) return
  for (const group of groups as string[][]) {
    const isThere = group.some((name) => isGiven(values[name]))
    if (!isThere) refuseInput(group[0] ?? '', 'required', `one of ${group.join(', ')} is needed`)
  }
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isGiven) : value !== undefined && value !== ''
}
