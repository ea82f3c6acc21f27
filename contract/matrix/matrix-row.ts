import type { HttpAnswer } from '../face-driver.ts'
import type { Given, Scene, Send } from '../row.ts'

/** Who calls: nobody, another tenant's administrator, and the cast from no right to every right. */
export const callers = [
  'anonymous',
  'stranger',
  'member',
  'reader',
  'writer',
  'manager',
  'admin',
] as const
export type Caller = (typeof callers)[number]

export type Verdict = 'ok' | 'unauthenticated' | 'forbidden' | 'not-found'
export type Verdicts = Readonly<Record<Caller, Verdict>>

/**
 * What an operation asks of its caller. `public`: nothing. `bearer`: a token or key in the request,
 * which opens nothing on another tenant's host. `user`: a session. The next ones are about a node
 * of the room: to read it, to change what is in the room (writer), to govern the room (manager).
 * `own`: a thing that the writer made and that is his alone. `users`: the role of user manager.
 */
export type Need = 'public' | 'bearer' | 'user' | 'read' | 'write' | 'manage' | 'own' | 'users'

const all = (verdict: Verdict) => Object.fromEntries(callers.map((one) => [one, verdict]))
const user = { ...all('ok'), anonymous: 'unauthenticated' } as Verdicts
const read = { ...user, stranger: 'not-found', member: 'not-found' } as const
const write = { ...read, reader: 'forbidden' } as const
const role = 'forbidden' as const

const byNeed: Readonly<Record<Need, Verdicts>> = {
  public: all('ok') as Verdicts,
  bearer: { ...all('ok'), stranger: 'not-found' } as Verdicts,
  user,
  read,
  write,
  manage: { ...write, writer: 'forbidden' },
  own: { ...read, reader: 'not-found', manager: 'not-found', admin: 'not-found' },
  users: { ...user, member: role, reader: role, writer: role, manager: role },
}

/** One operation, and what everybody is told who calls it on a fresh room. */
export type MatrixRow = {
  readonly op: string
  readonly need: Need
  /** Where it differs from the need, and why is in a comment beside it. */
  readonly but?: Partial<Verdicts>
  readonly given?: Given
  readonly before?: (scene: Scene) => Promise<void>
  readonly send?: (scene: Scene) => Send
  /** The call ends the session: everybody signs in anew for it. */
  readonly ends?: true
  /** A status that only he sees who may call: the request itself is then refused. */
  readonly passes?: number
}

export const verdictsOf = ({ need, but }: MatrixRow): Verdicts => ({ ...byNeed[need], ...but })

/** What an answer says, in the words of the matrix; the status itself if it says nothing. */
export function verdictOf(caller: Caller, answer: HttpAnswer, row: MatrixRow): string {
  const { status } = answer
  if (status < 400 || status === row.passes) return 'ok'
  if (status === 401) return 'unauthenticated'
  // One face has the same answer for nobody and for somebody without the right.
  if (status === 403) return caller === 'anonymous' ? 'unauthenticated' : 'forbidden'
  if (status === 404 || isMissing(answer)) return 'not-found'
  return `${status} ${answer.text.slice(0, 150)}`
}

/** One operation answers 400 with a word for what its caller does not see. */
function isMissing({ status, text }: HttpAnswer): boolean {
  return status === 400 && text.includes('"FILE_NOT_FOUND"')
}
