import { type Kysely, type RawBuilder, sql } from 'kysely'
import { kindOf } from './engine-handle.ts'

/** Truth values in the database: 0 and 1 on both engines, as values and in conditions. */
export type Flag = 0 | 1

export function flag(value: boolean): Flag {
  return value ? 1 : 0
}

/**
 * One name per kind of value, so that one migration serves both engines.
 *
 * | name | JavaScript | SQLite | PostgreSQL |
 * |---|---|---|---|
 * | id | number below 2^53 | integer | bigint |
 * | number | whole number below 2^53 | integer | bigint |
 * | time | milliseconds since the epoch, UTC | integer | bigint |
 * | flag | Flag, 0 or 1 | integer | smallint |
 * | text | string, ordered by code point | text | text collate "C" |
 * | json | string, JSON.stringify and parse by the store | text | text |
 * | bytes | Uint8Array | blob | bytea |
 * | real | number | real | double precision |
 */
export type ColumnTypes = Readonly<
  Record<
    'id' | 'number' | 'time' | 'flag' | 'text' | 'json' | 'bytes' | 'real',
    RawBuilder<unknown>
  > & {
    /** For `modifyEnd`: SQLite checks types as PostgreSQL always does. */
    tableEnd: RawBuilder<unknown>
    /** The same, and rows lie in the order of their primary key (SQLite; none elsewhere). */
    tableEndByKey: RawBuilder<unknown>
  }
>

/** The column types of the engine that a migration runs on. */
export function columnTypes<DB>(db: Kysely<DB>): ColumnTypes {
  return kindOf(db) === 'sqlite' ? sqliteTypes : postgresTypes
}

const sqliteTypes: ColumnTypes = {
  id: sql`integer`,
  number: sql`integer`,
  time: sql`integer`,
  flag: sql`integer`,
  text: sql`text`,
  json: sql`text`,
  bytes: sql`blob`,
  real: sql`real`,
  tableEnd: sql`strict`,
  tableEndByKey: sql`strict, without rowid`,
}

const postgresTypes: ColumnTypes = {
  id: sql`bigint`,
  number: sql`bigint`,
  time: sql`bigint`,
  flag: sql`smallint`,
  text: sql`text collate "C"`,
  json: sql`text`,
  bytes: sql`bytea`,
  real: sql`double precision`,
  tableEnd: sql``,
  tableEndByKey: sql``,
}
