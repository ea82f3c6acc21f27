import type { Link } from './link.ts'

/** Those of links that were made for an address; without one, those for anybody. */
export function linksFor(links: readonly Link[], recipient: string | null | undefined): Link[] {
  const wanted = recipient?.toLowerCase()
  return links.filter((link) => link.recipient?.toLowerCase() === wanted)
}
