/** `http` on the machine of the user: host, then path and query. RFC 8252, section 7.3. */
const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?((?:[/?][^#]*)?)$/

/** The longest that is looked at. */
const maxRedirect = 2000

/**
 * Whether answers may go to `uri`: it is exactly a registered one, or a registered loopback address
 * but for its port. A registered one that begins with `/` lies below `base`, our own address.
 */
export function isAllowedRedirect(
  registered: readonly string[],
  uri: string,
  base: string,
): boolean {
  if (uri.length > maxRedirect || /[\s#\\]/.test(uri)) return false
  return registered.some((known) => {
    if (known.startsWith('/')) return uri === `${base}${known}`
    return known === uri || sameLoopback(known, uri)
  })
}

function sameLoopback(known: string, uri: string): boolean {
  const [left, right] = [loopback.exec(known), loopback.exec(uri)]
  if (!left || !right) return false
  return left[1] === right[1] && (left[2] || '/') === (right[2] || '/')
}
