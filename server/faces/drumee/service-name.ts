/** `/-/` or `/_/`, anything, and the word before the service. */
const beforeName = /^\/[-_]\/(?:svc|service|api)$|^\/[-_]\/.*\/(?:svc|service|api)$/

/**
 * The service that a path calls: `/-/svc/<module>.<method>`, also below `/_/`, with an endpoint or
 * anything else before `svc/`, and as `service/` or `api/`. The name ends at `?` or `&` (dossier
 * 1). Undefined for a path that calls none.
 */
export function serviceName(path: string): string | undefined {
  const slash = path.lastIndexOf('/')
  if (!beforeName.test(path.slice(0, slash))) return undefined
  const [name = ''] = path.slice(slash + 1).split(/[?&]/, 1)
  return name
}

/** The path under which the document has the service; other paths as they are. */
export function canonicalPath(path: string): string {
  const name = serviceName(path)
  return name === undefined ? path : `/-/svc/${name}`
}
