import { type Fault, fault } from '../../core/fault.ts'
import type { Problem } from '../problem.ts'

/** Throws for input that does not fit: 'invalid' 'body' with the field, the rule and a hint. */
export function refuseInput(field: string, rule: string, hint: string): never {
  return fault('invalid', 'body', undefined, { field, rule, hint })
}

/** The Fault for what the document's schema refused. */
export function refuseProblems(problems: readonly Problem[]): never {
  const [first] = problems
  if (!first) return refuseInput('body', 'unknown', 'the input does not fit')
  const hint = problems.slice(0, 3).map((one) => plainNames(one.message))
  return refuseInput(plainNames(first.path), first.rule, hint.join('; '))
}

// Parameters may come by query or body alike, so the place says nothing.
const plainNames = (text: string) => text.replace(/\b(body|query|path|header)\.(?=\w)/g, '')

/** What a fault says about input: empty texts where it says nothing. */
export function inputFacts(error: Fault): { field: string; rule: string; hint: string } {
  const { field = '', rule = '', hint = '' } = error.data
  return { field: String(field), rule: String(rule), hint: String(hint) }
}
