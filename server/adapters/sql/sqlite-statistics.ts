import { type Kysely, sql } from 'kysely'

type IndexColumns = { tbl: string; idx: string; unique: number; columns: number }

/** What the planner is told about every table: many rows, nearly all of one tenant. */
const rowsOfTable = 1_000_000

/**
 * Tells SQLite's planner how selective the indexes are, instead of measuring it (sqlite_stat1,
 * sqlite.org/fileformat2.html 2.6.3). Without it the planner takes the tenant alone for a good key
 * and reads all rows of a tenant; measured on a small database it would say the same. Fixed
 * figures give the same plans for ever. Called in a write after the schema has changed.
 */
export async function writeStatistics<DB>(db: Kysely<DB>): Promise<void> {
  // Makes the table of statistics; there is no other way to make it.
  await sql`analyze tenants`.execute(db)
  await sql`delete from sqlite_stat1`.execute(db)
  const { rows } = await sql<IndexColumns>`
    select t.name as tbl, i.name as idx, i."unique" as "unique", count(*) as columns
    from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
    where t.type = 'table' group by t.name, i.name, i."unique"`.execute(db)
  for (const index of rows) {
    await sql`insert into sqlite_stat1 (tbl, idx, stat)
      values (${index.tbl}, ${index.idx}, ${statistic(index)})`.execute(db)
  }
  await sql`analyze sqlite_schema`.execute(db)
}

/** Rows in all, then how many share the first column, the first two columns … of the index. */
function statistic({ unique, columns }: IndexColumns): string {
  const shared = Array.from({ length: columns }, (_, at) => {
    if (unique === 1 && at === columns - 1) return 1
    if (at === 0) return rowsOfTable
    return Math.max(1, Math.round(100 / 4 ** (at - 1)))
  })
  return [rowsOfTable, ...shared].join(' ')
}
