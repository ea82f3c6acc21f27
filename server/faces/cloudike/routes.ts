import type { DocumentedOperation } from '../documented.ts'
import type { Route } from '../operation.ts'

/** Every call is there under both versions: clients mix them (params, section 1). */
export const prefixes = ['/api/1', '/api/0'] as const

/** All routes of the documented operations, each path and method once. */
export function routesOf(operations: readonly DocumentedOperation[]): Route[] {
  const taken = new Set<string>()
  const documented = operations.flatMap((one) => templates(one).map((path) => [one, path] as const))
  const rootless = operations.flatMap((one) =>
    templates(one).flatMap((path) => (spans(one) ? [[one, withoutLast(path)] as const] : [])),
  )
  // What stands in the document wins over what stands for an empty path.
  return [...documented, ...rootless].flatMap(([operation, path]) =>
    prefixes.flatMap((prefix) => freeRoute(taken, operation, prefix + pattern(operation, path))),
  )
}

/** The paths of an operation, as in the document, without the prefix. */
export function templates(operation: DocumentedOperation): string[] {
  return [operation.path, ...operation.aliases]
}

function freeRoute(taken: Set<string>, operation: DocumentedOperation, path: string): Route[] {
  const place = path.replace(/:\w+/g, ':').replace(/\/$/, '')
  const wanted = operation.methods.includes('GET')
    ? [...operation.methods, 'HEAD']
    : operation.methods
  const methods = wanted.filter((method) => !taken.has(`${method} ${place}`))
  for (const method of methods) taken.add(`${method} ${place}`)
  return methods.length === 0 ? [] : [{ operationId: operation.id, methods, path }]
}

function spans(operation: DocumentedOperation): boolean {
  return operation.parameters.some((parameter) => parameter.spans)
}

/** `/metadata/{path}` also answers at `/metadata`: the router has no empty rest. */
function withoutLast(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

function pattern(operation: DocumentedOperation, path: string): string {
  return path.replace(/\{([^}]+)\}/g, (_all, name: string) =>
    operation.parameters.some((one) => one.name === name && one.spans) ? '*' : `:${name}`,
  )
}

/**
 * Path parameters from the path as it was sent. What spans slashes stays as it is, not decoded, so
 * that an encoded slash never separates (`pathOfUrl` decodes it); others are decoded. An empty
 * segment is an absent parameter.
 */
export function pathValues(
  rawPath: string,
  operation: DocumentedOperation,
): Record<string, string> {
  const sent = rawPath.split('/').slice(3)
  for (const template of templates(operation)) {
    const found = fitted(template.split('/').slice(1), sent, operation)
    if (found) return found
  }
  return {}
}

function fitted(
  template: readonly string[],
  sent: readonly string[],
  operation: DocumentedOperation,
): Record<string, string> | undefined {
  const values: Record<string, string> = {}
  for (const [at, part] of template.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1]
    if (name === undefined) {
      if (part !== '' && decodeURIComponent(sent[at] ?? '') !== part) return undefined
    } else if (operation.parameters.some((one) => one.name === name && one.spans)) {
      return { ...values, [name]: sent.slice(at).join('/') }
    } else if (sent[at] !== undefined && sent[at] !== '') {
      values[name] = decodeURIComponent(sent[at])
    }
  }
  return values
}
