import type { FaultCode, FaultData, FaultRole, Subject } from '../fault.ts'

/** What a task does; `task-work.ts` says how. */
export type TaskKind =
  | 'archive'
  | 'link-archive'
  | 'link-copy'
  | 'confirm-uploads'
  | 'restore'
  | 'clear-trash'
  | 'hand-over'
  | 'listing'
  | 'import'

export type TaskState = 'waiting' | 'running' | 'done' | 'failed'

/** Small facts as JSON: what a task is given, where it goes on, what came of it. */
export type TaskFacts = {
  readonly [name: string]: string | number | boolean | null | readonly (string | number)[]
}

/** The fault that ended a task, so that whoever asks is told the same. */
export type TaskFailure = {
  readonly code: FaultCode
  readonly subject: Subject
  readonly role?: FaultRole
  readonly data: FaultData
}

/**
 * Background work that somebody waits for. The work itself is a job with lease and fence; this is
 * what its owner sees, for a day after its end.
 */
export type Task = {
  readonly id: number
  readonly kind: TaskKind
  /** On whose authority it runs and who may look at it (`holderOf`); empty: who has the token. */
  readonly holder: string
  readonly state: TaskState
  /** Percent, 0 to 100. */
  readonly progress: number
  /** `sealedToken` in it is forgotten when the task ends. */
  readonly input: TaskFacts
  /** Where it goes on when a worker died; empty at the start. */
  readonly memo: TaskFacts
  readonly result: TaskFacts | null
  readonly failure: TaskFailure | null
  readonly createdAt: number
  readonly updatedAt: number
  /** When it is forgotten. */
  readonly expireAt: number
}
