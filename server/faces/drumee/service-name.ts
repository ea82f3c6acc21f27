/**
 * The service that a path calls: `/-/svc/<module>.<method>`, also below `/_/`, with an endpoint or
 * anything else before `svc/`, and as `service/` or `api/`. The name ends at `?` or `&` (dossier
 * 1). Undefined for a path that calls none.
 */
export function serviceName(path: string): string | undefined {
  return /^\/[-_]\/(?:.*\/)?(?:svc|service|api)\/([^/?&]*)[^/]*$/.exec(path)?.[1]
}

/** The path under which the document has the service; other paths as they are. */
export function canonicalPath(path: string): string {
  const name = serviceName(path)
  return name === undefined ? path : `/-/svc/${name}`
}
