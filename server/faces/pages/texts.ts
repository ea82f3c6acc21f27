import type { MailLanguage } from '../../core/mail/mail-language.ts'

const en = {
  notFound: 'There is nothing here',
  notFoundMore: 'The link is wrong, was withdrawn, or what it showed is gone.',
  expired: 'This link has ended',
  expiredMore: 'Ask the person who gave it to you for a new one.',
  limit: 'All downloads of this link have been used',
  full: 'This link takes no more files',
  locked: 'Too many wrong passwords',
  lockedMore: 'Wait some minutes, then try again.',
  failed: 'Something went wrong',
  failedMore: 'Try again in a moment.',
  refused: 'This cannot be done',
  from: (name: string) => `from ${name}`,
  until: (date: string) => `until ${date}`,
  way: 'Open an address',
  wayMore: 'Paste the whole address here. (Addresses with a # open by themselves with JavaScript.)',
  address: 'Address',
  noWay: 'This address leads nowhere',
  noWayMore: 'Perhaps a part of it is missing: take all of it, to the end of the line in the mail.',
  start: 'To the start page',
  left: 'Your account is closed',
  leftMore: 'A mail to its address says how it comes back, and until when it can.',
  password: 'Password',
  passwordNeeded: 'A password is needed.',
  passwordWrong: 'The password is wrong.',
  open: 'Open',
  download: 'Download',
  downloadOf: (name: string) => `Download ${name}`,
  downloadAll: 'Download everything (ZIP)',
  name: 'Name',
  size: 'Size',
  what: 'What to do',
  place: 'Place',
  empty: 'This folder is empty.',
  folder: 'Folder',
  newer: 'Previous page',
  older: 'Next page',
  uploadTo: 'Upload files',
  choose: 'Choose files',
  drop: 'or drop them here',
  script: 'Uploading needs JavaScript, which is switched off in this browser.',
  filesLeft: (count: number) => (count === 1 ? 'One more file' : `${count} more files`),
  bytesLeft: (size: string) => `up to ${size} in all`,
  uploaded: 'Files that are there already',
  waiting: 'waiting',
  sending: 'uploading',
  retrying: 'the connection broke; trying again',
  done: 'uploaded',
  stopped: 'failed',
  retry: 'Try again',
  remove: 'Remove',
  saidDone: '{name} is uploaded',
  saidFailed: '{name} failed: {reason}',
  progressOf: 'Progress of {name}',
  reasons: {
    offline: 'no connection',
    name: 'a file cannot have this name',
    slots: 'the link takes no more files',
    bytes: 'the link takes no more bytes',
    quota: 'there is no more room',
    ended: 'the link has ended',
    password: 'the password must be given again: load this page anew',
    other: 'the server refuses it',
  },
}

type Texts = typeof en

const de: Texts = {
  notFound: 'Hier ist nichts',
  notFoundMore: 'Der Link ist falsch, wurde zurückgezogen, oder sein Inhalt ist nicht mehr da.',
  expired: 'Dieser Link ist abgelaufen',
  expiredMore: 'Bitten Sie die Person, die ihn Ihnen gegeben hat, um einen neuen.',
  limit: 'Alle Downloads dieses Links sind verbraucht',
  full: 'Dieser Link nimmt keine Dateien mehr an',
  locked: 'Zu viele falsche Passwörter',
  lockedMore: 'Warten Sie einige Minuten und versuchen Sie es dann noch einmal.',
  failed: 'Etwas ist schiefgegangen',
  failedMore: 'Versuchen Sie es gleich noch einmal.',
  refused: 'Das geht nicht',
  from: (name) => `von ${name}`,
  until: (date) => `bis ${date}`,
  way: 'Eine Adresse öffnen',
  wayMore:
    'Fügen Sie hier die ganze Adresse ein. (Mit JavaScript öffnen sich Adressen mit # von selbst.)',
  address: 'Adresse',
  noWay: 'Diese Adresse führt nirgendwohin',
  noWayMore: 'Vielleicht fehlt ein Teil: Nehmen Sie sie ganz, bis zum Ende der Zeile in der Mail.',
  start: 'Zur Startseite',
  left: 'Ihr Konto ist geschlossen',
  leftMore: 'Eine Mail an seine Adresse sagt, wie es zurückkommt, und bis wann.',
  password: 'Passwort',
  passwordNeeded: 'Sie brauchen ein Passwort.',
  passwordWrong: 'Das Passwort ist falsch.',
  open: 'Öffnen',
  download: 'Herunterladen',
  downloadOf: (name) => `${name} herunterladen`,
  downloadAll: 'Alles herunterladen (ZIP)',
  name: 'Name',
  size: 'Größe',
  what: 'Aktion',
  place: 'Ort',
  empty: 'Dieser Ordner ist leer.',
  folder: 'Ordner',
  newer: 'Vorige Seite',
  older: 'Nächste Seite',
  uploadTo: 'Dateien hochladen',
  choose: 'Dateien auswählen',
  drop: 'oder hier ablegen',
  script: 'Zum Hochladen ist JavaScript nötig, das in diesem Browser ausgeschaltet ist.',
  filesLeft: (count) => (count === 1 ? 'Noch eine Datei' : `Noch ${count} Dateien`),
  bytesLeft: (size) => `zusammen bis ${size}`,
  uploaded: 'Dateien, die schon da sind',
  waiting: 'wartet',
  sending: 'wird hochgeladen',
  retrying: 'Verbindung unterbrochen; neuer Versuch',
  done: 'hochgeladen',
  stopped: 'fehlgeschlagen',
  retry: 'Noch einmal',
  remove: 'Entfernen',
  saidDone: '{name} ist hochgeladen',
  saidFailed: '{name} ist fehlgeschlagen: {reason}',
  progressOf: 'Fortschritt von {name}',
  reasons: {
    offline: 'keine Verbindung',
    name: 'so kann eine Datei nicht heißen',
    slots: 'der Link nimmt keine Dateien mehr an',
    bytes: 'der Link nimmt nicht mehr Bytes an',
    quota: 'es ist kein Platz mehr',
    ended: 'der Link ist abgelaufen',
    password: 'das Passwort muss neu eingegeben werden: laden Sie diese Seite neu',
    other: 'der Server nimmt es nicht an',
  },
}

const all: Readonly<Record<MailLanguage, Texts>> = { en, de }

/** What the pages say in a language. */
export function textsOf(language: MailLanguage): Texts {
  return all[language]
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
const locales = { en: 'en-GB', de: 'de-DE' } as const

/** A size for people; `1.5 KiB`. */
export function writtenSize(language: MailLanguage, bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  const form = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return `${new Intl.NumberFormat(locales[language], form).format(value)} ${units[unit]}`
}

/** A day for people. */
export function writtenDay(language: MailLanguage, time: number): string {
  const form = { dateStyle: 'long', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locales[language], form).format(time)
}
