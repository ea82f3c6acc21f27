import type { LinkWish } from '../../core/links/change-links.ts'
import type { CreateLink } from '../../core/links/create-link.ts'
import type { LinkFields } from '../../core/links/link-fields.ts'
import type { LinkTexts } from '../../core/links/link-texts.ts'
import type { LinkMail } from '../../core/links/send-link.ts'
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
  return {
    ...readCommon(body),
    texts: readTexts(body),
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
  return {
    ...readCommon(body),
    texts: readTexts(body),
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
export function readDownloadShareChange(body: UpdateDownloadShareRequest): LinkWish {
  const change = {
    ...readCommon(body),
    password: orReset(body.resetPassword, body.password),
    maxDownloads: orReset(body.resetMaxDownloads, body.maxDownloads),
  }
  return { change, texts: readTexts(body) }
}

/** What changes of an upload share. */
export function readUploadShareChange(body: UpdateUploadShareRequest): LinkWish {
  const change = {
    ...readCommon(body),
    password: orReset(body.resetPassword, body.password),
    maxBytes: orReset(body.resetMaxSize, body.maxSize),
    maxFiles: orReset(body.resetMaxSlots, body.maxSlots),
    filesExpiryDays: orReset(body.resetFilesExpiryPeriod, body.filesExpiryPeriod),
    showUploaded: body.showUploadedFiles,
  }
  return { change, texts: readTexts(body) }
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

/** Who is told the password by text message, in the new way or the old one. */
function readTexts(body: Messages): LinkTexts {
  const { textMessageRecipients = [], sendSms, smsRecipients, defaultCountry } = body
  const { receiverLanguage: language } = body
  if (language !== undefined && !languageTag.test(language)) {
    refuseInput('body.receiverLanguage', 'language', 'it is no language tag')
  }
  if (defaultCountry !== undefined && !country.test(defaultCountry)) {
    refuseInput('body.defaultCountry', 'country', 'it is no country')
  }
  const old = sendSms === true || smsRecipients ? listed(smsRecipients).map(withPlus) : []
  if (sendSms === true && old.length === 0) {
    refuseInput('body.smsRecipients', 'sms', 'nobody is named')
  }
  return { recipients: [...textMessageRecipients, ...old], language }
}

/** Old clients write numbers of telephones as networks do: with the country, without the plus. */
function withPlus(number: string): string {
  return number.startsWith('+') ? number : `+${number}`
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
