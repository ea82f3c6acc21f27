import type { Row } from '../operation.ts'
import { accountRows } from './accounts.ts'
import { archiveRows } from './archives.ts'
import { companyFolderRows } from './company-folders.ts'
import { deviceRows } from './devices.ts'
import { eventRows } from './events.ts'
import { extradataRows } from './extradata.ts'
import { favoriteRows } from './favorites.ts'
import { feedbackRows } from './feedback.ts'
import { fileopsRows } from './fileops.ts'
import { fileRows } from './files.ts'
import { folderCheckRows } from './folder-checks.ts'
import { folderSizeRows } from './folder-size.ts'
import { fullListingRows } from './full-listing.ts'
import { linkUploadRows } from './link-uploads.ts'
import { linkRows, publicLinkRows } from './links.ts'
import { metadataRows } from './metadata.ts'
import { noticeRows } from './notices.ts'
import { offerRows } from './offers.ts'
import { registrationRows } from './registration.ts'
import { invitedRows, shareRows } from './shares.ts'
import { taskRows } from './tasks.ts'
import { transferRows } from './transfers.ts'
import { trashRows } from './trash.ts'
import { valueRows } from './values.ts'
import { versionRows } from './versions.ts'
import { workflowRows } from './workflow.ts'

/** Every operation that is reached. */
export function cloudikeRows(): Row[] {
  return [
    ...accountRows,
    ...registrationRows,
    ...deviceRows,
    ...valueRows,
    ...feedbackRows,
    ...fileopsRows,
    ...metadataRows,
    ...fullListingRows,
    ...fileRows,
    ...linkRows,
    ...publicLinkRows,
    ...linkUploadRows,
    ...transferRows,
    ...extradataRows,
    ...archiveRows,
    ...taskRows,
    ...noticeRows,
    ...eventRows,
    ...folderSizeRows,
    ...folderCheckRows,
    ...shareRows,
    ...invitedRows,
    ...companyFolderRows,
    ...offerRows,
    ...trashRows,
    ...versionRows,
    ...favoriteRows,
    ...workflowRows,
  ]
}
