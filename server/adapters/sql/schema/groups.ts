/** Tables of groups. Rules as in schema/nodes.ts; `name_key` holds `nameKey` of the name. */
export type GroupsTables = {
  groups: GroupsTable
  group_members: GroupMembersTable
  admissions: AdmissionsTable
}

export type GroupsTable = {
  tenant_id: number
  id: number
  name: string
  name_key: string
  /** Roles that its members have by it. */
  roles: number
  expire_at: number | null
  created_at: number
  created_by: number | null
  updated_at: number
  updated_by: number | null
}

export type GroupMembersTable = {
  tenant_id: number
  group_id: number
  user_id: number
}

/** A member of a group who has not been let into a room that the group was granted. */
export type AdmissionsTable = {
  tenant_id: number
  room_id: number
  group_id: number
  user_id: number
  is_denied: number
}
