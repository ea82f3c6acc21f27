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
  name: 'This name cannot be used.',
  done: 'Your account is ready',
  doneMore: (email: string) => `Sign in as ${email} wherever you work.`,
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
  name: 'Dieser Name ist nicht möglich.',
  done: 'Ihr Konto ist fertig',
  doneMore: (email) => `Melden Sie sich als ${email} an, wo immer Sie arbeiten.`,
}

const all: Readonly<Record<MailLanguage, Texts>> = { en, de }

/** What the page for registering says in a language. */
export function registerTextsOf(language: MailLanguage): Texts {
  return all[language]
}
