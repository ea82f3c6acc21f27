import type { CreateLink } from '../../core/links/create-link.ts'
import type { LinkFields } from '../../core/links/link-fields.ts'
import type { LinkMail } from '../../core/links/send-link.ts'
import { refuseMessages } from '../../core/messages/refuse-messages.ts'
import { readExpiration } from './expiration.ts'
import type {
  CreateDownloadShareRequest,
  CreateUploadShareRequest,
  UpdateDownloadShareRequest,
  UpdateUploadShareRequest,
} from './generated/shapes.ts'
import { nodeRef } from './ids.ts'
import { readFileKey, readKeyPair } from './read-keys.ts'
import { refuseInput } from './refuse.ts'

/** Where people open a share; clients write the same address (dossier 7.5). */
export function shareAddress(
  publicUrl: string,
  kind: 'download' | 'upload',
  accessKey: string,
): string {
  return `${publicUrl}/public/${kind}-shares/${encodeURIComponent(accessKey)}`
}

/** Shares that one bulk request may change, as documented. */
const maxShares = 200

/** The ids of a bulk request. */
export function someShares(ids: readonly number[], field: string): readonly number[] {
  if (ids.length > maxShares && field === 'body.objectIds') {
    refuseInput(field, 'too-many', `more than ${maxShares} shares`)
  }
  return ids.length === 0 ? refuseInput(field, 'required', 'it is empty') : ids
}

type Common = Pick<
  CreateUploadShareRequest & CreateDownloadShareRequest,
  | 'name'
  | 'password'
  | 'expiration'
  | 'notes'
  | 'internalNotes'
  | 'showCreatorName'
  | 'showCreatorUsername'
  | 'notifyCreator'
>

function readCommon(body: Common): LinkFields {
  return {
    name: body.name,
    password: body.password,
    expireAt: readExpiration(body.expiration),
    notes: body.notes,
    internalNotes: body.internalNotes,
    showCreatorName: body.showCreatorName,
    showCreatorUserName: body.showCreatorUsername,
    notifyCreator: body.notifyCreator,
  }
}

/** A new download share as core takes it; refuses what cannot be done for it. */
export function readNewDownloadShare(
  body: CreateDownloadShareRequest,
  publicUrl: string,
): CreateLink {
  readMessages(body)
  return {
    ...readCommon(body),
    kind: 'download',
    node: nodeRef(body.nodeId),
    maxDownloads: body.maxDownloads,
    pair: body.keyPair && readKeyPair(body.keyPair),
    fileKey: body.fileKey && readFileKey(body.fileKey),
    mail: readOldMail(body, (key) => shareAddress(publicUrl, 'download', key)),
  }
}

/** A new upload share as core takes it. */
export function readNewUploadShare(body: CreateUploadShareRequest, publicUrl: string): CreateLink {
  readMessages(body)
  return {
    ...readCommon(body),
    kind: 'upload',
    node: nodeRef(body.targetId),
    maxBytes: body.maxSize,
    maxFiles: body.maxSlots,
    filesExpiryDays: body.filesExpiryPeriod,
    showUploaded: body.showUploadedFiles,
    mail: readOldMail(body, (key) => shareAddress(publicUrl, 'upload', key)),
  }
}

/** A value that stays, changes, or goes where its own switch says so. */
function orReset<T>(reset: boolean | undefined, value: T | undefined): T | null | undefined {
  return reset === true ? null : value
}

/** What changes of a download share. */
export function readDownloadShareChange(body: UpdateDownloadShareRequest): LinkFields {
  readMessages(body)
  return {
    ...readCommon(body),
    password: orReset(body.resetPassword, body.password),
    maxDownloads: orReset(body.resetMaxDownloads, body.maxDownloads),
  }
}

/** What changes of an upload share. */
export function readUploadShareChange(body: UpdateUploadShareRequest): LinkFields {
  readMessages(body)
  return {
    ...readCommon(body),
    password: orReset(body.resetPassword, body.password),
    maxBytes: orReset(body.resetMaxSize, body.maxSize),
    maxFiles: orReset(body.resetMaxSlots, body.maxSlots),
    filesExpiryDays: orReset(body.resetFilesExpiryPeriod, body.filesExpiryPeriod),
    showUploaded: body.showUploadedFiles,
  }
}

type Messages = {
  readonly receiverLanguage?: string
  readonly defaultCountry?: string
  readonly textMessageRecipients?: readonly string[]
  readonly sendSms?: boolean
  readonly smsRecipients?: string
}

const languageTag = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$/
const country = /^[A-Za-z]{2}$/

/** What is said about messages to those who get the share. */
function readMessages(body: Messages): void {
  const { textMessageRecipients = [], sendSms, smsRecipients, defaultCountry } = body
  if (body.receiverLanguage !== undefined && !languageTag.test(body.receiverLanguage)) {
    refuseInput('body.receiverLanguage', 'language', 'it is no language tag')
  }
  if (defaultCountry !== undefined && !country.test(defaultCountry)) {
    refuseInput('body.defaultCountry', 'country', 'it is no country')
  }
  const old = sendSms === true || smsRecipients ? listed(smsRecipients) : []
  refuseMessages([...textMessageRecipients, ...old])
  if (sendSms === true && old.length === 0) {
    refuseInput('body.smsRecipients', 'sms', 'nobody is named')
  }
}

type OldMail = {
  readonly sendMail?: boolean
  readonly mailRecipients?: string
  readonly mailBody?: string
  readonly receiverLanguage?: string
}

/** The way in which old clients have a new share sent. */
function readOldMail(body: OldMail, addressOf: LinkMail['addressOf']): LinkMail | undefined {
  if (body.sendMail !== true) return undefined
  const recipients = listed(body.mailRecipients)
  return readMail(recipients, body.mailBody ?? '', body.receiverLanguage, addressOf)
}

/** A mail about a share; angle brackets are not allowed in its text, as documented. */
export function readMail(
  recipients: readonly string[],
  message: string,
  language: string | undefined,
  addressOf: LinkMail['addressOf'],
): LinkMail {
  if (/[<>]/.test(message)) refuseInput('body.body', 'characters', 'it holds < or >')
  return { recipients, message, language, addressOf }
}

function listed(text = ''): string[] {
  return text.split(/[,;]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
}
