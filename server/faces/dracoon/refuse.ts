import { type Fault, fault } from '../../core/fault.ts'
import type { DocumentedOperation } from '../documented.ts'
import type { Problem } from '../problem.ts'

/**
 * Throws for input that does not fit: 'invalid' 'body' with the field (`query.limit`,
 * `body.name`), a rule of `inputRules` and a hint of our own. `faults.ts` picks the code by rule.
 */
export function refuseInput(field: string, rule: string, hint: string): never {
  return fault('invalid', 'body', undefined, { field, rule, hint })
}

/** The Fault for what a document's schema refused; the first problem speaks for all. */
export function refuseProblems(
  problems: readonly Problem[],
  _operation: DocumentedOperation,
): never {
  const [first] = problems
  if (!first) return refuseInput('body', 'unknown', 'the input does not fit')
  const hint = problems
    .slice(0, 3)
    .map((one) => one.message)
    .join('; ')
  return refuseInput(first.path, ruleOf(first), hint)
}

function ruleOf(problem: Problem): string {
  if (problem.path === 'query.limit' || problem.path === 'query.offset') return 'range'
  if (problem.rule === 'required') return 'required'
  if (problem.rule === 'maxLength') return 'too-long'
  if (problem.rule === 'maxItems') return 'too-many'
  if (problem.rule === 'minimum' || problem.rule === 'exclusiveMinimum') return 'positive'
  if (problem.rule === 'maximum') return 'number'
  if (problem.rule === 'type') return String(problem.expected)
  if (problem.rule === 'format') return formatRules[String(problem.expected)] ?? 'format'
  return problem.rule
}

const formatRules: Readonly<Record<string, string>> = {
  int32: 'integer',
  int64: 'integer',
  'date-time': 'date',
  email: 'email',
}

/** What a fault says about input: empty strings where it says nothing. */
export function inputFacts(error: Fault): { field: string; rule: string; hint: string } {
  const { field = '', rule = '', hint = '' } = error.data
  return { field: String(field), rule: String(rule), hint: String(hint) }
}
