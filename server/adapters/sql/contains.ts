import { type RawBuilder, sql } from 'kysely'
import type { EngineKind } from './engine.ts'

/** Whether a text column holds `part` somewhere; no character of it is a pattern. */
export function contains(kind: EngineKind, column: string, part: string): RawBuilder<boolean> {
  return kind === 'sqlite'
    ? sql`instr(${sql.ref(column)}, ${part}) > 0`
    : sql`strpos(${sql.ref(column)}, ${part}) > 0`
}
