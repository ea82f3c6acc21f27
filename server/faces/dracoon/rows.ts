import type { Row } from '../operation.ts'
import { archivesRows } from './archives.ts'
import { avatarRows } from './avatars.ts'
import { classificationPoliciesRows } from './classification-policies.ts'
import { commentsRows } from './comments.ts'
import { configInfoRows } from './config-info.ts'
import { downloadsRows } from './downloads.ts'
import { eventLogRows } from './event-log.ts'
import { fileKeysRows } from './file-keys.ts'
import { groupsRows } from './groups.ts'
import { guestsRows } from './guests.ts'
import { keyPairsRows } from './key-pairs.ts'
import { nodeMarksRows } from './node-marks.ts'
import { nodesRows } from './nodes.ts'
import { profileAttributeRows } from './profile-attributes.ts'
import { publicRows } from './public.ts'
import { publicSharesRows } from './public-shares.ts'
import { publicUploadSharesRows } from './public-upload-shares.ts'
import { rolesRows } from './roles.ts'
import { roomGroupsRows } from './room-groups.ts'
import { roomPoliciesRows } from './room-policies.ts'
import { roomWebhookRows } from './room-webhooks.ts'
import { roomsRows } from './rooms.ts'
import { searchRows } from './search.ts'
import { sharesRows } from './shares.ts'
import { signInRows } from './sign-in.ts'
import { subscriptionRows } from './subscriptions.ts'
import { trashRows } from './trash.ts'
import { uploadSharesRows } from './upload-shares.ts'
import { uploadsRows } from './uploads.ts'
import { userRows } from './user.ts'
import { userAdminRows } from './user-admin.ts'
import { usersRows } from './users.ts'

/** Every operation that is reached, by tags. */
export function dracoonRows(): Row[] {
  return [
    ...signInRows,
    ...configInfoRows,
    ...classificationPoliciesRows,
    ...publicRows,
    ...publicSharesRows,
    ...publicUploadSharesRows,
    ...avatarRows,
    ...userRows,
    ...profileAttributeRows,
    ...subscriptionRows,
    ...usersRows,
    ...nodesRows,
    ...roomsRows,
    ...roomGroupsRows,
    ...roomPoliciesRows,
    ...groupsRows,
    ...guestsRows,
    ...rolesRows,
    ...userAdminRows,
    ...roomWebhookRows,
    ...uploadsRows,
    ...downloadsRows,
    ...archivesRows,
    ...sharesRows,
    ...trashRows,
    ...searchRows,
    ...uploadSharesRows,
    ...commentsRows,
    ...nodeMarksRows,
    ...eventLogRows,
    ...keyPairsRows,
    ...fileKeysRows,
  ]
}
