/** The languages in which mails and public pages are written. */
export type MailLanguage = 'en' | 'de'

/** The one that is nearest to a language tag; English for all others. */
export function mailLanguage(tag: string | null | undefined): MailLanguage {
  return tag?.toLowerCase().split(/[-_]/)[0] === 'de' ? 'de' : 'en'
}
