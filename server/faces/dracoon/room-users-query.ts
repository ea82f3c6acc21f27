import type { GrantFilter } from '../../core/permissions/room-grants.ts'
import { roleBits } from './present-roles.ts'
import { boolean, booleanOrAny, integer, parseFilter, parseSort, text, word } from './query.ts'

const fields = {
  user: { cn: text },
  displayName: { cn: text },
  userId: { eq: integer },
  isGranted: { eq: booleanOrAny },
  permissionsManage: { eq: boolean },
  effectivePerm: { eq: booleanOrAny },
  hasRole: { eq: word(roleBits), neq: word(roleBits) },
} as const

/** The filter of a room's users (dossier 5), as core takes it. */
export function readRoomUserFilter(raw: string | undefined): GrantFilter {
  const wanted = parseFilter(raw, fields)
  const { user, displayName, userId, hasRole } = wanted
  return {
    nameContains: user?.cn ?? displayName?.cn,
    userId: userId?.eq,
    isGranted: wanted.isGranted?.eq,
    permissionsManage: wanted.permissionsManage?.eq,
    effective: wanted.effectivePerm?.eq,
    hasRoles: hasRole?.eq,
    lacksRoles: hasRole?.neq,
  }
}

/** Whether the only sort field, `user`, runs backwards. */
export function readRoomUserSort(raw: string | undefined): boolean {
  return parseSort(raw, { user: 'user', displayName: 'user' } as const)[0]?.descending === true
}
