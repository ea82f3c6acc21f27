import type { MailLanguage } from '../mail-language.ts'
import { type Part, writeLetter } from './letter.ts'

export type LinkSent = {
  readonly kind: 'download' | 'upload'
  /** Who sends it, and what the link is called. */
  readonly sender: string
  readonly name: string
  /** The sender's own words. */
  readonly message: string
  readonly address: string
  readonly isProtected: boolean
  readonly expireAt: number | null
}

const sentTexts = {
  en: {
    subject: {
      download: ({ sender, name }: LinkSent) => `${sender} shares “${name}” with you`,
      upload: ({ sender, name }: LinkSent) => `${sender} asks you for files: ${name}`,
    },
    button: { download: 'Open', upload: 'Upload files' },
    password: 'A password is needed. The sender tells it to you in another way.',
    end: (date: string) => `The link ends on ${date}.`,
  },
  de: {
    subject: {
      download: ({ sender, name }: LinkSent) => `${sender} gibt „${name}“ für Sie frei`,
      upload: ({ sender, name }: LinkSent) => `${sender} bittet Sie um Dateien: ${name}`,
    },
    button: { download: 'Öffnen', upload: 'Dateien hochladen' },
    password: 'Sie brauchen ein Passwort. Der Absender teilt es Ihnen auf anderem Weg mit.',
    end: (date: string) => `Der Link endet am ${date}.`,
  },
} as const

/** What somebody gets whom a link is sent to. */
export function linkSentLetter(language: MailLanguage, sent: LinkSent) {
  const texts = sentTexts[language]
  const subject = texts.subject[sent.kind](sent)
  const parts: Part[] = [subject]
  if (sent.message !== '') parts.push({ quote: sent.message })
  parts.push({ label: texts.button[sent.kind], address: sent.address })
  if (sent.isProtected) parts.push(texts.password)
  if (sent.expireAt !== null) parts.push(texts.end(writtenDate(language, sent.expireAt)))
  return writeLetter({ language, subject, parts })
}

export type LinkUsed = {
  readonly kind: 'download' | 'upload'
  readonly name: string
  readonly fileName: string
  readonly at: number
}

const usedTexts = {
  en: {
    download: {
      subject: ({ name }: LinkUsed) => `“${name}” was downloaded`,
      line: ({ name }: LinkUsed, at: string) => `Your link “${name}” was used on ${at}.`,
    },
    upload: {
      subject: ({ name }: LinkUsed) => `A file has arrived through “${name}”`,
      line: ({ name, fileName }: LinkUsed, at: string) =>
        `“${fileName}” arrived through your link “${name}” on ${at}.`,
    },
  },
  de: {
    download: {
      subject: ({ name }: LinkUsed) => `„${name}“ wurde heruntergeladen`,
      line: ({ name }: LinkUsed, at: string) => `Ihr Link „${name}“ wurde am ${at} benutzt.`,
    },
    upload: {
      subject: ({ name }: LinkUsed) => `Über „${name}“ ist eine Datei gekommen`,
      line: ({ name, fileName }: LinkUsed, at: string) =>
        `„${fileName}“ kam am ${at} über Ihren Link „${name}“.`,
    },
  },
} as const

/** What the maker of a link gets when somebody has used it. */
export function linkUsedLetter(language: MailLanguage, used: LinkUsed) {
  const texts = usedTexts[language][used.kind]
  const line = texts.line(used, writtenDate(language, used.at))
  return writeLetter({ language, subject: texts.subject(used), parts: [line] })
}

const locales = { en: 'en-GB', de: 'de-DE' } as const

function writtenDate(language: MailLanguage, time: number): string {
  const form = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  return `${new Intl.DateTimeFormat(locales[language], form).format(time)} UTC`
}
