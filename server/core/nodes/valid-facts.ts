import { checkName } from '../../lib/names/name.ts'
import { checkText } from '../../lib/names/plain-text.ts'
import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault } from '../fault.ts'

/** UTF-16 units of a node's notes. */
export const maxNotes = 65_535
/** Days that a room's trash may keep things. */
export const maxTrashDays = 9999

/** What a caller may say about a node besides its name and place. */
export type NodeFacts = {
  readonly notes?: string | null
  readonly classification?: number | null
  readonly expireAt?: number | null
  readonly clientCreatedAt?: number | null
  readonly clientModifiedAt?: number | null
  readonly quota?: number | null
  readonly trashDays?: number
  readonly hasActivities?: boolean
}

/** The NFC form of a name, or fault 'invalid-name' with data.rule (lib/names). */
export function validName(raw: string, role?: FaultRole): string {
  const checked = checkName(raw)
  if ('rule' in checked) return fault('invalid-name', 'node', role, { rule: checked.rule })
  return checked.name
}

/** Faults 'invalid' 'node' with data.field and data.rule when a fact cannot be kept. */
export function checkFacts(ctx: Ctx, facts: NodeFacts): void {
  const { notes, classification, expireAt, quota, trashDays } = facts
  if (typeof notes === 'string') {
    const rule = checkText(notes, maxNotes)
    if (rule) refuse('notes', rule)
  }
  checkInteger('classification', classification, 1, 4)
  checkInteger('quota', quota, 0, Number.MAX_SAFE_INTEGER)
  checkInteger('trashDays', trashDays, 0, maxTrashDays)
  checkInteger('clientCreatedAt', facts.clientCreatedAt, -maxTime, maxTime)
  checkInteger('clientModifiedAt', facts.clientModifiedAt, -maxTime, maxTime)
  checkInteger('expireAt', expireAt, -maxTime, maxTime)
  if (typeof expireAt === 'number' && expireAt <= ctx.now) refuse('expireAt', 'past')
}

/** The range of a date (ECMA-262, time values). */
export const maxTime = 8_640_000_000_000_000

function checkInteger(
  field: string,
  value: number | null | undefined,
  least: number,
  greatest: number,
): void {
  if (value === null || value === undefined) return
  if (!Number.isSafeInteger(value) || value < least || value > greatest) refuse(field, 'range')
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'node', undefined, { field, rule })
}
