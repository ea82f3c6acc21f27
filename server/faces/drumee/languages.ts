import type { Language } from './generated/shapes.ts'

const list = [
  ['ar', 'ar_SA', 'Arabic', 'العربية'],
  ['zh', 'zh_CN', 'Chinese', '中文'],
  ['cs', 'cs_CZ', 'Czech', 'Čeština'],
  ['nl', 'nl_NL', 'Dutch', 'Nederlands'],
  ['en', 'en_US', 'English', 'English'],
  ['fr', 'fr_FR', 'French', 'Français'],
  ['de', 'de_DE', 'German', 'Deutsch'],
  ['it', 'it_IT', 'Italian', 'Italiano'],
  ['ja', 'ja_JP', 'Japanese', '日本語'],
  ['km', 'km_KH', 'Khmer', 'ភាសាខ្មែរ'],
  ['pl', 'pl_PL', 'Polish', 'Polski'],
  ['pt', 'pt_PT', 'Portuguese', 'Português'],
  ['ru', 'ru_RU', 'Russian', 'Русский'],
  ['es', 'es_ES', 'Spanish', 'Español'],
  ['sv', 'sv_SE', 'Swedish', 'Svenska'],
  ['tr', 'tr_TR', 'Turkish', 'Türkçe'],
  ['uk', 'uk_UA', 'Ukrainian', 'Українська'],
  ['vi', 'vi_VN', 'Vietnamese', 'Tiếng Việt'],
] as const

/** The languages that an account can have through this face, by English name; no flags. */
export const languages: readonly Language[] = list.map(([code, lcid, english, own]) => ({
  code,
  lcid,
  locale_en: english,
  locale: own,
  flag_image: '',
}))

/** The language that a code means; English for one that is not in the list. */
export function languageCode(text: string): string {
  const code = text.trim().toLowerCase().split(/[-_]/)[0] ?? ''
  return languages.some((language) => language.code === code) ? code : 'en'
}

/** Those whose English name begins so, in any case. */
export function languagesNamed(prefix: string): readonly Language[] {
  const start = prefix.trim().toLowerCase()
  return languages.filter(({ locale_en: name }) => name.toLowerCase().startsWith(start))
}
