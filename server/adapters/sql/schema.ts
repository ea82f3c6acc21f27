import type { CodesTables } from './schema/codes.ts'
import type { FeedTables } from './schema/feed.ts'
import type { FeedbackTables } from './schema/feedback.ts'
import type { GroupsTables } from './schema/groups.ts'
import type { IdentityTables } from './schema/identity.ts'
import type { KeysTables } from './schema/keys.ts'
import type { NewsTables } from './schema/news.ts'
import type { NodesTables } from './schema/nodes.ts'
import type { OwnThingsTables } from './schema/own-things.ts'
import type { PreviewsTables } from './schema/previews.ts'
import type { ProfilesTables } from './schema/profiles.ts'
import type { RemarksTables } from './schema/remarks.ts'
import type { SharesTables } from './schema/shares.ts'
import type { TransfersTables } from './schema/transfers.ts'
import type { ValuesTables } from './schema/values.ts'

/** All tables of the database. Every migration that makes tables adds their types here. */
export type Database = CodesTables &
  FeedTables &
  FeedbackTables &
  GroupsTables &
  IdentityTables &
  KeysTables &
  NewsTables &
  NodesTables &
  OwnThingsTables &
  PreviewsTables &
  ProfilesTables &
  RemarksTables &
  SharesTables &
  TransfersTables &
  ValuesTables
