import type { CodeChannel } from '../../core/codes/code.ts'
import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import type { UpdateOwnAccount } from '../../core/users/update-own-account.ts'
import type { FaceRequest } from '../operation.ts'
import type { ProfileFields } from './generated/shapes.ts'
import { userCode } from './ids.ts'
import { languageCode } from './languages.ts'
import { refuseInput } from './refuse.ts'

/**
 * What a user may say of himself and nothing looks at. Everything else that clients send is left
 * out: quota, addresses, passwords and what was verified are not theirs to write (dossier 9.1).
 */
const details = [
  'address',
  'areacode',
  'bio',
  'category',
  'country_code',
  'dob',
  'group',
  'industry',
  'intent',
  'intro',
  'onboarded',
  'personaldata',
  'privacy',
  'role',
  'surname',
  'team_size',
  'wallpaper',
] as const satisfies readonly (keyof ProfileFields)[]

/** What of a profile is written, in words of the core. */
export function readProfile(profile: ProfileFields): Omit<UpdateOwnAccount, 'userName' | 'proof'> {
  const { firstname, lastname, lang, mobile, otp } = profile
  const said = details.filter((name) => profile[name] !== undefined)
  return {
    firstName: firstname,
    lastName: lastname,
    language: lang === undefined ? undefined : languageCode(lang),
    phone: mobile === undefined ? undefined : mobile.trim() || null,
    details: Object.fromEntries(said.map((name) => [name, profile[name]])),
    secondStep: otp === undefined ? undefined : readOtp(String(otp)),
  }
}

const byMail = new Set(['1', 'email', 'yes', 'true'])
const off = new Set(['', '0', 'no', 'none', 'false'])

/** Codes go by mail or text message; passkeys are refused rather than taken for one of them. */
function readOtp(otp: string): CodeChannel | null {
  const word = otp.trim().toLowerCase()
  if (word === 'sms') return 'text'
  if (byMail.has(word)) return 'mail'
  return off.has(word) ? null : refuseInput('otp', 'channel', 'codes are sent by email or sms')
}

/** A code that was sent: its name and its digits. */
export function proofOf({ secret, code }: { secret?: string; code?: string }) {
  if (secret === undefined || secret === '') return undefined
  return { secret, short: code ?? '' }
}

/** Nobody changes somebody else's account here. */
export function onlyOwnId({ actor }: Ctx, id: string): void {
  const own = actor.kind === 'user' ? userCode(actor.userId) : ''
  if (id.trim().toLowerCase() !== own) fault('forbidden', 'user')
}

/** Addresses of the web client that mails lead to. */
export const resetLink = ({ publicUrl }: FaceRequest) =>
  `${publicUrl}/-/#/welcome/reset/d0{user:hex}/{secret}`

export const verifyLink = ({ publicUrl }: FaceRequest) =>
  `${publicUrl}/-/#/welcome/verify/d0{user:hex}/{secret}`
