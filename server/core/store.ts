import type { AttributeStore } from './attributes/attribute-store.ts'
import type { AuditStore } from './audit/audit-store.ts'
import type { AvatarStore } from './avatars/avatar-store.ts'
import type { BlobRowStore } from './blobs/blob-row-store.ts'
import type { CheckStore } from './check/check-store.ts'
import type { CodeStore } from './codes/code-store.ts'
import type { CommentStore } from './comments/comment-store.ts'
import type { ContactStore } from './contacts/contact-store.ts'
import type { ArchiveStore } from './downloads/archive-store.ts'
import type { EventStore } from './events/event-store.ts'
import type { ExportStore } from './exports/export-store.ts'
import type { FavoriteStore } from './favorites/favorite-store.ts'
import type { FeedbackStore } from './feedback/feedback-store.ts'
import type { AdmissionStore } from './groups/admission-store.ts'
import type { GroupStore } from './groups/group-store.ts'
import type { JobStore } from './jobs/job-store.ts'
import type { KeyStore } from './keys/key-store.ts'
import type { LinkStore } from './links/link-store.ts'
import type { NewsStore } from './news/news-store.ts'
import type { NodeStore } from './nodes/node-store.ts'
import type { TallyStore } from './nodes/tally-store.ts'
import type { NoticeStore } from './notices/notice-store.ts'
import type { AccessStore } from './permissions/access-store.ts'
import type { PreviewStore } from './previews/preview-store.ts'
import type { ProfileStore } from './profiles/profile-store.ts'
import type { ClientStore } from './sessions/client-store.ts'
import type { SessionStore } from './sessions/session-store.ts'
import type { ThrottleStore } from './sessions/throttle-store.ts'
import type { SettingsStore } from './settings/settings-store.ts'
import type { InvitationStore } from './shares/invitation-store.ts'
import type { OfferStore } from './shares/offer.ts'
import type { PublicationStore } from './shares/publication.ts'
import type { SubscriptionStore } from './subscriptions/subscription-store.ts'
import type { TaskStore } from './tasks/task-store.ts'
import type { TenantStore } from './tenants/tenant-store.ts'
import type { TrashStore } from './trash/trash-store.ts'
import type { UploadStore } from './uploads/upload-store.ts'
import type { UserStore } from './users/user-store.ts'
import type { ValueStore } from './values/value-store.ts'
import type { WebhookStore } from './webhooks/webhook-store.ts'

/**
 * One store per noun, all bound to the tenant with which the transaction was opened: no function
 * takes a tenant, so none can be given the wrong one.
 */
export type Tx = {
  readonly nodes: NodeStore
  readonly tallies: TallyStore
  readonly access: AccessStore
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly clients: ClientStore
  readonly throttle: ThrottleStore
  readonly uploads: UploadStore
  readonly blobs: BlobRowStore
  readonly previews: PreviewStore
  readonly links: LinkStore
  readonly exports: ExportStore
  readonly events: EventStore
  readonly jobs: JobStore
  readonly checks: CheckStore
  readonly values: ValueStore
  readonly codes: CodeStore
  readonly feedback: FeedbackStore
  readonly profiles: ProfileStore
  readonly archives: ArchiveStore
  readonly contacts: ContactStore
  readonly news: NewsStore
  readonly trash: TrashStore
  readonly settings: SettingsStore
  readonly groups: GroupStore
  readonly admissions: AdmissionStore
  readonly tasks: TaskStore
  readonly comments: CommentStore
  readonly favorites: FavoriteStore
  readonly invitations: InvitationStore
  readonly publications: PublicationStore
  readonly offers: OfferStore
  readonly notices: NoticeStore
  readonly audits: AuditStore
  readonly avatars: AvatarStore
  readonly attributes: AttributeStore
  readonly subscriptions: SubscriptionStore
  readonly webhooks: WebhookStore
  readonly keys: KeyStore
}

export type Store = {
  /** Statements outside a transaction; each sees the newest committed state. */
  read<T>(tenantId: number, fn: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction, resolved when committed and flushed. */
  write<T>(tenantId: number, fn: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Whether what other processes commit is told here as well (`onEvents`, `onJobQueued`), so that
   * looking for it may be rare.
   */
  hearsOthers(): boolean
  /** What lies above the tenants: host names, job leases, reachability of blobs. */
  readonly tenants: TenantStore
}
