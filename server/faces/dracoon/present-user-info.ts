import type { Person } from '../../core/users/user.ts'
import { avatarUuid } from './avatar-uuid.ts'
import type { UserInfo } from './generated/shapes.ts'
import { externalId, systemId } from './ids.ts'

/** Who made or changed something. `displayName` is deprecated but what some clients show. */
export function presentUserInfo(person: Person): UserInfo {
  const id = person.id ?? (person.kind === 'system' ? systemId : externalId)
  return {
    id,
    userType: person.kind,
    userName: person.userName,
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email ?? undefined,
    avatarUuid: avatarUuid(id, person),
    displayName: `${person.firstName} ${person.lastName}`.trim() || person.userName,
    title: '',
  }
}
