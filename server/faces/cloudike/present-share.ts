import type { Collaborator } from '../../core/shares/collaborators.ts'
import type { OpenInvitation } from '../../core/shares/list-invitations.ts'
import type { PublishedFolder } from '../../core/shares/published-folders.ts'
import type { SharedThing } from '../../core/shares/shared-by-users.ts'
import { fullName } from '../../core/users/full-name.ts'
import type {
  Collaborator as CollaboratorReply,
  CompanyFolder,
  CompanyShared,
  ShareInvite,
} from './generated/shapes.ts'
import { pathText } from './ids.ts'
import { isWriter } from './share-words.ts'

export function presentCollaborator(one: Collaborator): CollaboratorReply {
  const { person } = one
  return {
    owner: one.isOwner,
    writer: isWriter(one.permissions),
    status: one.status,
    userid: person.id ?? 0,
    login: loginOf(person),
    name: fullName(person),
    is_indirect: one.isIndirect,
  }
}

/** How somebody is named to others: by his address if he has one. */
export function loginOf(person: Collaborator['person']): string {
  return person.email === null ? person.userName : `email:${person.email}`
}

/** Of an invitation the owner is told of, of a request who asks. */
export function presentInvite(one: OpenInvitation): ShareInvite {
  return {
    hash: one.token,
    writer: isWriter(one.permissions),
    directory_name: one.folderName,
    owner_name: fullName(one.person),
    owner_id: one.person.id ?? 0,
  }
}

export function presentCompanyFolder(folder: PublishedFolder): CompanyFolder {
  const { publication, node, owner } = folder
  return {
    owner_id: owner.id ?? 0,
    public_name: publication.name,
    folder_hash: publication.token,
    owner_name: fullName(owner),
    collaborators_count: folder.collaborators,
    modification_time: folder.tally?.changedAt ?? node.updatedAt,
    status: folder.status,
    path: folder.rootPath === null ? '' : pathText(folder.rootPath),
    company_published: true,
    shared: true,
    folder: true,
    creation_date: publication.createdAt,
    icon: 'folder',
  }
}

export function presentShared(thing: SharedThing): CompanyShared {
  return {
    type: thing.kind,
    src_path: pathText(thing.path),
    owner_id: thing.owner.id ?? 0,
    owner_name: fullName(thing.owner),
    bytes: thing.bytes,
    creation_time: thing.createdAt,
    modification_time: thing.updatedAt,
    shared_outside: thing.isOutside,
  }
}
