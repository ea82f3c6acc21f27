import type { Link } from '../../core/links/link.ts'
import type { MailLanguage } from '../../core/mail/mail-language.ts'
import type { Person } from '../../core/users/user.ts'
import { type Html, html } from './html.ts'
import { textsOf, writtenDay } from './texts.ts'

/** What a link is called, from whom it is, until when, and what its maker says. */
export function linkHead(language: MailLanguage, link: Link, creator: Person | null): Html {
  const texts = textsOf(language)
  const names = [creator?.firstName, creator?.lastName].filter(Boolean).join(' ')
  const who = names || creator?.userName
  const facts = [
    ...(who ? [texts.from(who)] : []),
    ...(link.expireAt === null ? [] : [texts.until(writtenDay(language, link.expireAt))]),
  ]
  return html`<h1>${link.name}</h1>
${facts.length > 0 && html`<p class="facts">${facts.join(' · ')}</p>`}
${link.notes && html`<blockquote>${link.notes}</blockquote>`}`
}

/** The form that asks for the password of a link. */
export function passwordForm(language: MailLanguage, action: string, isWrong: boolean): Html {
  const texts = textsOf(language)
  const described = isWrong && html`aria-invalid="true" aria-describedby="problem"`
  return html`<form method="post" action="${action}" class="password">
${isWrong && html`<p class="problem" id="problem" role="alert">${texts.passwordWrong}</p>`}
${!isWrong && html`<p>${texts.passwordNeeded}</p>`}
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="off" required
 maxlength="1024" autofocus ${described}>
<button type="submit">${texts.open}</button>
</form>`
}

/** A field for a password that is chosen. */
export function newPasswordField(
  name: string,
  label: string,
  { isFirst = false, hasProblem = false }: { isFirst?: boolean; hasProblem?: boolean } = {},
): Html {
  const described = hasProblem && html`aria-invalid="true" aria-describedby="problem"`
  return html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="password" autocomplete="new-password" required
 maxlength="1024" ${isFirst && html`autofocus`} ${described}>`
}
