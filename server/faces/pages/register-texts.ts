import type { MailLanguage } from '../../core/mail/mail-language.ts'

const en = {
  title: 'Make your account',
  intro: (email: string) =>
    `You are invited. Your login will be ${email}; choose a password of at least 8 characters.`,
  firstName: 'First name',
  lastName: 'Last name',
  password: 'Password',
  repeated: 'The same again',
  send: 'Make the account',
  differ: 'The two passwords differ.',
  short: 'The password is too short.',
  bad: 'This password cannot be used.',
  name: 'This name cannot be used.',
  done: 'Your account is ready',
  doneMore: (email: string) => `Sign in as ${email} wherever you work.`,
  broken: 'This link does not work',
  brokenMore: 'It was used already, is too old, not complete, or the invitation was withdrawn.',
}

type Texts = typeof en

const de: Texts = {
  title: 'Legen Sie Ihr Konto an',
  intro: (email) =>
    `Sie sind eingeladen. Ihr Login ist ${email}; das Passwort braucht mindestens 8 Zeichen.`,
  firstName: 'Vorname',
  lastName: 'Nachname',
  password: 'Passwort',
  repeated: 'Noch einmal dasselbe',
  send: 'Konto anlegen',
  differ: 'Die beiden Passwörter sind verschieden.',
  short: 'Das Passwort ist zu kurz.',
  bad: 'Dieses Passwort ist nicht möglich.',
  name: 'Dieser Name ist nicht möglich.',
  done: 'Ihr Konto ist fertig',
  doneMore: (email) => `Melden Sie sich als ${email} an, wo immer Sie arbeiten.`,
  broken: 'Dieser Link funktioniert nicht',
  brokenMore:
    'Er wurde schon benutzt, ist zu alt, unvollständig, oder die Einladung wurde zurückgezogen.',
}

const all: Readonly<Record<MailLanguage, Texts>> = { en, de }

/** What the page for registering says in a language. */
export function registerTextsOf(language: MailLanguage): Texts {
  return all[language]
}
