import type { MailLanguage } from '../../core/mail/mail-language.ts'

const en = {
  broken: 'This link does not work',
  brokenMore: 'It was used already, is too old, not complete, or was withdrawn.',
  closed: 'This account cannot be used',
  closedMore: 'Ask the people who look after the server.',
  password: 'New password',
  repeated: 'The same again',
  differ: 'The two passwords differ.',
  rules: {
    'too-short': 'The password is too short.',
    'user-name': 'The password must not be the login.',
  } as Readonly<Record<string, string>>,
  bad: 'This password cannot be used.',
  passwordTitle: 'Choose a new password',
  passwordIntro: (login: string) => `For the account ${login}, of at least 8 characters.`,
  passwordSend: 'Set the password',
  passwordDone: 'Your password is set',
  passwordDoneMore: 'Sign in with it wherever you work. All earlier sign-ins have ended.',
  addressTitle: 'Confirm your address',
  addressIntro: 'This says that mails to this address reach you.',
  addressSend: 'Confirm the address',
  addressDone: 'Your address is confirmed',
  returnTitle: 'Come back',
  returnIntro: 'Your account and everything in it will be as they were when you left.',
  returnSend: 'Bring my account back',
  returnDone: 'Your account is back',
  approvalTitle: 'Complete your registration',
  approvalIntro: 'This says that mails to the address that you registered with reach you.',
  approvalSend: 'Complete the registration',
  approvalDone: 'Your account is ready',
  registerTitle: 'Make your account',
  registerIntro: (email: string) =>
    `You are invited. Your login will be ${email}; choose a password of at least 8 characters.`,
  firstName: 'First name',
  lastName: 'Last name',
  registerSend: 'Make the account',
  badName: 'This name cannot be used.',
  registerDone: 'Your account is ready',
  registerDoneMore: (email: string) => `Sign in as ${email} wherever you work.`,
  signIn: 'Sign in wherever you work.',
  close: 'You may close this page.',
}

type Texts = typeof en

const de: Texts = {
  broken: 'Dieser Link funktioniert nicht',
  brokenMore: 'Er wurde schon benutzt, ist zu alt, unvollständig, oder er wurde zurückgezogen.',
  closed: 'Dieses Konto kann nicht benutzt werden',
  closedMore: 'Fragen Sie die Leute, die den Server betreuen.',
  password: 'Neues Passwort',
  repeated: 'Noch einmal dasselbe',
  differ: 'Die beiden Passwörter sind verschieden.',
  rules: {
    'too-short': 'Das Passwort ist zu kurz.',
    'user-name': 'Das Passwort darf nicht der Login sein.',
  },
  bad: 'Dieses Passwort ist nicht möglich.',
  passwordTitle: 'Wählen Sie ein neues Passwort',
  passwordIntro: (login) => `Für das Konto ${login}, mit mindestens 8 Zeichen.`,
  passwordSend: 'Passwort setzen',
  passwordDone: 'Ihr Passwort ist gesetzt',
  passwordDoneMore:
    'Melden Sie sich damit an, wo immer Sie arbeiten. Alle früheren Anmeldungen sind beendet.',
  addressTitle: 'Bestätigen Sie Ihre Adresse',
  addressIntro: 'Damit sagen Sie, dass Mails an diese Adresse Sie erreichen.',
  addressSend: 'Adresse bestätigen',
  addressDone: 'Ihre Adresse ist bestätigt',
  returnTitle: 'Kommen Sie zurück',
  returnIntro: 'Ihr Konto und alles darin wird sein, wie Sie es verlassen haben.',
  returnSend: 'Mein Konto zurückholen',
  returnDone: 'Ihr Konto ist wieder da',
  approvalTitle: 'Schließen Sie Ihre Registrierung ab',
  approvalIntro: 'Damit sagen Sie, dass Mails an die Adresse Ihrer Registrierung Sie erreichen.',
  approvalSend: 'Registrierung abschließen',
  approvalDone: 'Ihr Konto ist fertig',
  registerTitle: 'Legen Sie Ihr Konto an',
  registerIntro: (email) =>
    `Sie sind eingeladen. Ihr Login ist ${email}; das Passwort braucht mindestens 8 Zeichen.`,
  firstName: 'Vorname',
  lastName: 'Nachname',
  registerSend: 'Konto anlegen',
  badName: 'Dieser Name ist nicht möglich.',
  registerDone: 'Ihr Konto ist fertig',
  registerDoneMore: (email) => `Melden Sie sich als ${email} an, wo immer Sie arbeiten.`,
  signIn: 'Melden Sie sich an, wo immer Sie arbeiten.',
  close: 'Sie können diese Seite schließen.',
}

const all: Readonly<Record<MailLanguage, Texts>> = { en, de }

/** What the pages of accounts say in a language, registering too. */
export function accountTextsOf(language: MailLanguage): Texts {
  return all[language]
}
