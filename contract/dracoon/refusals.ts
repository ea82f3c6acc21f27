import type { ContractRow, Given, Persona, Scene, Send } from '../row.ts'

export type Refusals = {
  readonly op: string
  readonly given?: Given
  readonly before?: ContractRow['before']
  readonly send: Send | ((scene: Scene) => Send)
  /** Who sees the thing, but lacks the right: 403 without a code. Default: the reader. */
  readonly forbidden?: readonly Persona[]
  /** What those get who do not see it: a member of nothing, and another tenant's administrator. */
  readonly invisible: { readonly status: number; readonly code?: number }
}

/** Who may not: everybody who must be refused, and how. */
export function refusals(input: Refusals): ContractRow[] {
  const { op, given, before, send, forbidden = ['reader'], invisible } = input
  const base = { op, given, before, send }
  const noCode = { errorCode: undefined }
  return [
    {
      ...base,
      name: 'without a session',
      as: null,
      want: { status: 401, code: -10012, headers: { 'www-authenticate': 'Bearer' } },
    },
    ...(['member', 'stranger'] as const).map((as) => ({
      ...base,
      name: `what ${as} does not see is not there`,
      as,
      want: invisible,
    })),
    ...forbidden.map((as) => ({
      ...base,
      name: `${as} lacks the right`,
      as,
      want: { status: 403, body: noCode },
    })),
  ]
}
