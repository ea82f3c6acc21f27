import type { Migrations } from './migrate.ts'
import { up as nodes } from './migrations/0001-nodes.ts'
import { up as identity } from './migrations/0002-identity.ts'
import { up as transfers } from './migrations/0003-transfers.ts'
import { up as groups } from './migrations/0004-groups.ts'
import { up as roomPolicies } from './migrations/0004b-room-policies.ts'
import { up as trash } from './migrations/0005a-trash.ts'
import { up as keys } from './migrations/0006-keys.ts'
import { up as linkUploads } from './migrations/0007-link-uploads.ts'
import { up as duties } from './migrations/0008-duties.ts'
import { up as ownThings } from './migrations/0008b-own-things.ts'
import { up as innerRooms } from './migrations/0009a-inner-rooms.ts'
import { up as shares } from './migrations/0009b-shares.ts'
import { up as archives } from './migrations/0010a-archives.ts'
import { up as tasks } from './migrations/0010b-tasks.ts'
import { up as notices } from './migrations/0010c-notices.ts'
import { up as codes } from './migrations/0011a-codes.ts'
import { up as profiles } from './migrations/0011b-profiles.ts'
import { up as subjects } from './migrations/0011c-subjects.ts'
import { up as news } from './migrations/0011d-news.ts'
import { up as values } from './migrations/0012a-values.ts'

/** The migrations of this program. One that was released is never changed; a new one follows. */
export const migrations: Migrations = {
  '0001-nodes': { up: nodes },
  '0002-identity': { up: identity },
  '0003-transfers': { up: transfers },
  '0004-groups': { up: groups },
  '0004b-room-policies': { up: roomPolicies },
  '0005a-trash': { up: trash },
  '0007-link-uploads': { up: linkUploads },
  '0008-duties': { up: duties },
  '0008b-own-things': { up: ownThings },
  '0009a-inner-rooms': { up: innerRooms },
  '0009b-shares': { up: shares },
  '0010a-archives': { up: archives },
  '0010b-tasks': { up: tasks },
  '0010c-notices': { up: notices },
  '0011a-codes': { up: codes },
  '0011b-profiles': { up: profiles },
  '0011c-subjects': { up: subjects },
  '0011d-news': { up: news },
  '0012a-values': { up: values },
  '0006-keys': { up: keys },
}
