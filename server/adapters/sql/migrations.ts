import type { Migrations } from './migrate.ts'
import { up as nodes } from './migrations/0001-nodes.ts'
import { up as identity } from './migrations/0002-identity.ts'
import { up as transfers } from './migrations/0003-transfers.ts'
import { up as groups } from './migrations/0004-groups.ts'
import { up as roomPolicies } from './migrations/0005-room-policies.ts'
import { up as trash } from './migrations/0006-trash.ts'
import { up as keys } from './migrations/0007-keys.ts'
import { up as linkUploads } from './migrations/0008-link-uploads.ts'
import { up as duties } from './migrations/0009-duties.ts'
import { up as ownThings } from './migrations/0010-own-things.ts'
import { up as innerRooms } from './migrations/0011-inner-rooms.ts'
import { up as shares } from './migrations/0012-shares.ts'
import { up as archives } from './migrations/0013-archives.ts'
import { up as tasks } from './migrations/0014-tasks.ts'
import { up as notices } from './migrations/0015-notices.ts'
import { up as codes } from './migrations/0016-codes.ts'
import { up as profiles } from './migrations/0017-profiles.ts'
import { up as subjects } from './migrations/0018-subjects.ts'
import { up as news } from './migrations/0019-news.ts'
import { up as values } from './migrations/0020-values.ts'
import { up as boxes } from './migrations/0021-boxes.ts'
import { up as grantEnds } from './migrations/0022-grant-ends.ts'
import { up as previews } from './migrations/0023-previews.ts'
import { up as feedback } from './migrations/0025-feedback.ts'
import { up as eventRecipients } from './migrations/0027-event-recipients.ts'
import { up as backupLog } from './migrations/0029-backup-log.ts'

/** The migrations of this program. One that was released is never changed; a new one follows. */
export const migrations: Migrations = {
  '0001-nodes': { up: nodes },
  '0002-identity': { up: identity },
  '0003-transfers': { up: transfers },
  '0004-groups': { up: groups },
  '0005-room-policies': { up: roomPolicies },
  '0006-trash': { up: trash },
  '0007-keys': { up: keys },
  '0008-link-uploads': { up: linkUploads },
  '0009-duties': { up: duties },
  '0010-own-things': { up: ownThings },
  '0011-inner-rooms': { up: innerRooms },
  '0012-shares': { up: shares },
  '0013-archives': { up: archives },
  '0014-tasks': { up: tasks },
  '0015-notices': { up: notices },
  '0016-codes': { up: codes },
  '0017-profiles': { up: profiles },
  '0018-subjects': { up: subjects },
  '0019-news': { up: news },
  '0020-values': { up: values },
  '0021-boxes': { up: boxes },
  '0027-event-recipients': { up: eventRecipients },
  '0029-backup-log': { up: backupLog },
  '0025-feedback': { up: feedback },
  '0022-grant-ends': { up: grantEnds },
  '0023-previews': { up: previews },
}
