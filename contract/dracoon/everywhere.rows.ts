import { type DocumentedOperation, documents } from '../../server/faces/documented.ts'
import type { ContractRow, Send } from '../row.ts'
import { builtOperations, sampleCall } from './sample-call.ts'

type Token = 'over' | 'otherKind' | 'owesPassword' | 'owesAgreement' | 'owesEmail'

/** The sample call with a token that the scene keeps. */
function sentWith(operation: DocumentedOperation, token: Token): ContractRow['send'] {
  return ({ kept }): Send => ({
    ...sampleCall(operation),
    headers: { authorization: `Bearer ${String(kept[token])}` },
  })
}

function strangers(operation: DocumentedOperation): ContractRow[] {
  const unknown = documents(operation, 401, -10012) ? -10012 : -10006
  return [
    {
      op: operation.id,
      name: 'without a session',
      as: null,
      send: sampleCall(operation),
      want: { status: 401, code: unknown },
    },
    {
      op: operation.id,
      name: 'with a session that is over',
      as: null,
      send: sentWith(operation, 'over'),
      want: { status: 401, code: unknown },
    },
    {
      op: operation.id,
      name: 'with a token of another kind',
      as: null,
      send: sentWith(operation, 'otherKind'),
      want: { status: 401, code: -10006 },
    },
  ]
}

const duties: readonly (readonly [Token, number])[] = [
  ['owesPassword', -10104],
  ['owesAgreement', -10103],
  ['owesEmail', -10109],
]

/** Signing out stays open for everybody. */
const alwaysOpen = new Set(['logout'])

function debtors(operation: DocumentedOperation): ContractRow[] {
  return duties
    .filter(([, code]) => documents(operation, 412, code) && !alwaysOpen.has(operation.id))
    .map(([token, code]) => ({
      op: operation.id,
      name: `an account that owes something (${token})`,
      // The other tenant asks for it; see `everywhere.test.ts`.
      as: 'stranger',
      send: sentWith(operation, token),
      want: { status: 412, code },
    }))
}

/** Bytes of files have the type of the file: nothing is refused there. */
function unacceptable(operation: DocumentedOperation, auth: string): ContractRow[] {
  const { id, method, replyContentTypes } = operation
  if (!documents(operation, 406) || replyContentTypes.includes('application/octet-stream'))
    return []
  return [
    {
      op: id,
      name: 'for a client that takes no answer of ours',
      as: auth === 'user' ? 'admin' : null,
      send: { ...sampleCall(operation), headers: { accept: 'image/x-none' } },
      want: method === 'HEAD' ? { status: 406 } : { status: 406, body: { errorCode: undefined } },
    },
  ]
}

/**
 * What is decided alike for all, asked of every operation that is built: who comes without a
 * session, with one that is over or of another kind, or owing something, and what a client would
 * not take. `everywhere.test.ts` leaves the tokens in the scene.
 */
export const everywhereRows: readonly ContractRow[] = builtOperations.flatMap(
  ({ operation, auth }) => [
    ...(auth === 'user' ? [...strangers(operation), ...debtors(operation)] : []),
    ...unacceptable(operation, auth),
  ],
)
