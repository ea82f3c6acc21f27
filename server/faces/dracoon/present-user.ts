import type { NotedUser } from '../../core/attributes/user-attributes.ts'
import { ROLE_ROOMS } from '../../core/permissions/permission.ts'
import type { OwnAccount } from '../../core/users/own-account.ts'
import type { User } from '../../core/users/user.ts'
import { avatarUuid } from './avatar-uuid.ts'
import { writeDate, writeDateIf } from './dates.ts'
import type { UserAccount, UserAuthData, UserData, UserItem } from './generated/shapes.ts'
import { presentRoles } from './present-roles.ts'

/** The own account with every member that clients read, deprecated ones too (dossier 2.5). */
export function presentUserAccount(account: OwnAccount): UserAccount {
  const { user, managesRooms, hasKeyPair, duties } = account
  return {
    ...presentBasics(user),
    language: user.language,
    isEncryptionEnabled: hasKeyPair,
    authData: presentAuthData(user),
    hasManageableRooms: managesRooms || (user.roles & ROLE_ROOMS) !== 0,
    mustSetEmail: duties.includes('give-email'),
    needsToAcceptEULA: duties.includes('agree'),
    needsToChangePassword: user.mustChangePassword,
    needsToChangeUserName: false,
    lastLoginFailAt: writeDateIf(user.lastFailureAt),
    userRoles: presentRoles(user.roles),
    userGroups: [],
    userAttributes: { items: [] },
  }
}

/** An account for who administers users; `password` only when the server made it up just now. */
export function presentUserData(
  { user, attributes, hasKeyPair }: NotedUser,
  password: string | null = null,
): UserData {
  return {
    ...presentBasics(user),
    isEncryptionEnabled: hasKeyPair,
    avatarUuid: avatarUuid(user.id, user),
    authData: { ...presentAuthData(user), password: password ?? undefined },
    isMfaEnabled: false,
    isMfaEnforced: false,
    userRoles: presentRoles(user.roles),
    userAttributes: { items: [...attributes] },
  }
}

export type ItemExtras = { readonly roles: boolean; readonly attributes: boolean }

export function presentUserItem(
  { user, attributes, hasKeyPair }: NotedUser,
  extras: ItemExtras,
): UserItem {
  return {
    ...presentBasics(user),
    isEncryptionEnabled: hasKeyPair,
    login: user.userName,
    avatarUuid: avatarUuid(user.id, user),
    createdAt: writeDate(user.createdAt),
    userRoles: extras.roles ? presentRoles(user.roles) : undefined,
    userAttributes: extras.attributes ? { items: [...attributes] } : undefined,
  }
}

/** What all three shapes have. `lockStatus`: 0 locked, 2 open for web and mobile. */
function presentBasics(user: User) {
  return {
    id: user.id,
    userName: user.userName,
    login: user.userName,
    firstName: user.firstName,
    lastName: user.lastName,
    title: '',
    gender: 'n',
    email: user.email ?? undefined,
    phone: user.phone ?? undefined,
    isLocked: user.isLocked,
    lockStatus: user.isLocked ? 0 : 2,
    expireAt: writeDateIf(user.expireAt),
    lastLoginSuccessAt: writeDateIf(user.lastLoginAt),
    homeRoomId: user.homeId,
    authMethods: [{ authId: 'basic', isEnabled: true, options: [] }],
  }
}

function presentAuthData(user: User): UserAuthData {
  return { method: 'basic', login: user.userName, mustChangePassword: user.mustChangePassword }
}
