import type { MailLanguage } from '../mail-language.ts'
import type { Mail } from '../mailer.ts'
import { type Letter, timeText, writeLetter } from './letter.ts'

type Written = Omit<Mail, 'to'>
type Texts<T extends string> = Readonly<Record<MailLanguage, Readonly<Record<T, string>>>>

const approve: Texts<'subject' | 'intro' | 'button' | 'ends' | 'ignore'> = {
  en: {
    subject: 'Complete your registration',
    intro: 'Somebody, probably you, has registered with this address. The login is',
    button: 'Complete the registration',
    ends: 'The link works once, and until',
    ignore: 'If it was not you, ignore this mail: nobody can use the account.',
  },
  de: {
    subject: 'Schließen Sie Ihre Registrierung ab',
    intro: 'Jemand, vermutlich Sie, hat sich mit dieser Adresse registriert. Der Login ist',
    button: 'Registrierung abschließen',
    ends: 'Der Link gilt einmal, und bis',
    ignore:
      'Wenn Sie es nicht waren, beachten Sie diese Mail nicht: Niemand kann das Konto nutzen.',
  },
}

/** The mail with the link that completes a registration. */
export function approveLetter(
  language: MailLanguage,
  { userName, address, until }: { userName: string; address: string; until: number },
): Written {
  const { subject, intro, button, ends, ignore } = approve[language]
  const parts: Letter['parts'] = [
    `${intro} ${userName}.`,
    { label: button, address },
    `${ends} ${timeText(until)}.`,
    ignore,
  ]
  return writeLetter({ language, subject, parts })
}

const invite: Texts<'subject' | 'intro' | 'button' | 'ends'> = {
  en: {
    subject: 'You are invited',
    intro: 'invites you to',
    button: 'Accept and choose a password',
    ends: 'The link works once, and until',
  },
  de: {
    subject: 'Sie sind eingeladen',
    intro: 'lädt Sie ein zu',
    button: 'Annehmen und ein Passwort wählen',
    ends: 'Der Link gilt einmal, und bis',
  },
}

export type InviteFacts = {
  readonly from: string
  readonly into: string
  readonly message: string
  readonly address: string
  readonly until: number
}

/** The mail that invites somebody who has no account yet. */
export function inviteLetter(language: MailLanguage, facts: InviteFacts): Written {
  const { subject, intro, button, ends } = invite[language]
  const { from, into, message, address, until } = facts
  const parts: Letter['parts'] = [
    `${from} ${intro} ${into}.`,
    ...(message === '' ? [] : [{ quote: message }]),
    { label: button, address },
    `${ends} ${timeText(until)}.`,
  ]
  return writeLetter({ language, subject, parts })
}

const password: Texts<'subject' | 'intro' | 'ignore' | 'button' | 'ends'> = {
  en: {
    subject: 'Your password was changed',
    intro: 'A new password was set for the account',
    ignore: 'If it was you, there is nothing to do. If it was not, choose another one at once:',
    button: 'Choose another password',
    ends: 'The link works once, and until',
  },
  de: {
    subject: 'Ihr Passwort wurde geändert',
    intro: 'Ein neues Passwort wurde gesetzt für das Konto',
    ignore: 'Wenn Sie es waren, ist nichts zu tun. Wenn nicht, wählen Sie sofort ein anderes:',
    button: 'Ein anderes Passwort wählen',
    ends: 'Der Link gilt einmal, und bis',
  },
}

/** The mail that tells of a new password, with a link that undoes it. */
export function passwordLetter(
  language: MailLanguage,
  { userName, address, until }: { userName: string; address: string; until: number },
): Written {
  const { subject, intro, ignore, button, ends } = password[language]
  const parts: Letter['parts'] = [
    `${intro} ${userName}.`,
    ignore,
    { label: button, address },
    `${ends} ${timeText(until)}.`,
  ]
  return writeLetter({ language, subject, parts })
}
