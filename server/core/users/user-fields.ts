import { checkLine } from '../../lib/names/plain-line.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { ALL_ROLES, type Roles } from '../permissions/permission.ts'

/** UTF-16 units of every text of an account. */
export const maxUserText = 150

/** What a caller may say about an account. Absent members are not looked at. */
export type UserFields = {
  readonly userName?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly email?: string | null
  readonly phone?: string | null
  readonly language?: string
  readonly expireAt?: number | null
  readonly roles?: Roles
}

const email = /^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\]+$/
const phone = /^\+?[0-9 ()/.-]{1,40}$/
const language = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/
const angle = /[<>]/

/** Faults 'invalid' 'user' with data.field and data.rule. */
export function checkUserFields(ctx: Ctx, fields: UserFields): void {
  checkUserName(fields.userName)
  checkName('firstName', fields.firstName)
  checkName('lastName', fields.lastName)
  checkForm('email', fields.email, email)
  checkForm('phone', fields.phone, phone)
  checkForm('language', fields.language, language)
  const { expireAt, roles } = fields
  if (typeof expireAt === 'number') {
    if (!Number.isSafeInteger(expireAt)) refuse('expireAt', 'range')
    if (expireAt <= ctx.now) refuse('expireAt', 'past')
  }
  if (roles !== undefined && (roles & ~ALL_ROLES) !== 0) refuse('roles', 'range')
}

/** A user name is compared without case and may be an address; it has no space at its ends. */
function checkUserName(userName: string | undefined): void {
  if (userName === undefined) return
  const rule = checkLine(userName, maxUserText, true)
  if (rule) refuse('userName', rule)
  if (userName.trim() !== userName) refuse('userName', 'space')
  if (angle.test(userName)) refuse('userName', 'character')
}

function checkName(field: string, text: string | undefined): void {
  if (text === undefined) return
  const rule = checkLine(text, maxUserText)
  if (rule) refuse(field, rule)
  if (angle.test(text)) refuse(field, 'character')
}

function checkForm(field: string, text: string | null | undefined, form: RegExp): void {
  if (text === undefined || text === null) return
  const rule = checkLine(text, maxUserText, true)
  if (rule) refuse(field, rule)
  if (!form.test(text)) refuse(field, 'form')
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'user', undefined, { field, rule })
}
