import { type Gaps, merged } from '../gaps-of-tags.ts'
import { auth } from './dracoon/auth.ts'
import { config } from './dracoon/config.ts'
import { downloads } from './dracoon/downloads.ts'
import { eventlog } from './dracoon/eventlog.ts'
import { groups } from './dracoon/groups.ts'
import { internal } from './dracoon/internal.ts'
import { keys } from './dracoon/keys.ts'
import { nodes } from './dracoon/nodes.ts'
import { nodesTrash } from './dracoon/nodes-trash.ts'
import { provisioning } from './dracoon/provisioning.ts'
import { publicSide } from './dracoon/public.ts'
import { resources } from './dracoon/resources.ts'
import { roles } from './dracoon/roles.ts'
import { roomPeople } from './dracoon/room-people.ts'
import { settings } from './dracoon/settings.ts'
import { shares } from './dracoon/shares.ts'
import { systemAuthConfig } from './dracoon/system-auth-config.ts'
import { systemPoliciesConfig } from './dracoon/system-policies-config.ts'
import { systemSettingsConfig } from './dracoon/system-settings-config.ts'
import { systemStorageConfig } from './dracoon/system-storage-config.ts'
import { uploads } from './dracoon/uploads.ts'
import { user } from './dracoon/user.ts'
import { users } from './dracoon/users.ts'

/** What many operations document alike and no row reaches. */
const everywhere: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 401,
      why: 'who holds an upload token needs no session, and a token that is none is not found',
      operations: 'all',
    },
    {
      status: 412,
      why: 'signing out stays open for accounts that owe something; RADIUS is not built',
      operations: 'all',
    },
    {
      status: 504,
      why: 'storage that does not answer in time is not played by a row',
      operations: 'all',
    },
  ],
  unreachedCodes: [
    {
      why: 'tokens of uploads and downloads are of one kind; removing asks for rights',
      codes: 'all: -10006',
    },
  ],
}

/** Documented by this API and not reached, a file per tag. */
export const dracoonGaps: Gaps = merged([
  everywhere,
  auth,
  config,
  downloads,
  eventlog,
  groups,
  internal,
  keys,
  nodes,
  nodesTrash,
  provisioning,
  publicSide,
  resources,
  roles,
  roomPeople,
  settings,
  shares,
  systemAuthConfig,
  systemPoliciesConfig,
  systemSettingsConfig,
  systemStorageConfig,
  uploads,
  user,
  users,
])
