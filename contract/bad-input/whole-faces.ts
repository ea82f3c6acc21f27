import { cloudikeRows } from '../../server/faces/cloudike/rows.ts'
import type { DocumentedOperation, JsonSchema } from '../../server/faces/documented.ts'
import { dracoonRows } from '../../server/faces/dracoon/rows.ts'
import { drumeeRows } from '../../server/faces/drumee/rows.ts'
import { cloudikeDriver } from '../cloudike/driver.ts'
import { dracoon } from '../dracoon/driver.ts'
import { drumee } from '../drumee/driver.ts'
import type { FaceDriver } from '../face-driver.ts'

export type WholeFace = {
  readonly driver: FaceDriver
  readonly base: string
  /** Operations that are reached, those that end sessions or lock accounts aside. */
  readonly operations: readonly DocumentedOperation[]
  /** Whether a body is an error of this face. */
  isError(body: unknown, status: number): boolean
}

type Fields = Record<string, unknown>
const fieldsOf = (body: unknown): Fields =>
  typeof body === 'object' && body !== null ? (body as Fields) : {}

const noSignOut = new Set(['logout', 'accountsLogout', 'drumate.logout'])

function reached(driver: FaceDriver, rows: readonly { readonly id: string }[]) {
  const found = rows.flatMap(({ id }) => driver.operations[id] ?? [])
  // Failed logins lock the network that they come from, so these are last.
  const isLogin = ({ id }: DocumentedOperation) => /login|password|token/i.test(id)
  const kept = found.filter(({ id }) => !noSignOut.has(id))
  return [...kept.filter((one) => !isLogin(one)), ...kept.filter(isLogin)]
}

export const wholeFaces: readonly WholeFace[] = [
  {
    driver: dracoon,
    base: '/api',
    operations: reached(dracoon, dracoonRows()),
    isError: (body, status) => {
      const { code, message, debugInfo } = fieldsOf(body)
      return code === status && typeof message === 'string' && typeof debugInfo === 'string'
    },
  },
  {
    driver: cloudikeDriver,
    base: '/api/1',
    operations: reached(cloudikeDriver, cloudikeRows()),
    isError: (body) => {
      const { code, description } = fieldsOf(body)
      return typeof code === 'string' && typeof description === 'string'
    },
  },
  {
    driver: drumee,
    base: '',
    operations: reached(drumee, drumeeRows),
    isError: (body, status) => {
      const { error, reason, status: told } = fieldsOf(body)
      return typeof error === 'string' && typeof reason === 'string' && told === status
    },
  },
]

/** The names of a body's members and of the parameters in the query. */
export function fieldNames(driver: FaceDriver, operation: DocumentedOperation): string[] {
  const { bodySchema, parameters } = operation
  const schema: JsonSchema | undefined =
    typeof bodySchema === 'string' ? driver.schemas[bodySchema] : bodySchema
  const inQuery = parameters.filter((one) => one.in === 'query').map(({ name }) => name)
  return [...new Set([...inQuery, ...Object.keys(schema?.properties ?? {})])]
}

/** The address of an operation, these values in its path. */
export function addressOf(
  { driver }: WholeFace,
  operation: DocumentedOperation,
  value: (name: string) => string,
): string {
  return driver.prefix + operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => value(name))
}

const leaks: readonly RegExp[] = [
  /\bat .*\.(ts|js|mjs):\d+/,
  /node_modules|node:internal/,
  /\/tmp\/|strongroom-world|\/home\/|\/work\//,
  /\b(select|insert into|update|delete from)\b.*\b(from|values|set|where)\b/i,
  /SQLITE|kysely|postgres|ECONN|ENOENT|TypeError|RangeError|SyntaxError/,
]

/** What an error tells that is nobody's business. */
export function leakIn(text: string): string | undefined {
  return leaks.find((one) => one.test(text))?.source
}
