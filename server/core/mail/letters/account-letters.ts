import type { MailLanguage } from '../mail-language.ts'
import type { Mail } from '../mailer.ts'
import { type Letter, timeText, writeLetter } from './letter.ts'

type Written = Omit<Mail, 'to'>
type Texts<T extends string> = Readonly<Record<MailLanguage, Readonly<Record<T, string>>>>

const reset: Texts<'subject' | 'asked' | 'button' | 'ends' | 'ignore'> = {
  en: {
    subject: 'A new password for your account',
    asked: 'Somebody, probably you, has asked for a new password for the account',
    button: 'Choose a new password',
    ends: 'The link works once, and until',
    ignore: 'If it was not you, ignore this mail: your password stays as it is.',
  },
  de: {
    subject: 'Ein neues Passwort für Ihr Konto',
    asked: 'Jemand, vermutlich Sie, hat ein neues Passwort verlangt für das Konto',
    button: 'Neues Passwort wählen',
    ends: 'Der Link gilt einmal, und bis',
    ignore:
      'Wenn Sie es nicht waren, beachten Sie diese Mail nicht: Ihr Passwort bleibt, wie es ist.',
  },
}

/** The mail with the link that sets a new password. */
export function resetLetter(
  language: MailLanguage,
  { userName, address, until }: { userName: string; address: string; until: number },
): Written {
  const { subject, asked, button, ends, ignore } = reset[language]
  const parts: Letter['parts'] = [
    `${asked} ${userName}.`,
    { label: button, address },
    `${ends} ${timeText(until)}.`,
    ignore,
  ]
  return writeLetter({ language, subject, parts })
}

const code: Texts<'subject' | 'intro' | 'ends' | 'never'> = {
  en: {
    subject: 'Your code',
    intro: 'Type this code where you were asked for it:',
    ends: 'It works once, and until',
    never:
      'Tell it to nobody. If you did not ask for it, somebody may know your password: change it.',
  },
  de: {
    subject: 'Ihr Code',
    intro: 'Geben Sie diesen Code dort ein, wo nach ihm gefragt wurde:',
    ends: 'Er gilt einmal, und bis',
    never:
      'Sagen Sie ihn niemandem. Wenn Sie ihn nicht verlangt haben, kennt jemand vielleicht Ihr ' +
      'Passwort: ändern Sie es.',
  },
}

/** The mail with a one-time code to type. */
export function codeLetter(
  language: MailLanguage,
  { short, until }: { short: string; until: number },
): Written {
  const { subject, intro, ends, never } = code[language]
  const parts: Letter['parts'] = [intro, { code: short }, `${ends} ${timeText(until)}.`, never]
  return writeLetter({ language, subject, parts })
}

export type Changed = 'password' | 'email'

const changed: Texts<Changed | 'subject' | 'account' | 'ignore'> = {
  en: {
    subject: 'Your account was changed',
    account: 'Account:',
    password: 'A new password was set.',
    email: 'Another e-mail address was set; this one is no longer used.',
    ignore: 'If it was not you, turn to your administrator at once.',
  },
  de: {
    subject: 'Ihr Konto wurde geändert',
    account: 'Konto:',
    password: 'Ein neues Passwort wurde gesetzt.',
    email: 'Eine andere E-Mail-Adresse wurde gesetzt; diese hier wird nicht mehr benutzt.',
    ignore: 'Wenn Sie es nicht waren, wenden Sie sich sofort an Ihren Administrator.',
  },
}

/** The mail that tells of a change which a thief would make. */
export function changedLetter(
  language: MailLanguage,
  { userName, what }: { userName: string; what: Changed },
): Written {
  const texts = changed[language]
  const parts: Letter['parts'] = [`${texts.account} ${userName}`, texts[what], texts.ignore]
  return writeLetter({ language, subject: texts.subject, parts })
}

const verify: Texts<'subject' | 'intro' | 'button' | 'ends'> = {
  en: {
    subject: 'Confirm your e-mail address',
    intro: 'This address was given for the account',
    button: 'Confirm the address',
    ends: 'The link works once, and until',
  },
  de: {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    intro: 'Diese Adresse wurde angegeben für das Konto',
    button: 'Adresse bestätigen',
    ends: 'Der Link gilt einmal, und bis',
  },
}

/** The mail with the link that proves that an address is read. */
export function verifyLetter(
  language: MailLanguage,
  { userName, address, until }: { userName: string; address: string; until: number },
): Written {
  const { subject, intro, button, ends } = verify[language]
  const parts: Letter['parts'] = [
    `${intro} ${userName}.`,
    { label: button, address },
    `${ends} ${timeText(until)}.`,
  ]
  return writeLetter({ language, subject, parts })
}

const left: Texts<'subject' | 'intro' | 'back' | 'button' | 'after'> = {
  en: {
    subject: 'Your account is closed',
    intro: 'You have deleted the account',
    back: 'If you change your mind, it comes back with all that is in it, until',
    button: 'Come back',
    after: 'After that it is removed for good.',
  },
  de: {
    subject: 'Ihr Konto ist geschlossen',
    intro: 'Sie haben dieses Konto gelöscht:',
    back: 'Wenn Sie es sich anders überlegen, kommt es mit allem zurück, was darin ist, bis',
    button: 'Zurückkommen',
    after: 'Danach wird es endgültig entfernt.',
  },
}

/** The mail to who has left, with the link that brings the account back. */
export function leftLetter(
  language: MailLanguage,
  { userName, address, until }: { userName: string; address: string; until: number },
): Written {
  const { subject, intro, back, button, after } = left[language]
  const parts: Letter['parts'] = [
    `${intro} ${userName}.`,
    `${back} ${timeText(until)}.`,
    { label: button, address },
    after,
  ]
  return writeLetter({ language, subject, parts })
}
