import type { Page, PageRequest } from '../../core/nodes/node.ts'

/** The most items of one answer; `is_last_page` says whether there are more, by offset. */
export const maxItems = 100_000

/**
 * A page of any size, gathered page by page; a limit of 0 means everything from the offset on, as
 * clients that never page expect (params, section 1). `changed` tells that the pages do not belong
 * together any more: it is begun anew, three times at most.
 */
export async function gatherPages<P extends Page<unknown>>(
  page: PageRequest,
  fetch: (page: PageRequest) => Promise<P>,
  changed: (first: P, next: P) => boolean = () => false,
): Promise<P> {
  const wanted = page.limit === 0 ? maxItems : Math.min(page.limit, maxItems)
  for (let attempt = 0; ; attempt++) {
    const first = await fetch({ offset: page.offset, limit: wanted })
    const items = [...first.items]
    let last = first
    while (items.length < wanted && last.items.length > 0 && isMore(last)) {
      last = await fetch({ offset: page.offset + items.length, limit: wanted - items.length })
      if (attempt < 3 && changed(first, last)) break
      items.push(...last.items)
    }
    if (attempt >= 3 || !changed(first, last)) return { ...first, items, total: last.total }
  }
}

function isMore({ offset, items, total }: Page<unknown>): boolean {
  return offset + items.length < total
}
