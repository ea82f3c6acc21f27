import type { Node, Page } from '../../core/nodes/node.ts'
import type { DeletedView } from '../../core/trash/list-deleted.ts'
import { fullName } from '../../core/users/full-name.ts'
import { binName } from './bin-names.ts'
import type { BinListing, BinMeta } from './generated/shapes.ts'
import { pathText } from './ids.ts'
import { clientData, contentMembers, isLastPage } from './present-meta.ts'

/** One page of the bin. */
export function presentBin(page: Page<DeletedView>): BinListing {
  return { content: page.items.map(presentDeleted), is_last_page: isLastPage(page) }
}

/** What was deleted: by its name in the bin, with the path to which it comes back. */
function presentDeleted(view: DeletedView): BinMeta {
  const { node } = view
  return {
    name: binName(node),
    restore_path: pathText(view.rootPath ?? placeOf(view, node)),
    ...contentMembers(node),
    created: node.createdAt,
    modified: view.deletedAt,
    client_data: clientData(node),
    thumbnail: false,
    deleted: true,
    extradata: {},
    author: view.createdByPerson.id ?? 0,
    author_name: fullName(view.createdByPerson),
    shared: false,
    shared_hash: null,
    public_hash: '',
    public_link: false,
    is_in_trash: true,
  }
}

function placeOf({ parentPath }: DeletedView, { name }: Node): string[] {
  return [...parentPath, name]
}
