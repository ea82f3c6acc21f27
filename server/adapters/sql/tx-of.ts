import type { Tx } from '../../core/store.ts'
import { accessStore } from './access-store.ts'
import { admissionStore } from './admission-store.ts'
import { archiveStore } from './archive-store.ts'
import { attributeStore } from './attribute-store.ts'
import { auditStore } from './audit-store.ts'
import { avatarStore } from './avatar-store.ts'
import { blobRowStore } from './blob-row-store.ts'
import { checkStore } from './check-store.ts'
import { clientStore } from './client-store.ts'
import { codeStore } from './code-store.ts'
import { commentStore } from './comment-store.ts'
import { contactStore } from './contact-store.ts'
import { eventStore } from './event-store.ts'
import { exportStore } from './export-store.ts'
import { favoriteStore } from './favorite-store.ts'
import { feedbackStore } from './feedback-store.ts'
import { groupStore } from './group-store.ts'
import { invitationStore } from './invitation-store.ts'
import { jobStore } from './job-store.ts'
import { keyStore } from './key-store.ts'
import { linkStore } from './link-store.ts'
import { newsStore } from './news-store.ts'
import { nodeStore } from './node-store.ts'
import { noticeStore } from './notice-store.ts'
import { offerStore } from './offer-store.ts'
import { previewStore } from './preview-store.ts'
import { profileStore } from './profile-store.ts'
import { publicationStore } from './publication-store.ts'
import type { Scope } from './scope.ts'
import { sessionStore } from './session-store.ts'
import { settingsStore } from './settings-store.ts'
import { subscriptionStore } from './subscription-store.ts'
import { tallyStore } from './tally-store.ts'
import { taskStore } from './task-store.ts'
import { throttleStore } from './throttle-store.ts'
import { trashStore } from './trash-store.ts'
import { uploadStore } from './upload-store.ts'
import { userStore } from './user-store.ts'
import { valueStore } from './value-store.ts'
import { webhookStore } from './webhook-store.ts'

/** The stores of one tenant on one handle, each made when it is first asked for. */
export function txOf(scope: Scope): Tx {
  return new TenantStores(scope)
}

/** A class, because every transaction makes one: an object of getters costs ten times as much. */
class TenantStores implements Tx {
  readonly #scope: Scope
  #nodes?: Tx['nodes']
  #tallies?: Tx['tallies']
  #access?: Tx['access']
  #events?: Tx['events']
  #users?: Tx['users']
  #sessions?: Tx['sessions']
  #clients?: Tx['clients']
  #throttle?: Tx['throttle']
  #links?: Tx['links']
  #exports?: Tx['exports']
  #uploads?: Tx['uploads']
  #blobs?: Tx['blobs']
  #previews?: Tx['previews']
  #jobs?: Tx['jobs']
  #checks?: Tx['checks']
  #values?: Tx['values']
  #codes?: Tx['codes']
  #feedback?: Tx['feedback']
  #profiles?: Tx['profiles']
  #archives?: Tx['archives']
  #news?: Tx['news']
  #contacts?: Tx['contacts']
  #trash?: Tx['trash']
  #settings?: Tx['settings']
  #groups?: Tx['groups']
  #admissions?: Tx['admissions']
  #tasks?: Tx['tasks']
  #comments?: Tx['comments']
  #favorites?: Tx['favorites']
  #invitations?: Tx['invitations']
  #publications?: Tx['publications']
  #offers?: Tx['offers']
  #notices?: Tx['notices']
  #avatars?: Tx['avatars']
  #attributes?: Tx['attributes']
  #subscriptions?: Tx['subscriptions']
  #webhooks?: Tx['webhooks']
  #audits?: Tx['audits']
  #keys?: Tx['keys']

  constructor(scope: Scope) {
    this.#scope = scope
  }

  get nodes() {
    this.#nodes ??= nodeStore(this.#scope)
    return this.#nodes
  }

  get tallies() {
    this.#tallies ??= tallyStore(this.#scope)
    return this.#tallies
  }

  get access() {
    this.#access ??= accessStore(this.#scope)
    return this.#access
  }

  get events() {
    this.#events ??= eventStore(this.#scope)
    return this.#events
  }

  get users() {
    this.#users ??= userStore(this.#scope)
    return this.#users
  }

  get sessions() {
    this.#sessions ??= sessionStore(this.#scope)
    return this.#sessions
  }

  get clients() {
    this.#clients ??= clientStore(this.#scope)
    return this.#clients
  }

  get throttle() {
    this.#throttle ??= throttleStore(this.#scope)
    return this.#throttle
  }

  get links() {
    this.#links ??= linkStore(this.#scope)
    return this.#links
  }

  get exports() {
    this.#exports ??= exportStore(this.#scope)
    return this.#exports
  }

  get uploads() {
    this.#uploads ??= uploadStore(this.#scope)
    return this.#uploads
  }

  get blobs() {
    this.#blobs ??= blobRowStore(this.#scope)
    return this.#blobs
  }

  get previews() {
    this.#previews ??= previewStore(this.#scope)
    return this.#previews
  }

  get jobs() {
    this.#jobs ??= jobStore(this.#scope)
    return this.#jobs
  }

  get checks() {
    this.#checks ??= checkStore(this.#scope)
    return this.#checks
  }

  get codes() {
    this.#codes ??= codeStore(this.#scope)
    return this.#codes
  }

  get profiles() {
    this.#profiles ??= profileStore(this.#scope)
    return this.#profiles
  }

  get archives() {
    this.#archives ??= archiveStore(this.#scope)
    return this.#archives
  }

  get feedback() {
    this.#feedback ??= feedbackStore(this.#scope)
    return this.#feedback
  }

  get values() {
    this.#values ??= valueStore(this.#scope)
    return this.#values
  }

  get contacts() {
    this.#contacts ??= contactStore(this.#scope)
    return this.#contacts
  }

  get news() {
    this.#news ??= newsStore(this.#scope)
    return this.#news
  }

  get comments() {
    this.#comments ??= commentStore(this.#scope)
    return this.#comments
  }

  get favorites() {
    this.#favorites ??= favoriteStore(this.#scope)
    return this.#favorites
  }

  get trash() {
    this.#trash ??= trashStore(this.#scope)
    return this.#trash
  }

  get settings() {
    this.#settings ??= settingsStore(this.#scope)
    return this.#settings
  }

  get groups() {
    this.#groups ??= groupStore(this.#scope)
    return this.#groups
  }

  get admissions() {
    this.#admissions ??= admissionStore(this.#scope)
    return this.#admissions
  }

  get tasks() {
    this.#tasks ??= taskStore(this.#scope)
    return this.#tasks
  }

  get invitations() {
    this.#invitations ??= invitationStore(this.#scope)
    return this.#invitations
  }

  get publications() {
    this.#publications ??= publicationStore(this.#scope)
    return this.#publications
  }

  get offers() {
    this.#offers ??= offerStore(this.#scope)
    return this.#offers
  }

  get notices() {
    this.#notices ??= noticeStore(this.#scope)
    return this.#notices
  }

  get avatars() {
    this.#avatars ??= avatarStore(this.#scope)
    return this.#avatars
  }

  get attributes() {
    this.#attributes ??= attributeStore(this.#scope)
    return this.#attributes
  }

  get subscriptions() {
    this.#subscriptions ??= subscriptionStore(this.#scope)
    return this.#subscriptions
  }

  get webhooks() {
    this.#webhooks ??= webhookStore(this.#scope)
    return this.#webhooks
  }

  get audits() {
    this.#audits ??= auditStore(this.#scope)
    return this.#audits
  }

  get keys() {
    this.#keys ??= keyStore(this.#scope)
    return this.#keys
  }
}
