import type { EventType } from '../../core/event.ts'
import type { ToldEvent } from '../../core/events/told-event.ts'
import { fullName } from '../../core/users/full-name.ts'
import type { Event } from './generated/shapes.ts'
import { pathText } from './ids.ts'
import { listingName } from './listing-names.ts'

/** What this API calls an event of a file, and of a folder; params, section 5. */
const words: Partial<Record<EventType, readonly [file: string, folder: string]>> = {
  'room.created': ['folder_created', 'folder_created'],
  'folder.created': ['folder_created', 'folder_created'],
  'file.created': ['file_created', 'file_created'],
  'file.version-created': ['file_new_content', 'file_new_content'],
  'version.restored': ['file_version_restored', 'file_version_restored'],
  'node.renamed': ['file_renamed', 'folder_renamed'],
  'node.moved': ['file_moved', 'folder_moved'],
  'node.left': ['file_deleted', 'folder_deleted'],
  'node.copied': ['file_created', 'folder_created'],
  'node.deleted': ['file_deleted', 'folder_deleted'],
  'room.deleted': ['folder_deleted', 'folder_deleted'],
  'node.restored': ['file_undeleted', 'folder_undeleted'],
  'share.ended': ['folder_unshared', 'folder_unshared'],
  'grant.removed': ['folder_collab_removed', 'folder_collab_removed'],
  'link.created': ['link_created', 'link_created'],
  'link.deleted': ['link_deleted', 'link_deleted'],
  'trash.emptied': ['trash_cleared', 'trash_cleared'],
  'listing.ready': ['metadata_full_listing', 'metadata_full_listing'],
}

const arrived = ['file_created', 'folder_created'] as const
const goneTypes: readonly EventType[] = ['node.deleted', 'node.left', 'room.deleted']

/** The events of core that this API tells. */
export const shownTypes = Object.keys(words) as EventType[]

/** Those that it calls by this word; one client spells some of them with a letter too many. */
export function typesCalled(word: string | undefined): EventType[] {
  if (word === undefined || word === '') return shownTypes
  const plain = word.replace(/^filed_/, 'file_')
  return shownTypes.filter(
    (type) => words[type]?.includes(plain) || (type === 'node.moved' && plain.endsWith('_created')),
  )
}

/** The same word may stand for a type of core that has another for folders. */
export function isCalled(told: ToldEvent, word: string | undefined): boolean {
  return word === undefined || word === '' || wordOf(told) === word.replace(/^filed_/, 'file_')
}

/** What was moved is made to who did not see it before, and gone to who does not see it now. */
function wordOf({ event, isNew }: ToldEvent): string {
  const [file, folder] = isNew ? arrived : (words[event.type] ?? [event.type, event.type])
  return event.nodeKind === 'file' ? file : folder
}

export function presentEvent(told: ToldEvent, userId: number): Event {
  const { event, actor, path, oldPath, isNew } = told
  const isDeleted = goneTypes.includes(event.type)
  return {
    id: event.id.toString(16).padStart(24, '0'),
    type: wordOf(told),
    timestamp: event.at,
    path: pathText(path ?? [event.nodeName ?? '']),
    deleted: isDeleted,
    user_id: userId,
    init_event_user_id: event.actorId,
    init_event_user_name: actor && fullName(actor),
    ...fileMembers(told),
    ...(event.type === 'node.renamed' ? { oldname: String(event.data?.from ?? '') } : {}),
    ...(oldPath && !isNew ? { oldpath: pathText(oldPath) } : {}),
    ...listingMembers(told, userId),
  }
}

function fileMembers({ event, node }: ToldEvent): Partial<Event> {
  if (event.nodeKind !== 'file') return {}
  const { size, version } = event.data ?? {}
  const bytes = typeof size === 'number' ? size : (node?.content?.size ?? 0)
  const created = node?.createdAt ?? event.at
  return {
    version: typeof version === 'number' ? version : (node?.currentId ?? event.nodeId ?? 0),
    content: { created, modified: event.at, size: bytes },
  }
}

function listingMembers({ event, actor }: ToldEvent, userId: number): Partial<Event> {
  if (event.type !== 'listing.ready') return {}
  const owner = actor && { owner_name: fullName(actor) }
  return {
    listing_request_id: listingName(Number(event.data?.listing)),
    owner_id: userId,
    ...owner,
  }
}
