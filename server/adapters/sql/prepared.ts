import type { Compilable, CompiledQuery, DialectAdapter, Kysely, QueryResult } from 'kysely'
import { DirectExecutor } from './engine-handle.ts'

type Values = Readonly<Record<string, unknown>>
type Template<R> = { readonly query: CompiledQuery<R>; readonly names: readonly (string | null)[] }

/** Stands for a value while the statement is built. */
class Slot {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

const slots: Values = new Proxy({}, { get: (_, name) => new Slot(String(name)) })

/**
 * Makes a statement that is built and compiled once per engine and then only given new values.
 *
 * `build` sees stand-ins instead of the values: it passes them on as single values (comparisons,
 * inserted and set columns, limits) and neither looks at them nor spreads them into lists; null is
 * bound as a value, so `= null` finds nothing. The result has `rows` and `numAffectedRows`.
 */
export function prepared<DB, V extends Values, R>(
  build: (db: Kysely<DB>, values: V) => Compilable<R>,
): (db: Kysely<DB>, values: V) => Promise<QueryResult<R>> {
  const templates = new WeakMap<DialectAdapter, Template<R>>()
  return (db, values) => {
    const executor = db.getExecutor()
    let template = templates.get(executor.adapter)
    if (!template) {
      template = templateOf(build(db, slots as V).compile())
      templates.set(executor.adapter, template)
    }
    const { query, names } = template
    const parameters: unknown[] = []
    for (let index = 0; index < names.length; index++) {
      const name = names[index]
      parameters.push(typeof name === 'string' ? values[name] : query.parameters[index])
    }
    const { sql, query: node, queryId } = query
    const filled = { sql, query: node, queryId, parameters }
    if (executor instanceof DirectExecutor) return executor.run<R>(filled)
    return executor.executeQuery<R>(filled)
  }
}

function templateOf<R>(query: CompiledQuery<R>): Template<R> {
  const names = query.parameters.map((value) => (value instanceof Slot ? value.name : null))
  return { query, names }
}
