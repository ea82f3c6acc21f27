import { type RawBuilder, sql } from 'kysely'
import type { EngineKind } from './engine.ts'

/** Whether a text column begins with `part`; no character of it is a pattern. */
export function startsWith(kind: EngineKind, column: string, part: string): RawBuilder<boolean> {
  return kind === 'sqlite'
    ? sql`instr(${sql.ref(column)}, ${part}) = 1`
    : sql`starts_with(${sql.ref(column)}, ${part})`
}
