import { checkLine } from '../../lib/names/plain-line.ts'
import { checkText } from '../../lib/names/plain-text.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { maxTime } from '../nodes/valid-facts.ts'
import { maxPasswordLength } from '../users/password-policy.ts'

export const maxLinkName = 150
export const maxLinkNotes = 255
/** A hundred years. */
const maxDays = 36_500

/** What a caller may say about a link. Absent members are not looked at. */
export type LinkFields = {
  readonly name?: string
  readonly password?: string | null
  readonly expireAt?: number | null
  readonly maxDownloads?: number | null
  readonly notes?: string | null
  readonly internalNotes?: string | null
  readonly maxBytes?: number | null
  readonly maxFiles?: number | null
  readonly filesExpiryDays?: number | null
  readonly showCreatorName?: boolean
  readonly showCreatorUserName?: boolean
  readonly notifyCreator?: boolean
  readonly showUploaded?: boolean
  readonly takesUploads?: boolean
  readonly recipient?: string | null
}

/** Faults 'invalid' 'link' with data.field and data.rule. */
export function checkLinkFields(ctx: Ctx, fields: LinkFields): void {
  const { name, password, expireAt, recipient } = fields
  if (name !== undefined) refuseBy('name', checkLine(name, maxLinkName, true))
  for (const field of ['notes', 'internalNotes'] as const) {
    const text = fields[field]
    if (typeof text === 'string') refuseBy(field, checkText(text, maxLinkNotes))
  }
  if (typeof password === 'string') checkPassword(ctx, password)
  if (typeof recipient === 'string' && !isMailAddress(recipient)) refuseBy('recipient', 'email')
  checkCount('maxDownloads', fields.maxDownloads, 1)
  checkCount('maxBytes', fields.maxBytes, 1)
  checkCount('maxFiles', fields.maxFiles, 1)
  checkCount('filesExpiryDays', fields.filesExpiryDays, 1, maxDays)
  checkCount('expireAt', expireAt, 0, maxTime)
  if (typeof expireAt === 'number' && expireAt <= ctx.now) refuseBy('expireAt', 'past')
}

/** Any text is a password of a link, unless the tenant asks for a longer one. */
function checkPassword(ctx: Ctx, password: string): void {
  if (password === '') refuseBy('password', 'empty')
  const isShort = [...password].length < ctx.tenant.settings.linkPasswordLength
  if (isShort) refuseBy('password', 'too-short')
  refuseBy('password', checkText(password, maxPasswordLength))
}

function checkCount(
  field: string,
  value: number | null | undefined,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (value === undefined || value === null) return
  if (!Number.isSafeInteger(value) || value < least || value > most) refuseBy(field, 'range')
}

function refuseBy(field: string, rule: string | undefined): void {
  if (rule !== undefined) fault('invalid', 'link', undefined, { field, rule })
}
