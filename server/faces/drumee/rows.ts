import type { Row } from '../operation.ts'
import { archiveRows } from './archives.ts'
import { authnRows } from './authn.ts'
import { avatarRows } from './avatars.ts'
import { deskRows } from './desk.ts'
import { dmzRows } from './dmz.ts'
import { drumateRows } from './drumate.ts'
import { drumateAccountRows } from './drumate-account.ts'
import { drumateListRows } from './drumate-lists.ts'
import { hubRows } from './hubs.ts'
import { leavingRows } from './leaving.ts'
import { mediaBinRows } from './media-bin.ts'
import { mediaChangeRows } from './media-change.ts'
import { mediaPictureRows } from './media-pictures.ts'
import { mediaReadRows } from './media-read.ts'
import { mediaUploadRows } from './media-upload.ts'
import { mfsApiRows } from './mfs-api.ts'
import { mfsImportRows } from './mfs-import.ts'
import { recoveryRows } from './recovery.ts'
import { shareboxAttributeRows } from './sharebox-attributes.ts'
import { shareboxBoxRows } from './sharebox-boxes.ts'
import { shareboxLinkRows } from './sharebox-links.ts'
import { shareboxPeopleRows } from './sharebox-people.ts'
import { surroundingRows } from './surroundings.ts'
import { ypRows } from './yp.ts'

/** Every service that is reached. */
export const drumeeRows: readonly Row[] = [
  ...drumateRows,
  ...drumateAccountRows,
  ...drumateListRows,
  ...recoveryRows,
  ...leavingRows,
  ...avatarRows,
  ...mfsApiRows,
  ...mfsImportRows,
  ...ypRows,
  ...authnRows,
  ...surroundingRows,
  ...deskRows,
  ...hubRows,
  ...mediaReadRows,
  ...mediaPictureRows,
  ...mediaUploadRows,
  ...archiveRows,
  ...mediaChangeRows,
  ...mediaBinRows,
  ...shareboxAttributeRows,
  ...shareboxPeopleRows,
  ...dmzRows,
  ...shareboxLinkRows,
  ...shareboxBoxRows,
]
