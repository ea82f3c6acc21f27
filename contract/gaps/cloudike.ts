import { type Gaps, merged } from '../gaps-of-tags.ts'
import { accounts } from './cloudike/accounts.ts'
import { analytics } from './cloudike/analytics.ts'
import { backgroundTasks } from './cloudike/background-tasks.ts'
import { copyright } from './cloudike/copyright.ts'
import { events } from './cloudike/events.ts'
import { extradata } from './cloudike/extradata.ts'
import { groups } from './cloudike/groups.ts'
import { keyValue } from './cloudike/key-value.ts'
import { kukudocs } from './cloudike/kukudocs.ts'
import { msoffice } from './cloudike/msoffice.ts'
import { notices } from './cloudike/notices.ts'
import { shares } from './cloudike/shares.ts'
import { soft } from './cloudike/soft.ts'
import { storage } from './cloudike/storage.ts'
import { storageTrash } from './cloudike/storage-trash.ts'
import { transfers } from './cloudike/transfers.ts'
import { userManagement } from './cloudike/user-management.ts'
import { workflow } from './cloudike/workflow.ts'

/** Documented by this API and not reached, a file per tag. */
export const cloudikeGaps: Gaps = merged([
  accounts,
  analytics,
  backgroundTasks,
  copyright,
  events,
  extradata,
  groups,
  keyValue,
  kukudocs,
  msoffice,
  notices,
  shares,
  soft,
  storage,
  storageTrash,
  transfers,
  userManagement,
  workflow,
])
